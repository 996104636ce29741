"""What was stated of an order is read back: every field of a draft stands in the order, with the value it was given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from crossdock.inventory.v1 import reservations_pb2
from crossdock.orders.v1 import order_service_pb2 as pb
from crossdock.orders.v1 import orders_pb2
from tests.support.drafts import bundle
from tests.unit.api.serving import Served, euros


def in_days(days: int) -> str:
    """A day to come, by the machine's clock, as the served hub has it."""
    return f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%dT00:00:00Z}"


OTHERWISE = {
    "OrderDraft.customer": "is personal data, read as a party by customer_party_id",
    "OrderDraft.ship_to": "is personal data, read as a party by ship_to_party_id",
    "OrderDraft.bill_to": "is personal data, read as a party by bill_to_party_id",
    "OrderDraft.unread_facts": "hold the order, which says them as the reason of its hold",
    "InstrumentDraft.token": "is a secret between the hub and the provider",
}
"""Fields of drafts that an order does not repeat, and why."""
ALONE = {
    "OrderDraft.pickup_node_id": "goes with delivery_method PICKUP, so it is read back with it",
    "OrderDraft.promise": "brings its own service, so it is read back in test_promising_service",
    "InstrumentDraft.balance_code": "goes without a token, and is never shown: see test_balance_service",
    "InstrumentDraft.credit_account_id": "goes with holder TERMS, so it is read back in test_credit_service",
    "InstrumentDraft.store_credit": "goes without a token, and is read back as balance_id in test_balance_service",
    "OrderDraft.tax_treatment": "goes with no tax, so it is read back in test_vat_numbers_served",
    "OrderDraft.wish": "keeps nodes out, so it is read back in test_promising_service",
    "OrderLineDraft.value_added_services": "keep nodes out, so they are read back in test_promising_service",
}
"""Fields of drafts that go with few others, and where they are read back."""


def stated(reservation_id: str) -> orders_pb2.OrderDraft:
    """A draft that says all there is to say."""
    tax = {"title": "VAT", "rate": "0.21", "amount": {"currency_code": "EUR", "units": 3}, "included": True}
    tax |= {"kind": "TAX_KIND_SALES"}
    levy = tax | {"title": "levy", "rate": "0.01", "amount": {"currency_code": "EUR", "nanos": 500_000_000}}
    added = levy | {"included": False}
    contact: dict[str, Any] = {"name": "Ada Visser", "email": "ada@example.com"}
    contact |= {"address": {"city": "Amsterdam", "country_code": "NL", "postal_code": "1015 AA", "street_lines": ["1"]}}
    line = {
        "sku": "SHIRT",
        "quantity": 3,
        "unit_price": {"currency_code": "EUR", "units": 9, "nanos": 990_000_000},
        "discounts": [{"code": "3 FOR 2", "amount": {"currency_code": "EUR", "units": 2}, "units_needed": 3}],
        "taxes": [tax, added],
        "channel_line_reference": "L-1",
        "title": "Shirt, white",
        "personalization": "Ada",
        "unit_code": "EA",
        "customs": {"hs_code": "6205.20", "origin_country_code": "PT"},
        "ship_not_before_time": in_days(30),
        "ship_not_after_time": in_days(40),
        "cancel_after_time": in_days(45),
    }
    order: dict[str, Any] = {
        "channel_id": "WEB-NL",
        "channel_reference": "R-1",
        "currency_code": "EUR",
        "lines": [line],
        "charges": [{"code": "SHIPPING", "amount": {"currency_code": "EUR", "units": 5}, "taxes": [tax, added]}],
        "discounts": [{"code": "SPRING", "amount": {"currency_code": "EUR", "units": 1}}],
        "instruments": [
            {
                "holder": "INSTRUMENT_HOLDER_HUB",
                "kind": "CARD",
                "token": "tok_visa",
                "amount": {"currency_code": "EUR", "units": 10},
                "reference": "card-1",
            },
            {"holder": "INSTRUMENT_HOLDER_TERMS", "kind": "INVOICE", "reference": "NET30"},
        ],
        "stated_totals": {name: {"currency_code": "EUR", "units": 33} for name in TOTALS},
        "customer": contact,
        "ship_to": contact,
        "bill_to": contact,
        "placed_time": "2026-03-02T09:00:00Z",
        "delivery_method": "DELIVERY_METHOD_SHIP",
        "service_code": "EXPRESS",
        "shortage_policy": "SHORTAGE_POLICY_BACKORDER",
        "language_code": "nl",
        "incoterm": "DDP",
        "gift_message": "Enjoy!",
        "delivery_instructions": "Leave it with the neighbors.",
        "taxes": [added],
        "demand_class": "B2B",
        "attributes": {"gift": "yes"},
        "unread_facts": [{"location": "$.wrap", "value": "yes", "reason": "Nobody wraps."}],
        "reservation_ids": [reservation_id],
        "reservation_policy": "RESERVATION_POLICY_FREE_STOCK",
    }
    return json_format.ParseDict(order, orders_pb2.OrderDraft())


