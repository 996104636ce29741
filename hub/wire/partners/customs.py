"""The customs contract: payloads of `customs.*` messages to requests, events of declarations to a flow's reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.customs.v1 import customs_pb2
from crossdock.trade.v1 import declarations_pb2
from hub.cases.fulfillment.papers import recipient_party
from hub.kernel.money import Money
from hub.messages.customs import AddCustomsDocument, DeclareConsignment
from hub.messages.transport import Sender
from hub.messages.updates import UnreadUpdate, Update
from hub.parties.model import Contact
from hub.trade.model.declarations import DeclarationDocument, DeclarationEvent
from hub.trade.model.landed_cost import Incoterm
from hub.trade.model.papers import ConsignmentPapers, PaperForm, PaperGoods, PaperParty
from hub.trade.model.rules import Flow
from hub.wire.papers.declarations import DOCUMENTS, declaration_event_from_pb
from hub.wire.papers.drawing import declaration_pdf, invoice_pdf
from hub.wire.papers.papers import undrawn_to_pb
from hub.wire.partners.calls import read_update

CustomsUpdate = Update[DeclarationEvent] | UnreadUpdate

_DRAWN: Final[Mapping[DeclarationDocument, Callable[[ConsignmentPapers], bytes]]] = {
    DeclarationDocument.COMMERCIAL_INVOICE: invoice_pdf,
    DeclarationDocument.POSTAL_DECLARATION: declaration_pdf,
}


def declare_to_pb(call: call_pb2.Call, payload: DeclareConsignment, recipient: Contact) -> customs_pb2.DeclareRequest:
    """The request of `customs.declare`."""
    return customs_pb2.DeclareRequest(
        call=call,
        declaration_id=str(payload.declaration_id),
        consignment=undrawn_to_pb(papers_of(payload, recipient)),
        tracking_number=payload.tracking_number,
    )


def document_to_pb(
    call: call_pb2.Call, payload: AddCustomsDocument, recipient: Contact
) -> customs_pb2.AddDocumentRequest:
    """The request of `customs.document`, its paper drawn: work for a thread. Raises PapersUnprintable."""
    document = DeclarationDocument[payload.document]
    return customs_pb2.AddDocumentRequest(
        call=call,
        declaration_id=str(payload.declared.declaration_id),
        customs_reference=payload.customs_reference,
        document=DOCUMENTS.to_pb(document),
        content=_DRAWN[document](papers_of(payload.declared, recipient)),
    )


def event_from_pb(event: declarations_pb2.DeclarationEvent, account_id: str) -> CustomsUpdate:
    """What a customs account says of a declaration; unread where the event breaks the contract or its state is new."""
    return read_update(
        event, event.event_reference, "DECLARATION_EVENT", lambda: declaration_event_from_pb(event, account_id)
    )


def papers_of(payload: DeclareConsignment, recipient: Contact) -> ConsignmentPapers:
    """What is declared, with its recipient."""
    return ConsignmentPapers(
        consignment_id=str(payload.fulfillment_order_id),
        order_number=payload.order_number,
        day=date.fromisoformat(payload.day),
        form=PaperForm[payload.form],
        incoterm=Incoterm[payload.incoterm],
        flow=Flow[payload.flow] if payload.flow else None,
        exporter=_exporter(payload.exporter),
        recipient=recipient_party(recipient),
        seller_imports=payload.seller_imports,
        goods=[
            PaperGoods(
                goods.line_number,
                goods.sku,
                goods.description,
                goods.hs_code,
                goods.origin,
                goods.quantity,
                goods.net_grams,
                Money(goods.value_minor, payload.currency),
            )
            for goods in payload.goods
        ],
        freight=Money(payload.freight_minor, payload.currency),
        registrations=payload.registrations,
    )


def _exporter(sender: Sender) -> PaperParty:
    return PaperParty(
        name=sender.name,
        street_lines=sender.street_lines,
        city=sender.city,
        country_code=sender.country_code,
        region_code=sender.region_code,
        postal_code=sender.postal_code,
    )
