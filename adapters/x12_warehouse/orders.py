"""Orders that a warehouse was given, by the number that its documents name: kept at the hub, without personal data."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from adapters.sdk.state.client import AdapterState
from crossdock.partner.warehouse.v1.warehouse_pb2 import ReleaseFulfillmentOrderRequest

SERIES = "depositor orders"
MOST_NUMBER = 22


@dataclass(frozen=True)
class Line:
    """Units of an order line that the warehouse is to ship."""

    number: int
    sku: str
    quantity: int


@dataclass(frozen=True)
class Order:
    """A fulfillment order as the warehouse knows it: by a number of ours, shorter than an id."""

    number: str
    fulfillment_order_id: str
    node_id: str
    lines: tuple[Line, ...]


async def number_order(state: AdapterState, account_id: str, request: ReleaseFulfillmentOrderRequest) -> Order:
    """Return the order of a fulfillment order, kept under its number; a repeat gets the same number."""
    number = await state.next_number(account_id, SERIES, request.fulfillment_order_id)
    lines = tuple(Line(line.line_number, line.sku, line.quantity) for line in request.lines)
    order = Order(f"{number:08}", request.fulfillment_order_id, request.node_id, lines)
    await state.update(account_id, _key(order.number), lambda kept: kept or json.dumps(asdict(order)).encode())
    await state.update(account_id, _id_key(order.fulfillment_order_id), lambda kept: kept or order.number.encode())
    return order


async def find_order(state: AdapterState, account_id: str, fulfillment_order_id: str) -> Order | None:
    """Return the order of a fulfillment order; None where it was never given one."""
    entry = await state.get(account_id, _id_key(fulfillment_order_id))
    number = entry.value.decode()
    return (await find_orders(state, account_id, [number])).get(number)


async def find_orders(state: AdapterState, account_id: str, numbers: Iterable[str]) -> dict[str, Order]:
    """Return the orders of these numbers as far as there are any."""
    orders = {}
    for number in numbers:
        entry = await state.get(account_id, _key(number)) if _is_number(number) else None
        if entry is not None and entry.version:
            kept = json.loads(entry.value)
            lines = tuple(Line(**line) for line in kept["lines"])
            orders[number] = Order(**{**kept, "lines": lines})
    return orders


def _is_number(number: str) -> bool:
    return 1 <= len(number) <= MOST_NUMBER and number.isprintable()


def _key(number: str) -> str:
    return f"order/{number}"


def _id_key(fulfillment_order_id: str) -> str:
    return f"fulfillment order/{fulfillment_order_id}"
