"""An invoice or credit note, of what the hub posts: amounts before tax, rates found again, sums exact. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from google.type.money_pb2 import Money

from adapters.invoice_files.settings import Buyer, Settings, Untaxed
from adapters.sdk.documents.reading import plain
from adapters.sdk.money import nanos_of
from adapters.sdk.times import instant_of
from adapters.sdk.ubl.parties import Party, is_endpoint, party_from
from crossdock.common.v1.address_pb2 import Contact
from crossdock.partner.erp.v1 import erp_pb2 as pb

CENT: Final = Decimal("0.01")
STANDARD: Final = "S"
REVERSE_CHARGE: Final = "AE"
_BY_THE_BUYER: Final = Untaxed(REVERSE_CHARGE, "Reverse charge")
"""What an invoice must say where its buyer owes the tax (Directive 2006/112/EC, article 226 (11a))."""
_NET: Final = re.compile(r"NET ?(\d{1,3})", re.ASCII)
_UNKNOWN: Final = Buyer("", "", "", "")


class NotInvoiced(Exception):
    """What is posted cannot be an invoice; `code` and the message, one sentence, say why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, order=True)
class Category:
    """A category of tax (UNCL 5305) with its rate in percent, and why none is charged where that must be said."""

    code: str
    rate: Decimal
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class InvoiceLine:
    """Goods or a charge: units, value before tax, tax. Units are negative where the value is."""

    number: int
    sku: str
    title: str
    buyers_line: str
    units: int
    net: Decimal
    tax: Decimal
    category: Category


@dataclass(frozen=True, kw_only=True)
class Invoice:
    """An invoice or a credit note without its number and day; `credits` are the invoices of its order."""

    is_credit: bool
    currency_code: str
    buyer: Party
    buyer_reference: str
    order_reference: str
    supplied_on: date
    terms: str
    due_after: timedelta | None
    lines: tuple[InvoiceLine, ...]
    credits: tuple[str, ...] = ()

    @property
    def net(self) -> Decimal:
        """Return the sum before tax."""
        return sum((line.net for line in self.lines), Decimal(0))

    @property
    def tax(self) -> Decimal:
        """Return the tax."""
        return sum((line.tax for line in self.lines), Decimal(0))

    def taxed(self) -> Mapping[Category, tuple[Decimal, Decimal]]:
        """Return what is taxed and the tax, by category."""
        sums: dict[Category, tuple[Decimal, Decimal]] = {}
        for line in self.lines:
            net, tax = sums.get(line.category, (Decimal(0), Decimal(0)))
            sums[line.category] = (net + line.net, tax + line.tax)
        return dict(sorted(sums.items()))


def invoice_of(request: pb.PostDocumentRequest, settings: Settings) -> Invoice:
    """Return the invoice or credit note of a posting.

    Raises NotInvoiced where it has no payer, its lines do not sum to its total, or a tax has no rate.
    """
    if not request.bill_to.name:
        raise NotInvoiced("NO_PAYER", "The payer was erased: an invoice names who pays.")
    currency = request.total.currency_code
    untaxed = _BY_THE_BUYER if request.reverse_charge else settings.untaxed
    lines = tuple(
        _line(number, line, currency, settings, untaxed) for number, line in enumerate(request.lines, start=1)
    )
    known, reference = settings.buyers.get(request.bill_to.external_id, _UNKNOWN), plain(request.channel_reference)
    terms = plain(request.terms) or settings.terms
    invoice = Invoice(
        is_credit=request.kind == pb.DOCUMENT_KIND_CREDIT_NOTE,
        currency_code=currency,
        buyer=_buyer(request.bill_to, known),
        buyer_reference=known.reference or reference,
        order_reference=reference,
        supplied_on=instant_of(request.occur_time).date(),
        terms=terms,
        due_after=_due_after(terms),
        lines=lines,
    )
    if invoice.net + invoice.tax != _amount(request.total, currency):
        raise NotInvoiced("TOTAL_MISMATCH", "The lines do not sum to the total.")
    if any(line.category.code == REVERSE_CHARGE for line in lines) and not invoice.buyer.vat_id:
        raise NotInvoiced(
            "NO_VAT_ID", "The buyer owes the tax, and neither the order nor the profile states its VAT number."
        )
    return invoice


def due_on(invoice: Invoice, issued: datetime) -> date | None:
    """Return the day by which an invoice is to be paid; None where its terms state no days."""
    return issued.astimezone(UTC).date() + invoice.due_after if invoice.due_after is not None else None


def _line(number: int, line: pb.PostedLine, currency: str, settings: Settings, untaxed: Untaxed | None) -> InvoiceLine:
    value, tax = _amount(line.value, currency), _amount(line.tax, currency) if line.HasField("tax") else Decimal(0)
    return InvoiceLine(
        number=number,
        sku=line.sku,
        title=settings.titles.get(line.sku, line.sku),
        buyers_line=line.channel_line_reference,
        units=-line.quantity if value < tax else line.quantity,
        net=value - tax,
        tax=tax,
        category=_category(line, value, tax, settings, untaxed),
    )


def _category(
    line: pb.PostedLine, value: Decimal, tax: Decimal, settings: Settings, untaxed: Untaxed | None
) -> Category:
    """Return the category whose rate makes this tax of this value, to the cent."""
    off = {abs(tax - _contained(value, rate)): rate for rate in sorted(settings.rates, reverse=True)}
    if off and min(off) <= CENT:
        return Category(STANDARD, off[min(off)])
    if tax:
        raise NotInvoiced("UNKNOWN_RATE", f"The tax on {line.sku} is of no rate that the profile states.")
    if untaxed is None:
        raise NotInvoiced("UNTAXED", f"No tax is on {line.sku}, and the profile does not say why that may be.")
    return Category(untaxed.code, Decimal(0), untaxed.reason)


def _contained(value: Decimal, rate: Decimal) -> Decimal:
    """Return the tax that a value with tax contains, to the cent."""
    return (value * rate / (100 + rate)).quantize(CENT, ROUND_HALF_UP)


def _amount(money: Money, currency: str) -> Decimal:
    if money.currency_code != currency:
        raise NotInvoiced("CURRENCY_MISMATCH", "A line is in another currency than the total.")
    amount = Decimal(nanos_of(money, "value")).scaleb(-9)
    if amount != amount.quantize(CENT):
        raise NotInvoiced("NOT_IN_CENTS", f"An amount in {currency} has more than two decimals.")
    return amount.quantize(CENT)


def _buyer(contact: Contact, known: Buyer) -> Party:
    endpoint = known.endpoint or (contact.external_id if is_endpoint(contact.external_id) else "")
    vat_id = known.vat_id or contact.vat_number
    return party_from(contact, endpoint=endpoint, vat_id=vat_id, company_id=known.company_id)


def _due_after(terms: str) -> timedelta | None:
    stated = _NET.fullmatch(terms.upper())
    return timedelta(days=int(stated[1])) if stated else None
