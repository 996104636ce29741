"""The papers of consignments as data of the contract, with their PDF."""

from __future__ import annotations

from crossdock.common.v1 import address_pb2
from crossdock.trade.v1 import trade_pb2 as pb
from hub.trade.model.papers import ConsignmentPapers, PaperForm, PaperGoods, PaperParty
from hub.wire.enums import Names
from hub.wire.money import money_to_pb
from hub.wire.papers.drawing import declaration_pdf, invoice_pdf
from hub.wire.trade import INCOTERMS

_FORMS = Names(PaperForm, pb.PaperForm, "PAPER_FORM")


def papers_to_pb(papers: ConsignmentPapers) -> pb.ConsignmentPapers:
    """Return papers, drawn too: some hundred milliseconds of work, for a thread. Raises PapersUnprintable."""
    message = undrawn_to_pb(papers)
    message.invoice_pdf = invoice_pdf(papers)
    message.declaration_pdf = declaration_pdf(papers)
    return message


def undrawn_to_pb(papers: ConsignmentPapers) -> pb.ConsignmentPapers:
    """Return what papers say, without PDF."""
    return pb.ConsignmentPapers(
        fulfillment_order_id=papers.consignment_id,
        order_number=papers.order_number,
        paper_date=str(papers.day),
        form=_FORMS.to_pb(papers.form),
        incoterm=INCOTERMS.to_pb(papers.incoterm),
        exporter=_party(papers.exporter),
        recipient=_party(papers.recipient),
        seller_imports=papers.seller_imports,
        goods=[_goods(goods) for goods in papers.goods],
        goods_value=money_to_pb(papers.goods_value),
        freight=money_to_pb(papers.freight),
        net_weight_grams=papers.net_grams,
        registrations=[
            pb.SellerRegistration(kind=kind, number=number) for kind, number in sorted(papers.registrations.items())
        ],
    )


def _goods(goods: PaperGoods) -> pb.PaperGoods:
    return pb.PaperGoods(
        line_number=goods.line_number,
        sku=goods.sku,
        description=goods.description,
        hs_code=goods.hs_code,
        origin_country_code=goods.origin,
        quantity=goods.quantity,
        net_weight_grams=goods.net_grams,
        value=money_to_pb(goods.value),
    )


def _party(party: PaperParty) -> address_pb2.Contact:
    return address_pb2.Contact(
        name=party.name,
        company=party.company,
        phone=party.phone,
        address=address_pb2.PostalAddress(
            street_lines=party.street_lines,
            city=party.city,
            region_code=party.region_code,
            postal_code=party.postal_code,
            country_code=party.country_code,
        ),
    )
