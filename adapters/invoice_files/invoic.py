"""Writes an invoice or credit note as EDIFACT INVOIC. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from adapters.invoice_files.invoices import Category, Invoice, InvoiceLine, due_on
from adapters.invoice_files.settings import Settings
from adapters.sdk.edifact.writing import Elements, WrittenMessage
from adapters.sdk.ubl.parties import Party


def invoic(invoice: Invoice, number: str, issued: datetime, settings: Settings) -> WrittenMessage:
    """Return the message under a number, as of an instant."""
    return WrittenMessage("INVOIC", [*_segments(invoice, number, issued, settings)])


def _segments(invoice: Invoice, number: str, issued: datetime, settings: Settings) -> Iterator[Elements]:
    yield ("BGM", "381" if invoice.is_credit else "380", number, "9")
    yield ("DTM", ("137", issued.astimezone(UTC).strftime("%Y%m%d"), "102"))
    if not invoice.is_credit:
        yield ("DTM", ("35", f"{invoice.supplied_on:%Y%m%d}", "102"))
    due = due_on(invoice, issued)
    if due:
        yield ("DTM", ("13", f"{due:%Y%m%d}", "102"))
    yield ("RFF", ("ON", invoice.order_reference))
    yield from (("RFF", ("IV", credited)) for credited in invoice.credits)
    yield from _party("SE", settings.seller)
    yield from _party("IV", invoice.buyer)
    yield ("CUX", ("2", invoice.currency_code, "4"))
    for line in invoice.lines:
        yield from _line(line, settings)
    yield ("UNS", "S")
    yield ("CNT", ("2", str(len(invoice.lines))))
    for kind, amount in (("79", invoice.net), ("176", invoice.tax), ("77", invoice.net + invoice.tax)):
        yield _money(kind, amount)
    for category, (net, tax) in invoice.taxed().items():
        yield _tax(category)
        yield _money("125", net)
        yield _money("124", tax)


def _line(line: InvoiceLine, settings: Settings) -> Iterator[Elements]:
    """Return a line. Its price is that of all its units, so that units and price make its amount exactly."""
    yield ("LIN", str(line.number), "", (line.sku, "SA"))
    yield ("IMD", "F", "", ("", "", "", line.title[:35], line.title[35:70]))
    yield ("QTY", ("47", str(line.units), settings.unit_code))
    yield _money("203", line.net)
    yield ("PRI", ("AAA", f"{abs(line.net):.2f}", "", "", str(abs(line.units)), settings.unit_code))
    if line.buyers_line:
        yield ("RFF", ("LI", line.buyers_line))
    yield _tax(line.category)


def _tax(category: Category) -> Elements:
    return ("TAX", "7", "VAT", "", "", ("", "", "", f"{category.rate.normalize():f}"), category.code)


def _party(role: str, party: Party) -> Iterator[Elements]:
    number = party.endpoint.partition(":")[2]
    street = tuple(line[:35] for line in party.street)
    name = (party.name[:35], party.name[35:70])
    place = (party.city[:35], party.region[:9], party.postal_code[:9], party.country_code)
    yield ("NAD", role, (number, "", "9") if number else "", "", name, street, *place)
    if party.vat_id:
        yield ("RFF", ("VA", party.vat_id))


def _money(kind: str, amount: Decimal) -> Elements:
    return ("MOA", (kind, f"{amount:.2f}"))
