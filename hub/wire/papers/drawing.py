"""Draws the papers of a consignment: the commercial invoice, and the postal declaration CN22 or CN23."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hub.trade.model.papers import ConsignmentPapers, PaperForm, PaperParty
from hub.wire.papers.sheets import Sheet

_COLUMNS: Final = (
    ("Description of goods", 40),
    ("HS code", 16),
    ("Origin", 10),
    ("Quantity", -12),
    ("Net kg", -12),
    ("Value", -20),
)
_FORM_TITLES: Final = {
    PaperForm.CN22: "CUSTOMS DECLARATION CN 22",
    PaperForm.CN23: "CUSTOMS DECLARATION CN 23",
}
_CATEGORY: Final = "Category of item:  [X] sale of goods  [ ] gift  [ ] documents  [ ] sample  [ ] returned goods"
_SWORN: Final = (
    "I certify that the particulars given in this customs declaration are correct and that this item does not contain"
    " any dangerous article or articles prohibited by legislation or by postal or customs regulations."
)
_SIGNATURE: Final = "Date and signature: ______________________________"


def invoice_pdf(papers: ConsignmentPapers) -> bytes:
    """Return the commercial invoice. Raises PapersUnprintable."""
    sheet = Sheet("COMMERCIAL INVOICE", papers.day)
    sheet.boxes(
        ("Exporter", _party(papers.exporter)),
        ("Consignee", _party(papers.recipient)),
        ("Importer of record", _party(papers.importer)),
    )
    sheet.boxes(
        ("Consignment", [papers.consignment_id, f"Order {papers.order_number}", f"Date {papers.day}"]),
        ("Terms", [f"Incoterms 2020: {_terms(papers)}", "Reason: sale", _numbers(papers)]),
    )
    sheet.table(_COLUMNS, _rows(papers))
    total = papers.goods_value + papers.freight
    sheet.table(
        (("Goods", -1), ("Freight", -1), ("Invoice total", -1), ("Net weight", -1)),
        [[str(papers.goods_value), str(papers.freight), str(total), f"{_kilograms(papers.net_grams)} kg"]],
    )
    sheet.text("The exporter declares that the particulars of this invoice are true and complete.")
    sheet.text(_SIGNATURE)
    return sheet.content()


def declaration_pdf(papers: ConsignmentPapers) -> bytes:
    """Return the postal declaration. Raises PapersUnprintable."""
    sheet = Sheet(_FORM_TITLES[papers.form], papers.day)
    sheet.boxes(("From", _party(papers.exporter)), ("To", _party(papers.recipient)))
    if papers.form is PaperForm.CN23:
        sheet.boxes(
            ("Importer", _party(papers.importer)), ("Registrations", [_numbers(papers), f"Order {papers.order_number}"])
        )
    sheet.text(_CATEGORY)
    sheet.table(_COLUMNS, _rows(papers))
    sheet.table(
        (("Total value", -1), ("Total net weight", -1), ("Postal charges", -1)),
        [[str(papers.goods_value), f"{_kilograms(papers.net_grams)} kg", str(papers.freight)]],
    )
    sheet.text(_SWORN)
    sheet.text(f"{papers.day}   {_SIGNATURE}")
    return sheet.content()


def _rows(papers: ConsignmentPapers) -> Sequence[Sequence[str]]:
    return [
        (
            goods.description,
            goods.hs_code,
            goods.origin,
            str(goods.quantity),
            _kilograms(goods.net_grams),
            str(goods.value),
        )
        for goods in papers.goods
    ]


def _party(party: PaperParty) -> list[str]:
    town = " ".join(part for part in (party.postal_code, party.city, party.region_code) if part)
    return [party.name, party.company, *party.street_lines, town, party.country_code, party.phone]


def _terms(papers: ConsignmentPapers) -> str:
    """The incoterm with its named place."""
    return f"{papers.incoterm.value} {papers.recipient.city}, {papers.recipient.country_code}"


def _numbers(papers: ConsignmentPapers) -> str:
    return "\n".join(f"{kind} {number}" for kind, number in sorted(papers.registrations.items()))


def _kilograms(grams: int) -> str:
    return f"{grams / 1000:.3f}"
