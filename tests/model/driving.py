"""Does the commands of a history at a hub, by gRPC alone; says why where the hub refuses one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.protobuf.message_factory import GetMessageClass
from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.catalog.v1 import catalog_pb2
from crossdock.common.v1 import errors_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2 as goods_pb2
from crossdock.inventory.v1 import inventory_pb2
from crossdock.orders.v1 import order_service_pb2, orders_pb2
from crossdock.returns.v1 import returns_pb2
from hub.api.servicers import SERVICES
from tests.model.given import SKUS, Draft, LineDraft
from tests.model.histories import Command
from tests.model.messages import fulfillment_lines, line_drafts, money, new_id, placing
from tests.unit.api.serving import Served, refusal


@dataclass
class Known:
    """What of an order is known at the hub: its id and currency, and the ids of what the model counts."""

    order_id: str
    currency: str
    works: list[str] = field(default_factory=list)
    parcels: list[str] = field(default_factory=list)
    returns: list[str] = field(default_factory=list)


@dataclass
class Driver:
    """Does the commands of one history, whose SKUs and references bear its name."""

    hub: Served
    name: str
    orders: list[Known] = field(default_factory=list)
    reports: int = 0

    def sku(self, sku: str) -> str:
        """Under which name the hub knows a SKU of the history."""
        return f"{self.name}-{sku}"

    async def put_items(self) -> None:
        """Makes the SKUs of the history known."""
        items = [catalog_pb2.Item(sku=self.sku(sku)) for sku in SKUS]
        await self.hub.rpc("CatalogService.PutItems")(catalog_pb2.PutItemsRequest(request_id=new_id(), items=items))

    async def do(self, command: Command) -> str:
        """Does a command. Returns the reason where the hub refuses it, and nothing otherwise."""
        given = dict(command.given)
        known = [self.orders[given.pop("order")]] if "order" in given else []
        step: Callable[..., Awaitable[str]] = getattr(self, f"_{command.kind}")
        try:
            return await step(*known, **given)
        except grpc.aio.AioRpcError as error:
            if error.code() in {grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN}:
                return error.code().name  # a fault, which has no reason
            return refusal(error)[1]

    # -- orders

    async def _receive_stock(self, units: Mapping[tuple[str, str], int]) -> str:
        adjustments = [
            inventory_pb2.Adjustment(sku=self.sku(sku), node_id=node, delta=count, cause="RECEIPT")
            for (node, sku), count in units.items()
        ]
        request = inventory_pb2.AdjustStockRequest(request_id=new_id(), adjustments=adjustments)
        await self.hub.rpc("InventoryService.AdjustStock")(request)
        return ""

    async def _place(self, draft: Draft) -> str:
        request = placing(draft, f"{self.name}-{len(self.orders)}", self.sku)
        order = (await self.hub.rpc("OrderService.PlaceOrder")(request)).order
        self.orders.append(Known(order.order_id, draft.currency))
        return ""

    async def _resolve(self, known: Known, hold: str, *, goes_on: bool) -> str:
        read = order_service_pb2.GetOrderRequest(order_id=known.order_id)
        holds = (await self.hub.rpc("OrderService.GetOrder")(read)).order.holds
        kind = orders_pb2.HoldType.Value(f"HOLD_TYPE_{hold}")
        held = next(each for each in holds if each.type == kind and each.status == orders_pb2.HOLD_STATUS_ACTIVE)
        request = order_service_pb2.ResolveHoldRequest(
            request_id=new_id(),
            order_id=known.order_id,
            hold_id=held.hold_id,
            status=f"HOLD_STATUS_{'RESOLVED' if goes_on else 'REJECTED'}",
        )
        await self.hub.rpc("OrderService.ResolveHold")(request)
        return ""

    async def _cancel(self, known: Known, number: int, count: int) -> str:
        request = order_service_pb2.CancelLinesRequest(
            request_id=new_id(),
            order_id=known.order_id,
            lines=[order_service_pb2.CancelLine(line_number=number, quantity=count)],
            reason="changed mind",
        )
        await self.hub.rpc("OrderService.CancelLines")(request)
        return ""

    # -- goods

    async def _report(self, known: Known, work: int, state: str, units: Mapping[int, int]) -> str:
        identity = known.works[work]
        if state == "ACCEPTED":
            told = [goods_pb2.Acknowledgment(fulfillment_order_id=identity)]
            return await self._reported("AcknowledgeFulfillmentOrders", acknowledgments=told)
        report = goods_pb2.ProgressReport(fulfillment_order_id=identity, lines=fulfillment_lines(units))
        return await self._reported("RecordPicks" if state == "PICKED" else "RecordPacks", reports=[report])

    async def _ship(self, known: Known, work: int, units: Mapping[int, int]) -> str:
        reference = f"P{len(known.parcels)}"
        report = goods_pb2.ShipmentReport(
            fulfillment_order_id=known.works[work],
            shipment_reference=reference,
            tracking_number=f"T-{known.order_id}-{reference}",
            lines=fulfillment_lines(units),
        )
        result = await self._result("FulfillmentService.RecordShipments", reports=[report])
        shipments = result.fulfillment_order.shipments
        known.parcels += [shipment.shipment_id for shipment in shipments if shipment.shipment_reference == reference]
        return _refused(result)

    async def _short(self, known: Known, work: int, units: Mapping[int, int], *, empty: bool) -> str:
        report = goods_pb2.ShortReport(
            fulfillment_order_id=known.works[work],
            report_reference=self._reference(),
            lines=fulfillment_lines(units),
            reason=goods_pb2.SHORT_REASON_NOT_IN_STOCK if empty else goods_pb2.SHORT_REASON_DAMAGED,
        )
        return await self._reported("RecordShorts", reports=[report])

    async def _reject(self, known: Known, work: int) -> str:
        rejection = goods_pb2.Rejection(fulfillment_order_id=known.works[work], reason="no staff")
        return await self._reported("RejectFulfillmentOrders", rejections=[rejection])

    async def _deliver(self, known: Known, parcel: int) -> str:
        report = goods_pb2.DeliveryReport(shipment_id=known.parcels[parcel])
        return await self._reported("RecordDeliveries", reports=[report])

    async def _turn_back(self, known: Known, parcel: int) -> str:
        now = Timestamp()
        now.FromDatetime(await self.hub.world.now())
        event = goods_pb2.CarrierEvent(
            tracking_number=f"T-{known.order_id}-P{parcel}",
            state=goods_pb2.SHIPMENT_STATE_RETURNING_TO_SENDER,
            occur_time=now,
            event_reference=self._reference(),
        )
        return await self._reported("RecordCarrierEvents", events=[event])

    async def _write_off(self, known: Known, parcel: int) -> str:
        write_off = goods_pb2.ShipmentWriteOff(shipment_id=known.parcels[parcel], reason="lost")
        return await self._reported("WriteOffShipments", write_offs=[write_off])

    async def _reported(self, rpc: str, **reports: Sequence[Any]) -> str:
        return _refused(await self._result(f"FulfillmentService.{rpc}", **reports))

    # -- what comes back

    async def _grant(self, known: Known, amount: int, *, refund: bool) -> str:
        credit = returns_pb2.CreditDraft(
            order_id=known.order_id,
            amount=money(amount, known.currency),
            reason="late",
            resolution=f"MONEY_RESOLUTION_{'REFUND' if refund else 'STORE_CREDIT'}",
        )
        return _refused(await self._result("ReturnService.GrantCredits", credits=[credit]))

    async def _authorize(
        self,
        known: Known,
        units: Mapping[int, int],
        resolution: str,
        *,
        choice: bool,
        keep: bool = False,
        exchange: Sequence[LineDraft] = (),
        advance: bool = False,
    ) -> str:
        reason = f"RETURN_REASON_{'CHANGED_MIND' if choice else 'DEFECTIVE'}"
        draft = returns_pb2.ReturnDraft(
            order_id=known.order_id,
            lines=[
                returns_pb2.ReturnLineDraft(line_number=number, quantity=count, reason=reason)
                for number, count in units.items()
            ],
            resolution=f"MONEY_RESOLUTION_{resolution}",
            keep=keep,
        )
        if exchange:
            draft.exchange.lines.extend(line_drafts(exchange, known.currency, self.sku))
            draft.exchange.advance = advance
        result = await self._result("ReturnService.AuthorizeReturns", drafts=[draft])
        known.returns += [result.rma.return_id] if result.rma.return_id else []
        return _refused(result)

    async def _receive(self, known: Known, rma: int, units: Mapping[int, int], outcome: str) -> str:
        came = [
            returns_pb2.ReceivedUnits(line_number=number, quantity=count, outcome=f"RECEIPT_OUTCOME_{outcome}")
            for number, count in units.items()
        ]
        receipt = returns_pb2.ReturnReceipt(
            return_id=known.returns[rma], receipt_reference=self._reference(), units=came, node_id="DC-NL"
        )
        return _refused(await self._result("ReturnService.ReceiveReturns", receipts=[receipt]))

    async def _inspect(
        self, known: Known, rma: int, units: Mapping[int, int], *, accepted: bool, reduction: int
    ) -> str:
        looked_at = [
            returns_pb2.InspectedUnits(
                line_number=number,
                quantity=count,
                verdict=f"INSPECTION_VERDICT_{'ACCEPTED' if accepted else 'REJECTED'}",
            )
            for number, count in units.items()
        ]
        if reduction:
            looked_at[0].verdict = returns_pb2.INSPECTION_VERDICT_ACCEPTED_REDUCED
            looked_at[0].reduction.CopyFrom(money(reduction, known.currency))
        inspection = returns_pb2.ReturnInspection(
            return_id=known.returns[rma], report_reference=self._reference(), units=looked_at
        )
        return _refused(await self._result("ReturnService.InspectReturns", inspections=[inspection]))

    async def _dispose(self, known: Known, rma: int, units: Mapping[int, int], node: str) -> str:
        disposed = [
            returns_pb2.DisposedUnits(
                line_number=number, quantity=count, disposition=returns_pb2.DISPOSITION_RESTOCK, node_id=node
            )
            for number, count in units.items()
        ]
        disposition = returns_pb2.ReturnDisposition(
            return_id=known.returns[rma], report_reference=self._reference(), units=disposed
        )
        return _refused(await self._result("ReturnService.DisposeReturns", dispositions=[disposition]))

    async def _hand_in(self, known: Known, rma: int) -> str:
        return _refused(await self._result("ReturnService.RecordReturnsInTransit", return_ids=[known.returns[rma]]))

    async def _withdraw(self, known: Known, rma: int) -> str:
        return _refused(await self._result("ReturnService.CancelReturns", return_ids=[known.returns[rma]]))

    async def _result(self, rpc: str, **elements: Sequence[Any]) -> Any:
        """The result of an rpc for the one element of its request."""
        service, method = rpc.split(".")
        request = GetMessageClass(SERVICES[service].methods_by_name[method].input_type)(request_id=new_id(), **elements)
        (result,) = (await self.hub.rpc(rpc)(request)).results
        return result

    def _reference(self) -> str:
        self.reports += 1
        return f"R{self.reports}"


def _refused(result: Any) -> str:
    if result.WhichOneof("outcome") != "refusal":
        return ""
    return errors_pb2.ErrorReason.Name(result.refusal.reason).removeprefix("ERROR_REASON_")
