"""Plays histories against a served hub, by gRPC alone, and says where the hub and the model differ."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import grpc

from crossdock.admin.v1 import admin_pb2
from crossdock.catalog.v1 import catalog_pb2
from crossdock.common.v1 import errors_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2 as goods_pb2
from crossdock.inventory.v1 import inventory_pb2
from crossdock.orders.v1 import order_service_pb2, orders_pb2
from crossdock.payments.v1 import payments_pb2
from crossdock.returns.v1 import returns_pb2
from tests.model.histories import Command, History
from tests.model.messages import minor, money, new_id, placing
from tests.model.model import DIGITS, Draft, Order, Refused
from tests.unit.api.serving import Served, refusal

ROUND: Final = timedelta(minutes=45)
"""Business time between two commands of a history."""

ROUNDS: Final = 16
"""Commands of a history."""

_AT_ONCE: Final = 8
"""Calls at the hub at the same time."""

_WAITING: Final = {"OPEN", "BACKORDERED", "RESERVED"}
_WORKED: Final = {"ALLOCATED", "RELEASED", "ACCEPTED", "PICKED", "PACKED"}

Step = Callable[..., Awaitable[str]]


class Differs(AssertionError):
    """The hub and the model differ."""


@dataclass
class Player:
    """Plays one history: what it does at the hub it does in the model, and compares."""

    hub: Served
    history: History
    now: int = 0
    order_id: str = ""
    works: list[str] = field(default_factory=list)
    parcels: list[str] = field(default_factory=list)
    returns: list[str] = field(default_factory=list)
    reports: int = 0

    async def step(self) -> None:
        """Does the next command of the history in both; they must agree whether it is refused, and why."""
        command = self.history.next()
        steps: Mapping[str, Step] = {
            "stock": self._stock,
            "place": self._place,
            "resolve": self._resolve,
            "ship": self._ship,
            "deliver": self._deliver,
            "short": self._short,
            "cancel": self._cancel,
            "grant": self._grant,
            "authorize": self._authorize,
            "receive": self._receive,
            "withdraw": self._withdraw,
            "inspect": self._inspect,
            "dispose": self._dispose,
        }
        if command.kind == "wait":
            return
        try:
            answered = await steps[command.kind](**command.given)
        except grpc.aio.AioRpcError as error:
            answered = refusal(error)[1]
        if answered != (expected := self._modeled(command)):
            raise Differs(self._said(f"answer {answered or 'done'}", expected or "done"))

    def _modeled(self, command: Command) -> str:
        order, given = self.history.order, dict(command.given)
        if command.kind == "stock":
            self.history.stock.update(given["units"])
            return ""
        if command.kind == "place":
            self.history.order = Order(given["draft"], self.history.stock)
            return ""
        if command.kind == "cancel":
            given["now"] = self.now
        try:
            getattr(order, command.kind)(**given)
        except Refused as refused:
            return str(refused)
        return ""

    # -- commands at the hub

    async def _stock(self, units: Mapping[tuple[str, str], int]) -> str:
        items = [catalog_pb2.Item(sku=sku) for sku in {sku for _, sku in units}]
        await self.hub.rpc("CatalogService.PutItems")(catalog_pb2.PutItemsRequest(request_id=new_id(), items=items))
        adjustments = [
            inventory_pb2.Adjustment(sku=sku, node_id=node, delta=count, cause="RECEIPT")
            for (node, sku), count in units.items()
        ]
        request = inventory_pb2.AdjustStockRequest(request_id=new_id(), adjustments=adjustments)
        await self.hub.rpc("InventoryService.AdjustStock")(request)
        return ""

    async def _place(self, draft: Draft) -> str:
        request = placing(draft, f"H{self.history.seed}")
        self.order_id = (await self.hub.rpc("OrderService.PlaceOrder")(request)).order.order_id
        return ""

    async def _resolve(self, *, goes_on: bool) -> str:
        read = order_service_pb2.GetOrderRequest(order_id=self.order_id)
        (held,) = (await self.hub.rpc("OrderService.GetOrder")(read)).order.holds
        request = order_service_pb2.ResolveHoldRequest(
            request_id=new_id(),
            order_id=self.order_id,
            hold_id=held.hold_id,
            status=f"HOLD_STATUS_{'RESOLVED' if goes_on else 'REJECTED'}",
        )
        await self.hub.rpc("OrderService.ResolveHold")(request)
        return ""

    async def _ship(self, work: int, units: Mapping[int, int]) -> str:
        reference = f"P{len(self.parcels)}"
        report = goods_pb2.ShipmentReport(
            fulfillment_order_id=self.works[work],
            shipment_reference=reference,
            tracking_number=f"T-{self.order_id}-{reference}",
            lines=_lines(units),
        )
        request = goods_pb2.RecordShipmentsRequest(request_id=new_id(), reports=[report])
        (result,) = (await self.hub.rpc("FulfillmentService.RecordShipments")(request)).results
        shipments = result.fulfillment_order.shipments
        self.parcels += [one.shipment_id for one in shipments if one.shipment_reference == reference]
        return _refused(result)

    async def _short(self, work: int, units: Mapping[int, int], *, empty: bool) -> str:
        self.reports += 1
        report = goods_pb2.ShortReport(
            fulfillment_order_id=self.works[work],
            report_reference=f"S{self.reports}",
            lines=_lines(units),
            reason=goods_pb2.SHORT_REASON_NOT_IN_STOCK if empty else goods_pb2.SHORT_REASON_DAMAGED,
        )
        request = goods_pb2.RecordShortsRequest(request_id=new_id(), reports=[report])
        (result,) = (await self.hub.rpc("FulfillmentService.RecordShorts")(request)).results
        return _refused(result)

    async def _deliver(self, parcel: int) -> str:
        report = goods_pb2.DeliveryReport(shipment_id=self.parcels[parcel])
        request = goods_pb2.RecordDeliveriesRequest(request_id=new_id(), reports=[report])
        (result,) = (await self.hub.rpc("FulfillmentService.RecordDeliveries")(request)).results
        return _refused(result)

    async def _cancel(self, number: int, count: int) -> str:
        request = order_service_pb2.CancelLinesRequest(
            request_id=new_id(),
            order_id=self.order_id,
            lines=[order_service_pb2.CancelLine(line_number=number, quantity=count)],
            reason="changed mind",
        )
        await self.hub.rpc("OrderService.CancelLines")(request)
        return ""

    async def _grant(self, amount: int, *, refund: bool) -> str:
        credit = returns_pb2.CreditDraft(
            order_id=self.order_id,
            amount=money(amount, self._order.currency),
            reason="late",
            resolution=f"MONEY_RESOLUTION_{'REFUND' if refund else 'STORE_CREDIT'}",
        )
        request = returns_pb2.GrantCreditsRequest(request_id=new_id(), credits=[credit])
        (result,) = (await self.hub.rpc("ReturnService.GrantCredits")(request)).results
        return _refused(result)

    async def _authorize(self, number: int, count: int, resolution: str) -> str:
        line = returns_pb2.ReturnLineDraft(line_number=number, quantity=count)
        draft = returns_pb2.ReturnDraft(
            order_id=self.order_id, lines=[line], resolution=f"MONEY_RESOLUTION_{resolution}"
        )
        request = returns_pb2.AuthorizeReturnsRequest(request_id=new_id(), drafts=[draft])
        (result,) = (await self.hub.rpc("ReturnService.AuthorizeReturns")(request)).results
        self.returns.append(result.rma.return_id)
        return _refused(result)

    async def _receive(self, rma: int, count: int, outcome: str) -> str:
        came = returns_pb2.ReceivedUnits(
            line_number=self._order.returns[rma].number, quantity=count, outcome=f"RECEIPT_OUTCOME_{outcome}"
        )
        return await self._returning("Receive", rma, "receipts", returns_pb2.ReturnReceipt, [came], node_id="DC-NL")

    async def _inspect(self, rma: int, count: int, *, accepted: bool, reduction: int) -> str:
        verdict = "ACCEPTED_REDUCED" if reduction else "ACCEPTED" if accepted else "REJECTED"
        looked_at = returns_pb2.InspectedUnits(
            line_number=self._order.returns[rma].number,
            quantity=count,
            verdict=f"INSPECTION_VERDICT_{verdict}",
            reduction=money(reduction, self._order.currency) if reduction else None,
        )
        return await self._returning("Inspect", rma, "inspections", returns_pb2.ReturnInspection, [looked_at])

    async def _dispose(self, rma: int, count: int, node: str) -> str:
        disposed = returns_pb2.DisposedUnits(
            line_number=self._order.returns[rma].number,
            quantity=count,
            disposition=returns_pb2.DISPOSITION_RESTOCK,
            node_id=node,
        )
        return await self._returning("Dispose", rma, "dispositions", returns_pb2.ReturnDisposition, [disposed])

    async def _withdraw(self, rma: int) -> str:
        request = returns_pb2.CancelReturnsRequest(request_id=new_id(), return_ids=[self.returns[rma]])
        (result,) = (await self.hub.rpc("ReturnService.CancelReturns")(request)).results
        return _refused(result)

    async def _returning(self, rpc: str, rma: int, name: str, report: Any, units: Sequence[Any], **more: Any) -> str:
        self.reports += 1
        named = "receipt_reference" if rpc == "Receive" else "report_reference"
        element = report(return_id=self.returns[rma], units=units, **{named: f"R{self.reports}"}, **more)
        request = getattr(returns_pb2, f"{rpc}ReturnsRequest")(request_id=new_id(), **{name: [element]})
        (result,) = (await self.hub.rpc(f"ReturnService.{rpc}Returns")(request)).results
        return _refused(result)

    # -- what is compared

    async def take_releases(self) -> None:
        """Takes which nodes the hub chose: those are its own to choose, the rest must follow."""
        order = self._order
        request = goods_pb2.ListFulfillmentOrdersRequest(order_id=self.order_id)
        listed = (await self.hub.rpc("FulfillmentService.ListFulfillmentOrders")(request)).fulfillment_orders
        new = [one for one in listed if one.fulfillment_order_id not in self.works]
        for one in sorted(new, key=lambda one: (one.create_time.ToNanoseconds(), one.node_id)):
            units = {line.line_number: line.quantity for line in one.lines}
            order.release(one.node_id, units)
            self.works.append(one.fulfillment_order_id)
        if min([*order.stock.values(), *[line.waiting for line in order.lines.values()]]) < 0:
            raise Differs(self._said(f"fulfillment orders {new}", "no more units than wait, of no more than are free"))
        if order.held:
            return
        free = {sku for (_, sku), count in order.stock.items() if count}
        if waiting := [line.sku for line in order.lines.values() if line.waiting and line.sku in free]:
            raise Differs(self._said(f"{waiting} wait for nothing", "what is free is handed to a node"))

    async def compare(self) -> None:
        """Compares, a round later, what the hub says of the order with what the model says; raises Differs."""
        self.now += ROUND.seconds // 60
        if self.history.order is None:
            return
        self._order.answer(self.now)
        await self.take_releases()
        order, scale = self._order, DIGITS[self._order.currency]
        read = (
            await self.hub.rpc("OrderService.GetOrder")(order_service_pb2.GetOrderRequest(order_id=self.order_id))
        ).order
        paid = await self.hub.rpc("PaymentService.GetPayments")(payments_pb2.GetPaymentsRequest(order_id=self.order_id))
        seen = {
            "state": orders_pb2.OrderState.Name(read.state).removeprefix("ORDER_STATE_"),
            "goods": {line.line_number: _goods(line) for line in read.lines},
            "totals": {line.line_number: minor(line.line_total, scale) for line in read.lines},
            "money": _money(read, paid, scale),
        }
        modeled = {
            "state": order.state(),
            "goods": order.goods(),
            "totals": {number: line.total for number, line in order.lines.items()},
            "money": order.money(),
        }
        for name, value in modeled.items():
            if seen[name] != value:
                raise Differs(self._said(f"{name} {seen[name]}", str(value)))

    @property
    def _order(self) -> Order:
        if self.history.order is None:
            raise ValueError("nothing was placed yet")
        return self.history.order

    def _said(self, hub: str, model: str) -> str:
        played = "\n".join(f"  {number}. {command}" for number, command in enumerate(self.history.commands))
        upto = len(self.history.commands)
        return f"replay({self.history.seed}, {upto})\n{played}\n  the hub:   {hub}\n  the model: {model}"


async def play(hub: Served, seeds: Sequence[int], rounds: int = ROUNDS) -> dict[int, str]:
    """Plays histories side by side, a command of each in every round. Returns where the hub differs, by seed."""
    players = [Player(hub, History(seed)) for seed in seeds]
    differences: dict[int, str] = {}
    limit = asyncio.Semaphore(_AT_ONCE)

    async def checked(player: Player, step: Callable[[Player], Awaitable[None]]) -> None:
        async with limit:
            try:
                await step(player)
            except Differs as difference:
                differences[player.history.seed] = str(difference)

    async def each(step: Callable[[Player], Awaitable[None]]) -> None:
        going = [player for player in players if player.history.seed not in differences]
        await asyncio.gather(*[checked(player, step) for player in going])

    for _ in range(rounds):
        await each(Player.step)
        await hub.world.advance(ROUND)
        await each(Player.compare)
    return differences


async def replay(hub: Served, seed: int, upto: int) -> dict[int, str]:
    """Plays the first commands of one history again."""
    return await play(hub, [seed], upto)


async def audited(hub: Served) -> list[str]:
    """The invariants that the hub's own audit finds broken."""
    results = (await hub.rpc("AdminService.RunAudit")(admin_pb2.RunAuditRequest())).results
    return [f"{one.invariant}: {'; '.join(one.examples)}" for one in results if one.violation_count]


