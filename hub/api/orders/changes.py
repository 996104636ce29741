"""The rpcs that change something, each with its flow, and how a repeat is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar
from uuid import UUID

from hub.cases.adoption.adoption import Adoption
from hub.cases.case import Case
from hub.cases.context import Unit
from hub.cases.fulfillment.reports import Carried, Worked
from hub.cases.store import read
from hub.flows.fulfillment.record_deliveries import record_carrier_events
from hub.flows.fulfillment.record_progress import record_progress
from hub.flows.fulfillment.record_shipments import record_shipments
from hub.flows.fulfillment.record_shorts import record_rejections, record_shorts
from hub.flows.money.report_payments import Told, report_payments
from hub.flows.orders.adopt_orders import adopt_orders
from hub.flows.orders.adopt_orders import plan as plan_adoptions
from hub.flows.orders.cancel_lines import Canceled, cancel_lines
from hub.flows.orders.hold_orders import Held, HoldOrder, hold_orders, resume_orders
from hub.flows.orders.place_orders import place_orders, place_surely, plan, plan_surely
from hub.flows.orders.resolve_holds import HoldDecision, resolve_holds
from hub.flows.orders.source_again import SourceAgain, SourcedAgain, source_again
from hub.flows.stock.adjust_stock import adjust_stock
from hub.flows.stock.import_snapshot import Imported, import_snapshot
from hub.flows.upkeep.receive_documents import replay_documents
from hub.fulfillment.model import CarrierEvent, ProgressReport, Rejection, ShipmentReport, ShortReport
from hub.gate import waiting
from hub.gate.change import Change, Surely
from hub.gate.outcomes import Stored
from hub.inbox import operations as inbox
from hub.inbox.errors import DocumentNotFound
from hub.inbox.model import Document, ParkedEvent
from hub.inventory import operations as inventory
from hub.inventory.model import Snapshot, SnapshotResult, StagedCount, Stock, StockChange
from hub.kernel.errors import Refusal
from hub.kernel.ids import text_of
from hub.orders.errors import OrderNotFound
from hub.orders.model import CancelRequest, Draft
from hub.payments.model import PaymentReport

R = TypeVar("R")
T = TypeVar("T")


async def _cases(
    unit: Unit, stored: Sequence[Stored], answer: Callable[[Case, Mapping[str, Any]], R]
) -> list[R | Refusal]:
    """What repeats about orders get: made of the orders as they stand, and of what was stored."""
    found = await read(unit.tx, unit.scope, [UUID(one["order_id"]) for one in stored])
    return [
        answer(case, one) if (case := found.get(UUID(one["order_id"]))) else _no_order(one["order_id"])
        for one in stored
    ]


def _no_order(order_id: str) -> Refusal:
    return OrderNotFound(f"There is no order {order_id}.", order_id=order_id)


async def _ordered(unit: Unit, stored: Sequence[Stored]) -> list[Case | Refusal]:
    return await _cases(unit, stored, lambda case, _: case)


async def _canceled(unit: Unit, stored: Sequence[Stored]) -> list[Canceled | Refusal]:
    return await _cases(unit, stored, lambda case, one: Canceled(case, one["canceled"], one["requested"]))


async def _worked(unit: Unit, stored: Sequence[Stored]) -> list[Worked | ParkedEvent | Refusal]:
    return await waiting.rebuilt(
        unit,
        stored,
        lambda inside, rest: _cases(inside, rest, lambda case, one: Worked(case, UUID(one["fulfillment_order_id"]))),
    )


async def _carried(unit: Unit, stored: Sequence[Stored]) -> list[Carried | ParkedEvent | Refusal]:
    return await waiting.rebuilt(
        unit,
        stored,
        lambda inside, rest: _cases(inside, rest, lambda case, one: Carried(case, UUID(one["shipment_id"]))),
    )


async def _told(unit: Unit, stored: Sequence[Stored]) -> list[Told | ParkedEvent | Refusal]:
    return await waiting.rebuilt(
        unit,
        stored,
        lambda inside, rest: _cases(inside, rest, lambda case, one: Told(case, UUID(one["transaction_id"]))),
    )


async def _stocked(unit: Unit, stored: Sequence[Stored]) -> list[Stock | ParkedEvent | Refusal]:
    async def standing(unit: Unit, rest: Sequence[Stored]) -> Sequence[Stock | Refusal]:
        keys = [(one["sku"], one["node_id"]) for one in rest]
        rows = await inventory.read(unit.tx, set(keys))
        return [rows.get(key) or Stock(*key) for key in keys]

    return await waiting.rebuilt(unit, stored, standing)


async def _counted(_: Unit, stored: Sequence[Stored]) -> list[Imported | Refusal]:
    return [
        Imported(UUID(one["snapshot_id"]), SnapshotResult(one["rows"], one["changed"]), tuple(one["unknown_skus"]))
        for one in stored
    ]


async def _documents(unit: Unit, stored: Sequence[Stored]) -> list[Document | Refusal]:
    found = await inbox.load(unit.tx, [UUID(one["document_id"]) for one in stored])
    return [
        found.get(UUID(one["document_id"]))
        or DocumentNotFound(f"There is no document {one['document_id']}.", document_id=one["document_id"])
        for one in stored
    ]


def _order(case: Case) -> Stored:
    return {"order_id": text_of(case.order_id)}


def _cancellation(canceled: Canceled) -> Stored:
    return {**_order(canceled.case), "canceled": canceled.canceled, "requested": canceled.requested}


def _work(worked: Worked | ParkedEvent) -> Stored:
    if isinstance(worked, ParkedEvent):
        return waiting.outcome(worked)
    return {**_order(worked.case), "fulfillment_order_id": str(worked.fulfillment_order_id)}


def _parcel(carried: Carried | ParkedEvent) -> Stored:
    if isinstance(carried, ParkedEvent):
        return waiting.outcome(carried)
    return {**_order(carried.case), "shipment_id": str(carried.shipment_id)}


def _transaction(told: Told | ParkedEvent) -> Stored:
    if isinstance(told, ParkedEvent):
        return waiting.outcome(told)
    return {**_order(told.case), "transaction_id": str(told.transaction_id)}


def _stock(stock: Stock | ParkedEvent) -> Stored:
    if isinstance(stock, ParkedEvent):
        return waiting.outcome(stock)
    return {"sku": stock.sku, "node_id": stock.node_id}


def _count(imported: Imported) -> Stored:
    return {
        "snapshot_id": str(imported.snapshot_id),
        "rows": imported.result.rows,
        "changed": imported.result.changed,
        "unknown_skus": list(imported.unknown_skus),
    }


def _document(document: Document) -> Stored:
    return {"document_id": str(document.document_id)}


def _its_order(command: CancelRequest | HoldDecision | HoldOrder | SourceAgain) -> UUID:
    return command.order_id


async def _held(unit: Unit, stored: Sequence[Stored]) -> list[Held | Refusal]:
    return await _cases(unit, stored, lambda case, one: Held(case, one["holds"]))


async def _sourced(unit: Unit, stored: Sequence[Stored]) -> list[SourcedAgain | Refusal]:
    return await _cases(unit, stored, lambda case, one: SourcedAgain(case, one["freed"], one["requested"]))


def _hold(held: Held) -> Stored:
    return {**_order(held.case), "holds": held.holds}


def _sourcing(sourced: SourcedAgain) -> Stored:
    return {**_order(sourced.case), "freed": sourced.freed, "requested": sourced.requested}


HOLD_ORDER: Final[Change[HoldOrder, Held]] = Change("HoldOrders", hold_orders, _hold, _held, order_of=_its_order)
RESUME_ORDER: Final[Change[HoldOrder, Held]] = Change("ResumeOrders", resume_orders, _hold, _held, order_of=_its_order)
SOURCE_AGAIN: Final[Change[SourceAgain, SourcedAgain]] = Change(
    "SourceOrdersAgain", source_again, _sourcing, _sourced, order_of=_its_order
)
ADOPT_ORDERS: Final[Change[Adoption, Case]] = Change(
    "AdoptOrders", adopt_orders, _order, _ordered, prepare=plan_adoptions
)
PLACE_ORDER: Final[Change[Draft, Case]] = Change(
    "PlaceOrder", place_orders, _order, _ordered, prepare=plan, surely=Surely(plan_surely, place_surely)
)
CANCEL_LINES: Final[Change[CancelRequest, Canceled]] = Change(
    "CancelLines", cancel_lines, _cancellation, _canceled, order_of=_its_order
)
RESOLVE_HOLD: Final[Change[HoldDecision, Case]] = Change(
    "ResolveHold", resolve_holds, _order, _ordered, order_of=_its_order
)
ACKNOWLEDGE: Final[Change[ProgressReport, Worked | ParkedEvent]] = Change(
    "AcknowledgeFulfillmentOrders", record_progress, _work, _worked
)
RECORD_PICKS: Final[Change[ProgressReport, Worked | ParkedEvent]] = Change(
    "RecordPicks", record_progress, _work, _worked
)
RECORD_PACKS: Final[Change[ProgressReport, Worked | ParkedEvent]] = Change(
    "RecordPacks", record_progress, _work, _worked
)
RECORD_SHIPMENTS: Final[Change[ShipmentReport, Worked | ParkedEvent]] = Change(
    "RecordShipments", record_shipments, _work, _worked
)
RECORD_SHORTS: Final[Change[ShortReport, Worked | ParkedEvent]] = Change("RecordShorts", record_shorts, _work, _worked)
REJECT: Final[Change[Rejection, Worked | ParkedEvent]] = Change(
    "RejectFulfillmentOrders", record_rejections, _work, _worked
)
RECORD_DELIVERIES: Final[Change[CarrierEvent, Carried | ParkedEvent]] = Change(
    "RecordDeliveries", record_carrier_events, _parcel, _carried
)
RECORD_CARRIER_EVENTS: Final[Change[CarrierEvent, Carried | ParkedEvent]] = Change(
    "RecordCarrierEvents", record_carrier_events, _parcel, _carried
)
REPORT_PAYMENTS: Final[Change[PaymentReport, Told | ParkedEvent]] = Change(
    "ReportPaymentEvents", report_payments, _transaction, _told
)
ADJUST_STOCK: Final[Change[StockChange, Stock | ParkedEvent]] = Change("AdjustStock", adjust_stock, _stock, _stocked)
IMPORT_SNAPSHOT: Final[Change[Snapshot | StagedCount, Imported]] = Change(
    "ImportSnapshot", import_snapshot, _count, _counted
)
REPLAY_DOCUMENT: Final[Change[UUID, Document]] = Change("ReplayDocument", replay_documents, _document, _documents)
