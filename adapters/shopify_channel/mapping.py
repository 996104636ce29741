"""Reads Shopify's order documents into commands: pure and total, every byte string has an answer.

One order, `{"order": ...}` and `{"orders": [...]}` are read. An order with a refusal is not taken; the others go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from adapters.sdk.documents.reading import Findings, Reading, is_currency, plain, shown, unread
from adapters.shopify_channel.charges import charges_of
from adapters.shopify_channel.edits import current, hold_unconfirmed
from adapters.shopify_channel.lines import lines_of, order_discounts_of, order_taxes_of, shipping_lines_of
from adapters.shopify_channel.payments import instruments_of
from adapters.shopify_channel.people import people_of
from adapters.shopify_channel.places import NotJson, Place, read_json
from adapters.shopify_channel.refusals import refuse_unfulfillable
from adapters.shopify_channel.settings import Settings
from adapters.shopify_channel.unread import hold_unread
from crossdock.inbox.v1.inbox_pb2 import Command
from crossdock.orders.v1.orders_pb2 import DELIVERY_METHOD_SHIP, OrderDraft, StatedTotals

# Fields of the order that rules may read and the shop gets back: the field, and the attribute it becomes.
CARRIED = ("name", "source_name", "total_discounts")
NO_ORDER = "refunds, fulfillments, transactions, edits and answers of GraphQL are not read; send the order itself"
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[0-9A-Za-z]{1,8}){0,6}")


def read_document(content: bytes, media_type: str, settings: Settings, channel_id: str) -> Reading:
    """Reads a document.

    Args:
        content: The bytes as they came.
        media_type: Media type as it came; any JSON is read, whatever it is called.
        settings: Profile of the account.
        channel_id: Channel of the orders, unless the profile names one.

    Answers commands in the document's order, and problems with JSON paths. Nothing is raised.
    """
    try:
        document = read_json(content)
    except NotJson as error:
        return unread("$", plain(media_type), f"the document is {error}")
    commands: list[Command] = []
    findings = Findings()
    for order in _orders(document, findings):
        command = _command(order, settings, settings.channel_id or channel_id)
        findings.add(order.findings)
        if command is not None:
            commands.append(command)
    return Reading(tuple(commands), findings.named())


def _orders(document: object, findings: Findings) -> Iterator[Place]:
    """Answers each order of the document with findings of its own."""
    root = Place(document, "$", findings)
    if root.at("order").is_there:
        yield Place(root.at("order").value, "$.order", Findings())
    elif root.at("orders").is_there:
        yield from (Place(place.value, place.path, Findings()) for place in root.each("orders"))
    else:
        yield Place(document, "$", Findings())


def _command(order: Place, settings: Settings, channel_id: str) -> Command | None:
    if not isinstance(order.value, dict):
        order.findings.refuse(order.path, "order", "is no order: a JSON object is expected")
        return None
    if order.at("order_id").is_there:
        order.at("order_id").refuse(f"is stated, so this belongs to an order and is none; {NO_ORDER}")
        return None
    if not order.at("line_items").is_there:
        order.at("line_items").refuse(f"is missing, so this is no order; {NO_ORDER}")
        return None
    if not channel_id:
        order.findings.refuse(order.path, "channel_id", "neither the profile's channel_id nor the call names a channel")
    refuse_unfulfillable(order, settings)
    draft = _draft(order, settings, channel_id)
    if order.findings.refused:
        return None
    hold_unconfirmed(order, settings)
    hold_unread(order, settings)
    draft.unread_facts.extend(order.findings.unread_facts)
    return Command(place_order=draft, location=order.path, draft_unknown_skus=settings.draft_unknown_skus)


def _draft(order: Place, settings: Settings, channel_id: str) -> OrderDraft:
    currency_code = _currency(order, settings)
    people = people_of(order, settings.default_country_code)
    return OrderDraft(
        channel_id=channel_id,
        channel_reference=_reference(order),
        currency_code=currency_code,
        lines=lines_of(order, currency_code, settings),
        charges=charges_of(order, currency_code, settings),
        discounts=order_discounts_of(order, currency_code),
        taxes=order_taxes_of(order, currency_code),
        instruments=instruments_of(order, settings, currency_code),
        stated_totals=StatedTotals(
            goods_total=current(order, "subtotal_price").amount_if_stated(currency_code),
            tax_total=current(order, "total_tax").amount_if_stated(currency_code),
            grand_total=current(order, "total_price").amount_if_stated(currency_code),
        ),
        customer=people.customer,
        ship_to=people.ship_to,
        bill_to=people.bill_to,
        placed_time=order.at("created_at").instant(),
        delivery_method=DELIVERY_METHOD_SHIP,
        service_code=_service(order, settings),
        language_code=_language(order),
        demand_class=settings.demand_class,
        attributes=_attributes(order, settings),
    )


def _reference(order: Place) -> str:
    reference = order.at("id").identifier(120)
    if not reference and not order.at("id").text():
        order.at("id").refuse("is missing: without it a repeat could not be told from a new order")
    return reference


def _currency(order: Place, settings: Settings) -> str:
    place = order.at("currency")
    code = place.text() or settings.default_currency_code
    if not is_currency(code):
        reason = f"is {shown(code)}, no ISO 4217 code" if code else "is missing, and the profile has no default"
        place.refuse(reason)
        return ""
    return code


def _language(order: Place) -> str:
    """Answers the customer's language; a text that is no tag of BCP 47 is left out and holds the order."""
    place = order.at("customer_locale")
    if place.text() and not LANGUAGE.fullmatch(place.text()):
        place.hold(shown(place.value), "it is no language tag of BCP 47, and is left out")
        return ""
    return place.text()


def _service(order: Place, settings: Settings) -> str:
    """Answers the carrier service of the first shipping line; an unknown code is reported if the profile maps any."""
    for place in shipping_lines_of(order):
        code = place.at("code")
        service = settings.services.get(code.text(), "")
        if settings.services and not service and code.text():
            code.report(f"{shown(code.value)} is not in the profile's services: the channel's own service is used")
        return service
    return ""


def _attributes(order: Place, settings: Settings) -> dict[str, str]:
    stated = {f"shopify.{name}": order.at(name).words(200) for name in CARRIED}
    stated["shopify.po_number"] = order.at("po_number").identifier(200)
    for place in shipping_lines_of(order):
        stated.setdefault("shopify.shipping_code", place.at("code").words(200))
    for place in order.each("note_attributes"):
        name = place.at("name").text()
        if name in settings.carry_note_attributes:
            stated[f"note.{name}"] = place.at("value").words(200)
    return {name: value for name, value in stated.items() if value}