TOTALS = ("goods_total", "tax_total", "grand_total")


def own(field: FieldDescriptor) -> bool:
    """Whether a field holds a message of drafts: one of the orders' own, and no map."""
    kind = field.message_type
    return bool(kind and kind.file.package == "crossdock.orders.v1" and not kind.GetOptions().map_entry)


def unsaid(draft: Message) -> Iterator[str]:
    """The fields of a draft and its parts that it leaves out in all elements."""
    said: set[str] = set()
    names: set[str] = set()

    def walk(part: Message) -> None:
        kind = part.DESCRIPTOR.name
        names.update(f"{kind}.{field.name}" for field in part.DESCRIPTOR.fields)
        for field, value in part.ListFields():
            said.add(f"{kind}.{field.name}")
            if own(field):
                for element in value if field.is_repeated else [value]:
                    walk(element)

    walk(draft)
    yield from sorted(names - said)


def lost(draft: Any, told: Any) -> Iterator[str]:
    """The fields of a draft and its parts that an answer does not repeat."""
    for field, value in draft.ListFields():
        name = f"{draft.DESCRIPTOR.name}.{field.name}"
        if name in OTHERWISE:
            continue
        answer = getattr(told, field.name, None)
        if not own(field):
            if answer != value:
                yield f"{name}: {value} became {answer}"
        elif field.is_repeated:
            assert len(answer or ()) == len(value), name
            for element, one in zip(value, answer or (), strict=True):
                yield from lost(element, one)
        else:
            yield from lost(value, answer)


async def reserved(hub: Served) -> str:
    request = reservations_pb2.ReserveStockRequest(request_id=str(uuid4()))
    wanted = request.reservations.add(channel_id="WEB-NL", kind=reservations_pb2.RESERVATION_KIND_FLOATING)
    wanted.lines.add(sku="SHIRT", quantity=1)
    (result,) = (await hub.rpc("ReservationService.ReserveStock", "channel")(request)).results
    return str(result.reservation.reservation_id)


async def test_what_was_stated_is_read_back(hub: Served) -> None:
    draft = stated(await reserved(hub))
    placed = await hub.rpc("OrderService.PlaceOrder", "channel")(
        pb.PlaceOrderRequest(request_id=str(uuid4()), order=draft)
    )
    read = await hub.rpc("OrderService.GetOrder", "channel")(pb.GetOrderRequest(order_id=placed.order.order_id))

    assert list(unsaid(draft)) == sorted(ALONE)
    assert list(lost(draft, read.order)) == []
    assert read.order == placed.order
    assert not orders_pb2.OrderInstrument.DESCRIPTOR.fields_by_name.get("token")


async def test_where_an_order_is_collected_is_read_back(hub: Served) -> None:
    await hub.world.stock("SHIRT", "ST-AMS", 2)
    draft = stated(await reserved(hub))
    draft.delivery_method, draft.pickup_node_id = orders_pb2.DELIVERY_METHOD_PICKUP, "ST-AMS"
    draft.ClearField("reservation_ids")
    placed = await hub.rpc("OrderService.PlaceOrder", "channel")(
        pb.PlaceOrderRequest(request_id=str(uuid4()), order=draft)
    )

    assert list(lost(draft, placed.order)) == []


async def test_a_component_tells_what_was_stated_for_its_bundle(hub: Served) -> None:
    await hub.world.items(bundle("SET", {"SHIRT": 2}, "30.00"))
    draft = stated(await reserved(hub))
    draft.lines[0].sku, draft.lines[0].quantity = "SET", 2

    placed = await hub.rpc("OrderService.PlaceOrder", "channel")(
        pb.PlaceOrderRequest(request_id=str(uuid4()), order=draft)
    )

    (line,) = placed.order.lines
    assert (line.sku, line.quantity, line.bundle_sku, line.bundle_quantity) == ("SHIRT", 4, "SET", 2)
    assert line.bundle_unit_price == euros(9, 990_000_000)
    assert list(line.discounts) == list(draft.lines[0].discounts)
    assert list(line.taxes) == list(draft.lines[0].taxes)


async def test_an_order_says_when_it_last_changed(hub: Served) -> None:
    order = await hub.place()
    await hub.world.settle()
    changed = await hub.rpc("OrderService.GetOrder")(pb.GetOrderRequest(order_id=order.order_id))
    now = await hub.world.now()

    assert order.HasField("update_time")
    assert changed.order.version > order.version
    assert changed.order.update_time.ToDatetime() == now.replace(tzinfo=None)
