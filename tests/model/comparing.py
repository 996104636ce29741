"""Compares what a hub says of the orders of a history with what the model says.

Which node works what is the hub's choice, and is learned from it: the rest must follow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from crossdock.admin.v1 import admin_pb2
from crossdock.inventory.v1 import inventory_pb2
from crossdock.orders.v1 import order_service_pb2, orders_pb2
from crossdock.payments.v1 import payments_pb2
from crossdock.returns.v1 import returns_pb2
from tests.model.driving import Driver, Known
from tests.model.given import SKUS
from tests.model.messages import minor
from tests.model.model import Order, World
from tests.model.purse import Tender
from tests.model.units import Impossible
from tests.unit.api.serving import Served

_SUMS: Final = ("captured", "receivable", "uncollectable", "credited", "refunded")
_WAITING: Final = {"OPEN", "BACKORDERED", "RESERVED"}


class Differs(AssertionError):
    """The hub and the model differ."""

    def __init__(self, hub: str, model: str) -> None:
        super().__init__(f"{hub}\n   the model: {model}")


async def learn(driver: Driver, world: World) -> None:
    """Learns the ids of returns that nobody asked for, and of orders that returns are exchanged for."""
    for index, order in enumerate(world.orders):
        if index == len(driver.orders):
            driver.orders.append(await _exchange_order(driver, order))
        known = driver.orders[index]
        if len(known.returns) < len(order.returns):
            request = returns_pb2.ListReturnsRequest(order_id=known.order_id)
            listed = (await driver.hub.rpc("ReturnService.ListReturns")(request)).returns
            known.returns += [rma.return_id for rma in listed if rma.return_id not in known.returns]


async def _exchange_order(driver: Driver, order: Order) -> Known:
    if order.origin is None:
        raise ValueError("an order that was placed is known")
    origin, rma = order.origin
    of = driver.orders[origin.number]
    request = returns_pb2.GetReturnRequest(return_id=of.returns[origin.returns.index(rma)])
    known = (await driver.hub.rpc("ReturnService.GetReturn")(request)).rma
    if not known.exchange_order_id:
        raise Differs("placed no order for an exchange", "an order")
    return Known(known.exchange_order_id, of.currency)


async def compare(driver: Driver, world: World) -> None:
    """Compares all orders; raises Differs."""
    reserved = Counter[tuple[str, str]]()
    for known, order in zip(driver.orders, world.orders, strict=True):
        request = order_service_pb2.GetOrderRequest(order_id=known.order_id)
        read = (await driver.hub.rpc("OrderService.GetOrder")(request)).order
        _take_releases(known, order, read)
        reserved += _reserved(order, read)
        asked = payments_pb2.GetPaymentsRequest(order_id=known.order_id)
        paid = await driver.hub.rpc("PaymentService.GetPayments")(asked)
        _equal(f"of order {order.number}", _seen(read, paid, known.currency), _modeled(order))
    _check_waiting(world, reserved)


def _equal(what: str, hub: Mapping[Any, object], model: Mapping[Any, object]) -> None:
    """Raises Differs with the entries in which the two differ."""
    if differing := [key for key in {**hub, **model} if hub.get(key) != model.get(key)]:
        said, expected = [{key: side[key] for key in differing if key in side} for side in (hub, model)]
        raise Differs(f"says {what} {said}", f"{expected}")


def _take_releases(known: Known, order: Order, read: orders_pb2.Order) -> None:
    """Takes over which nodes the hub chose for units."""
    new: dict[tuple[str, str], Counter[int]] = {}
    for line in read.lines:
        for units in line.slices:
            if units.state == orders_pb2.SLICE_STATE_RELEASED and units.fulfillment_order_id not in known.works:
                key = (units.node_id, units.fulfillment_order_id)
                new.setdefault(key, Counter())[line.line_number] += units.quantity
    for (node, identity), released in sorted(new.items()):
        try:
            order.release(node, released)
        except Impossible:
            raise Differs(f"hands {dict(released)} to {node}", "that many units do not wait for that node") from None
        known.works.append(identity)


def _reserved(order: Order, read: orders_pb2.Order) -> Counter[tuple[str, str]]:
    units = Counter[tuple[str, str]]()
    for line in read.lines:
        for piece in line.slices:
            if piece.state == orders_pb2.SLICE_STATE_RESERVED:
                units[piece.node_id, order.lines[line.line_number].sku] += piece.quantity
    if units and not order.holds:
        raise Differs(f"reserves {dict(units)}", "units of an order without a hold are handed to nodes")
    return units


def _check_waiting(world: World, reserved: Counter[tuple[str, str]]) -> None:
    """No more is claimed than there is, and no unit waits beside a free one that it may have."""
    free = Counter(world.stock)
    free.subtract(reserved)
    if any(count < 0 for count in free.values()):
        raise Differs(f"claims more than is there: {dict(free)}", "no more is claimed than there is")
    for order in world.orders:
        for (node, sku), count in free.items():
            waits = any(unit.state == "WAITING" and unit.sku == sku for unit in order.units.all)
            if count and waits and not order.holds and node not in order.rejected_by():
                raise Differs(f"has units of {sku} wait for nothing", f"{count} are free at {node}")


async def compare_stock(driver: Driver, world: World) -> None:
    """Compares what is free at each node once nothing is claimed any more for orders on hold; raises Differs."""
    request = inventory_pb2.ListStockRequest(skus=[driver.sku(sku) for sku in SKUS])
    listed = (await driver.hub.rpc("InventoryService.ListStock")(request)).stock
    free = {(level.node_id, level.sku.split("-")[1]): level.available + level.reserved for level in listed}
    _equal("free stock", {key: count for key, count in free.items() if count}, dict(+world.stock))


async def audited(hub: Served) -> list[str]:
    """The invariants that the hub's own audit finds broken."""
    results = (await hub.rpc("AdminService.RunAudit")(admin_pb2.RunAuditRequest())).results
    return [f"{result.invariant}: {'; '.join(result.examples)}" for result in results if result.violation_count]


