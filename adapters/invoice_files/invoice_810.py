"""Writes an invoice or credit note as X12 810. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from adapters.invoice_files.invoices import CENT, Invoice, InvoiceLine, due_on
from adapters.invoice_files.settings import Settings
from adapters.sdk.ubl.parties import Party
from adapters.sdk.x12.writing import Elements, Separators, WrittenSet, day, words

UNITS: Final = {"C62": "EA", "H87": "EA"}
"""Units of UN/ECE recommendation 20 that X12 names otherwise."""
_VAT: Final = "VA"


def invoice_810(invoice: Invoice, number: str, issued: datetime, settings: Settings, signs: Separators) -> WrittenSet:
    """Return the set under a number, as of an instant."""
    segments = list(_segments(invoice, number, issued, settings, signs))
    return WrittenSet("810", "IN", segments)


def _segments(
    invoice: Invoice, number: str, issued: datetime, settings: Settings, signs: Separators
) -> Iterator[Elements]:
    kind = "CR" if invoice.is_credit else "DI"
    order = words(invoice.order_reference, 22, signs)
    yield ("BIG", day(issued.astimezone(UTC)), words(number, 22, signs), "", order, "", "", kind)
    yield ("CUR", "SE", invoice.currency_code)
    yield from (("REF", "OI", words(credited, 50, signs)) for credited in invoice.credits)
    yield from _party("SE", settings.seller, signs)
    yield from _party("BT", invoice.buyer, signs)
    due = due_on(invoice, issued)
    yield ("ITD", "", "", "", "", "", f"{due:%Y%m%d}" if due else "", *[""] * 5, words(invoice.terms, 80, signs))
    if not invoice.is_credit:
        yield ("DTM", "011", f"{invoice.supplied_on:%Y%m%d}")
    counted = 0
    for line in invoice.lines:
        for segment in _line(line, settings, signs):
            counted += segment[0] == "IT1"
            yield segment
    yield ("TDS", _cents(invoice.net + invoice.tax), _cents(invoice.net))
    for category, (net, tax) in invoice.taxed().items():
        percent = f"{category.rate.normalize():f}"
        yield ("TXI", _VAT, f"{tax:.2f}", percent, "", "", "" if category.rate else "0", "", f"{net:.2f}")
    yield ("CTT", str(counted))


def _line(line: InvoiceLine, settings: Settings, signs: Separators) -> Iterator[Elements]:
    """Return a line, in two where its units have two prices: each amount is units times price, to the cent."""
    unit = UNITS.get(settings.unit_code, settings.unit_code)
    sign = -1 if line.units < 0 else 1
    cents, more = divmod(int(abs(line.net) / CENT), abs(line.units))
    number = words(line.buyers_line, 20, signs) or str(line.number)
    for units, price in ((abs(line.units) - more, cents), (more, cents + 1)):
        if units:
            stated = f"{Decimal(price) * CENT:.2f}"
            yield ("IT1", number, str(sign * units), unit, stated, "", "VN", words(line.sku, 48, signs))
            yield ("PID", "F", "", "", "", words(line.title, 80, signs))


def _party(role: str, party: Party, signs: Separators) -> Iterator[Elements]:
    """Return who sells or pays, with the address."""
    number = words(party.endpoint.partition(":")[2] or party.company_id.rpartition(":")[2], 80, signs)
    identity = ("91", number) if number else ()
    yield ("N1", role, words(party.name, 60, signs), *identity)
    street = [words(line, 55, signs) for line in party.street]
    yield from (("N3", *street[at : at + 2]) for at in range(0, len(street), 2))
    if party.city:
        region = words(party.region, 2, signs) if len(party.region) == 2 else ""
        yield ("N4", words(party.city, 30, signs), region, words(party.postal_code, 15, signs), party.country_code)
    if party.vat_id:
        yield ("REF", "VX", words(party.vat_id, 50, signs))


def _cents(amount: Decimal) -> str:
    return str(int(amount / CENT))