def _goods(line: orders_pb2.OrderLine) -> dict[str, int]:
    units: dict[str, int] = {}
    for one in line.slices:
        state = orders_pb2.SliceState.Name(one.state).removeprefix("SLICE_STATE_")
        state = "WAITING" if state in _WAITING else "WORKED" if state in _WORKED else state
        units[state] = units.get(state, 0) + one.quantity
    return units


def _money(order: orders_pb2.Order, paid: payments_pb2.GetPaymentsResponse, digits: int) -> dict[str, object]:
    tenders = [
        (
            orders_pb2.InstrumentHolder.Name(one.holder).removeprefix("INSTRUMENT_HOLDER_"),
            *[minor(amount, digits) for amount in (one.amount, one.authorized, one.captured, one.refunded)],
        )
        for one in paid.instruments
    ]
    sums = ("captured", "receivable", "uncollectable", "credited", "refunded")
    return {
        "total": minor(order.grand_total, digits),
        "tenders": tenders,
        **{name: minor(getattr(paid, name), digits) for name in sums},
    }


def _lines(units: Mapping[int, int]) -> list[goods_pb2.FulfillmentLine]:
    return [goods_pb2.FulfillmentLine(line_number=number, quantity=count) for number, count in units.items()]


def _refused(result: Any) -> str:
    if result.WhichOneof("outcome") != "refusal":
        return ""
    return errors_pb2.ErrorReason.Name(result.refusal.reason).removeprefix("ERROR_REASON_")