def _seen(read: orders_pb2.Order, paid: payments_pb2.GetPaymentsResponse, currency: str) -> dict[str, object]:
    sums = {"total": read.grand_total} | {name: getattr(paid, name) for name in _SUMS}
    return {
        "state": _name(orders_pb2.OrderState, read.state),
        **{f"units of line {line.line_number}": _units(line) for line in read.lines},
        **{f"total of line {line.line_number}": minor(line.line_total, currency) for line in read.lines},
        **{
            f"tender {number}": (
                _name(orders_pb2.InstrumentHolder, tender.holder),
                *[
                    minor(amount, currency)
                    for amount in (tender.amount, tender.authorized, tender.captured, tender.refunded)
                ],
            )
            for number, tender in enumerate(paid.instruments)
        },
        **{name: minor(amount, currency) for name, amount in sums.items()},
    }


def _modeled(order: Order) -> dict[str, object]:
    used = Counter[str]()
    for tender in order.purse.tenders:
        used[tender.holder] += tender.used
    return {
        "state": order.state(),
        **{
            f"units of line {line}": Counter(unit.state for unit in order.units.all if unit.line == line)
            for line in order.lines
        },
        **{f"total of line {number}": total for number, total in order.totals.items()},
        **{f"tender {number}": _tender(tender) for number, tender in enumerate(order.purse.tenders)},
        "total": order.total,
        "captured": used["HUB"] + used["CHANNEL"],
        "receivable": used["TERMS"],
        "uncollectable": order.purse.uncovered,
        "credited": order.purse.credited,
        "refunded": sum(tender.refunded for tender in order.purse.tenders),
    }


def _tender(tender: Tender) -> tuple[str, int, int, int, int]:
    granted, used = (tender.granted, tender.used) if tender.holder in {"HUB", "CHANNEL"} else (0, 0)
    return tender.holder, tender.pays, granted, used, tender.refunded


def _units(line: orders_pb2.OrderLine) -> Counter[str]:
    units = Counter[str]()
    for piece in line.slices:
        state = _name(orders_pb2.SliceState, piece.state)
        units["WAITING" if state in _WAITING else state] += piece.quantity
    return units


def _name(enum: Any, value: int) -> str:
    """The name of a value without that of its enum."""
    name, nothing = enum.Name(value), enum.Name(0)
    return str(name).removeprefix(nothing.removesuffix("UNSPECIFIED"))
