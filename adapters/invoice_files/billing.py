"""Writes an invoice or credit note as Peppol BIS Billing 3 asks for: UBL 2.1 by the rules of EN 16931. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from adapters.invoice_files.invoices import Category, Invoice, InvoiceLine, due_on
from adapters.invoice_files.settings import Settings
from adapters.sdk.ubl.elements import Element, basic, group
from adapters.sdk.ubl.parties import VAT
from adapters.sdk.ubl.writing import write

CUSTOMIZATION: Final = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROCESS: Final = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
CREDIT_TRANSFER: Final = "30"
INSTRUMENT_NOT_DEFINED: Final = "1"


def billing_document(invoice: Invoice, number: str, issued: datetime, settings: Settings) -> bytes:
    """Return the document under a number, as of an instant."""
    kind = "CreditNote" if invoice.is_credit else "Invoice"
    return write(kind, _children(invoice, number, issued, settings))


def _children(invoice: Invoice, number: str, issued: datetime, settings: Settings) -> Iterator[Element]:
    due = due_on(invoice, issued)
    yield basic("CustomizationID", CUSTOMIZATION)
    yield basic("ProfileID", PROCESS)
    yield basic("ID", number)
    yield basic("IssueDate", issued.astimezone(UTC).date())
    if invoice.is_credit:
        yield basic("CreditNoteTypeCode", "381")
    else:
        yield basic("DueDate", due or "")
        yield basic("InvoiceTypeCode", "380")
    yield basic("DocumentCurrencyCode", invoice.currency_code)
    yield basic("BuyerReference", invoice.buyer_reference)
    yield group("OrderReference", basic("ID", invoice.order_reference))
    for credited in invoice.credits:
        yield group("BillingReference", group("InvoiceDocumentReference", basic("ID", credited)))
    yield group("AccountingSupplierParty", settings.seller.element())
    yield group("AccountingCustomerParty", invoice.buyer.element())
    if not invoice.is_credit:
        yield group("Delivery", basic("ActualDeliveryDate", invoice.supplied_on))
    yield _payment(number, settings)
    yield group("PaymentTerms", basic("Note", invoice.terms))
    yield _tax_total(invoice)
    yield _sums(invoice)
    yield from (_line(invoice, line, settings) for line in invoice.lines)


def _payment(number: str, settings: Settings) -> Element:
    code = CREDIT_TRANSFER if settings.iban else INSTRUMENT_NOT_DEFINED
    account = group("PayeeFinancialAccount", basic("ID", settings.iban))
    return group("PaymentMeans", basic("PaymentMeansCode", code), basic("PaymentID", number), account)


def _tax_total(invoice: Invoice) -> Element:
    parts = [
        group(
            "TaxSubtotal",
            _amount("TaxableAmount", net, invoice),
            _amount("TaxAmount", tax, invoice),
            _category("TaxCategory", category, category.reason),
        )
        for category, (net, tax) in invoice.taxed().items()
    ]
    return group("TaxTotal", _amount("TaxAmount", invoice.tax, invoice), *parts)


def _sums(invoice: Invoice) -> Element:
    total = invoice.net + invoice.tax
    return group(
        "LegalMonetaryTotal",
        _amount("LineExtensionAmount", invoice.net, invoice),
        _amount("TaxExclusiveAmount", invoice.net, invoice),
        _amount("TaxInclusiveAmount", total, invoice),
        _amount("PayableAmount", total, invoice),
    )


def _line(invoice: Invoice, line: InvoiceLine, settings: Settings) -> Element:
    """Return a line. Its price is that of all its units, so that units and price make its amount exactly."""
    name, counted = ("CreditNoteLine", "CreditedQuantity") if invoice.is_credit else ("InvoiceLine", "InvoicedQuantity")
    return group(
        name,
        basic("ID", line.number),
        basic(counted, line.units, unitCode=settings.unit_code),
        _amount("LineExtensionAmount", line.net, invoice),
        group("OrderLineReference", basic("LineID", line.buyers_line)),
        group(
            "Item",
            basic("Name", line.title),
            group("SellersItemIdentification", basic("ID", line.sku)),
            _category("ClassifiedTaxCategory", line.category, ""),
        ),
        group(
            "Price",
            _amount("PriceAmount", abs(line.net), invoice),
            basic("BaseQuantity", abs(line.units), unitCode=settings.unit_code),
        ),
    )


def _category(name: str, category: Category, reason: str) -> Element:
    percent = f"{category.rate.normalize():f}"
    return group(name, basic("ID", category.code), basic("Percent", percent), basic("TaxExemptionReason", reason), VAT)


def _amount(name: str, amount: Decimal, invoice: Invoice) -> Element:
    return basic(name, f"{amount:.2f}", currencyID=invoice.currency_code)
