"""An order (UBL Order, Peppol BIS Ordering 3) into an order draft. Amounts are carried as stated, none is computed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from adapters.peppol_channel.amounts import Amounts
from adapters.peppol_channel.facts import FACTS
from adapters.peppol_channel.people import contact_of, recipient_of
from adapters.peppol_channel.settings import Settings
from adapters.sdk.documents.facts import why_held
from adapters.sdk.documents.reading import is_currency, plain, shown, whole_of
from adapters.sdk.times import timestamp_of
from adapters.sdk.ubl.elements import Element
from adapters.sdk.ubl.notes import Notes
from crossdock.orders.v1.orders_pb2 import (
    DELIVERY_METHOD_SHIP,
    INSTRUMENT_HOLDER_TERMS,
    OrderDraft,
    OrderLineDraft,
)

NEW_ORDER: Final = frozenset({"", "220"})
MOST_LINES: Final = 1000
SKUS: Final = {
    "seller": "cac:SellersItemIdentification/cbc:ID",
    "standard": "cac:StandardItemIdentification/cbc:ID",
    "buyer": "cac:BuyersItemIdentification/cbc:ID",
}
ATTRIBUTES: Final = {
    "peppol.customer_reference": "cbc:CustomerReference",
    "peppol.accounting_cost": "cbc:AccountingCost",
    "peppol.contract": "cac:Contract/cbc:ID",
    "peppol.quotation": "cac:QuotationDocumentReference/cbc:ID",
    "peppol.delivery.start": "cac:Delivery/cac:RequestedDeliveryPeriod/cbc:StartDate",
    "peppol.delivery.end": "cac:Delivery/cac:RequestedDeliveryPeriod/cbc:EndDate",
}
_PERSONAL: Final = frozenset({"cbc:Note", "cac:DeliveryTerms", "cac:PaymentTerms"})


def draft_of(source: Element, channel_id: str, settings: Settings, notes: Notes) -> OrderDraft:
    """Return the draft of an order; what keeps it from being taken is noted."""
    currency = source.value("cbc:DocumentCurrencyCode")
    if not is_currency(currency):
        notes.refuse(source, "cbc:DocumentCurrencyCode", f"{shown(currency)} is no ISO 4217 code")
        currency = ""
    order = OrderDraft(
        channel_id=settings.channel_id or channel_id,
        channel_reference=notes.whole(source, "cbc:ID", 120),
        currency_code=currency,
        demand_class=settings.demand_class,
        delivery_method=DELIVERY_METHOD_SHIP,
    )
    order.instruments.add(holder=INSTRUMENT_HOLDER_TERMS, kind="INVOICE", reference=settings.terms)
    _read_header(order, source, notes)
    _read_parties(order, source, notes)
    amounts = Amounts(currency, notes)
    for allowance in source.all("cac:AllowanceCharge"):
        amounts.read_allowance(order, allowance)
    amounts.read_totals(order, source)
    _read_lines(order, source, settings, currency, notes)
    _judge_facts(source, settings, notes)
    return order


def _read_header(order: OrderDraft, source: Element, notes: Notes) -> None:
    if not order.channel_id:
        notes.refuse(source, "", "neither the profile's channel_id nor the call names a channel")
    if not order.channel_reference:
        notes.refuse(source, "cbc:ID", "the order has no number")
    kind = source.value("cbc:OrderTypeCode")
    if kind not in NEW_ORDER:
        notes.refuse(source, "cbc:OrderTypeCode", f"{shown(kind)} is no purchase order (220): it is left to people")
    for name, path in ATTRIBUTES.items():
        text = notes.words(source, path, 80)
        if text:
            order.attributes[name] = text
    placed = _placed(source, notes)
    if placed is not None:
        order.placed_time.CopyFrom(timestamp_of(placed))


def _placed(source: Element, notes: Notes) -> datetime | None:
    """Return when the order was issued; a time without a zone is one of UTC."""
    text = f"{source.value('cbc:IssueDate')}T{source.value('cbc:IssueTime') or '00:00:00'}"
    try:
        placed = datetime.fromisoformat(text)
    except ValueError:
        placed = None
    if placed is None or not 1900 <= placed.year < 9000:
        notes.refuse(source, "cbc:IssueDate", f"{shown(text)} is no day and time")
        return None
    return placed if placed.tzinfo is not None else placed.replace(tzinfo=UTC)


def _read_parties(order: OrderDraft, source: Element, notes: Notes) -> None:
    buyer, payer = (
        source.first("cac:BuyerCustomerParty/cac:Party"),
        source.first("cac:AccountingCustomerParty/cac:Party"),
    )
    if buyer is None:
        notes.refuse(source, "cac:BuyerCustomerParty", "no party orders")
        return
    order.customer.CopyFrom(contact_of(buyer, notes.below("BuyerCustomerParty")))
    if payer is not None:
        order.bill_to.CopyFrom(contact_of(payer, notes.below("AccountingCustomerParty")))
    deliveries = list(source.all("cac:Delivery"))
    if len(deliveries) > 1:
        notes.refuse(deliveries[1], "", "the order is delivered to several places or at several times")
    for delivery in deliveries[:1]:
        recipient = recipient_of(delivery, order.customer, notes.below("Delivery"))
        if recipient is not None:
            order.ship_to.CopyFrom(recipient)


def _read_lines(order: OrderDraft, source: Element, settings: Settings, currency: str, notes: Notes) -> None:
    items = list(source.all("cac:OrderLine/cac:LineItem"))
    if not 1 <= len(items) <= MOST_LINES:
        notes.refuse(source, "cac:OrderLine", f"the order has {len(items)} lines, expected 1 to {MOST_LINES}")
        return
    for number, item in enumerate(items, start=1):
        order.lines.append(_line(item, number, settings, Amounts(currency, notes.below(f"OrderLine[{number}]"))))


def _line(source: Element, number: int, settings: Settings, amounts: Amounts) -> OrderLineDraft:
    notes = amounts.notes
    item = source.first("cac:Item") or Element("cac:Item", line=source.line)
    line = OrderLineDraft(
        channel_line_reference=notes.whole(source, "cbc:ID", 80) or str(number),
        sku=_sku(item, settings, notes),
        title=notes.words(item, "cbc:Name", 300),
    )
    quantity = source.first("cbc:Quantity") or Element("cbc:Quantity", line=source.line)
    units = whole_of(quantity.text)
    if units is None or not 1 <= units <= 10_000_000:
        notes.refuse(quantity, "", f"{shown(quantity.text)} is no whole number of units")
    line.quantity = units if units is not None and 1 <= units <= 10_000_000 else 0
    unit = quantity.attributes.get("unitCode", "")
    line.unit_code = settings.units.get(unit, unit)[:3]
    for price in source.all("cac:Price"):
        amounts.read_price(line, price)
    for allowance in source.all("cac:AllowanceCharge"):
        amounts.read_allowance(line, allowance)
    return line


def _sku(item: Element, settings: Settings, notes: Notes) -> str:
    sku = next((plain(text) for kind in settings.sku_types if (text := item.value(SKUS[kind]))), "")
    if not 1 <= len(sku) <= 80:
        notes.refuse(item, "", f"no product id is a SKU: {shown(sku)}")
        return ""
    return sku


def _judge_facts(source: Element, settings: Settings, notes: Notes) -> None:
    """Hold the order for each fact that no list settles."""
    for area, element in _facts(source):
        fact = f"{area}.{element.name}"
        if element.name not in FACTS[area].settled and fact not in settings.ignored_facts:
            value = "" if element.name in _PERSONAL or element.children else shown(element.text)
            notes.hold(element, value, why_held(plain(fact, 60)))


def _facts(source: Element) -> Iterator[tuple[str, Element]]:
    yield from (("order", element) for element in source.children)
    yield from (("delivery", element) for delivery in source.all("cac:Delivery") for element in delivery.children)
    for order_line in source.all("cac:OrderLine"):
        yield from (("line", element) for element in order_line.children if element.name != "cac:LineItem")
        yield from (("line", element) for item in order_line.all("cac:LineItem") for element in item.children)
    yield from (
        ("item", element) for item in source.all("cac:OrderLine/cac:LineItem/cac:Item") for element in item.children
    )
