"""The rpcs that change fulfillment and documents, each with its flow, and how a repeat is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from hub.api.repeats import order_outcome, standing_cases
from hub.cases.context import FlowContext
from hub.cases.fulfillment.reports import FulfillmentResult, ShipmentResult
from hub.flows.fulfillment.buy_labels import buy_labels, void_labels
from hub.flows.fulfillment.end_parcels import write_off_parcels
from hub.flows.fulfillment.hold_pickups import record_collections, renew_pickups
from hub.flows.fulfillment.record_deliveries import record_carrier_events
from hub.flows.fulfillment.record_progress import record_progress
from hub.flows.fulfillment.record_shipments import record_shipments
from hub.flows.fulfillment.record_shorts import record_rejections, record_shorts
from hub.flows.upkeep.receive_documents import replay_documents
from hub.fulfillment.model import (
    CarrierEvent,
    CollectionReport,
    LabeledParcel,
    PackedParcel,
    ProgressReport,
    Rejection,
    ShipmentReport,
    ShortReport,
    WriteOff,
)
from hub.gate import waiting
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.inbox import operations as inbox
from hub.inbox.errors import DocumentNotFound
from hub.inbox.model import Document, ParkedEvent
from hub.kernel.errors import Refusal


async def _worked(flow: FlowContext, stored: Sequence[Stored]) -> list[FulfillmentResult | ParkedEvent | Refusal]:
    return await waiting.rebuilt(
        flow,
        stored,
        lambda inside, rest: standing_cases(
            inside, rest, lambda case, one: FulfillmentResult(case, UUID(one["fulfillment_order_id"]))
        ),
    )


async def _carried(flow: FlowContext, stored: Sequence[Stored]) -> list[ShipmentResult | ParkedEvent | Refusal]:
    return await waiting.rebuilt(
        flow,
        stored,
        lambda inside, rest: standing_cases(
            inside, rest, lambda case, one: ShipmentResult(case, UUID(one["shipment_id"]))
        ),
    )


async def _documents(flow: FlowContext, stored: Sequence[Stored]) -> list[Document | Refusal]:
    found = await inbox.load(flow.tx, [UUID(one["document_id"]) for one in stored])
    return [
        found.get(UUID(one["document_id"]))
        or DocumentNotFound(f"There is no document {one['document_id']}.", document_id=one["document_id"])
        for one in stored
    ]


def _work(worked: FulfillmentResult | ParkedEvent) -> Stored:
    if isinstance(worked, ParkedEvent):
        return waiting.outcome(worked)
    return {**order_outcome(worked.case), "fulfillment_order_id": str(worked.fulfillment_order_id)}


def _parcel(carried: ShipmentResult | ParkedEvent) -> Stored:
    if isinstance(carried, ParkedEvent):
        return waiting.outcome(carried)
    return {**order_outcome(carried.case), "shipment_id": str(carried.shipment_id)}


def _document(document: Document) -> Stored:
    return {"document_id": str(document.document_id)}


ACKNOWLEDGE: Final[Change[ProgressReport, FulfillmentResult | ParkedEvent]] = Change(
    "AcknowledgeFulfillmentOrders", record_progress, _work, _worked
)
RECORD_PICKS: Final[Change[ProgressReport, FulfillmentResult | ParkedEvent]] = Change(
    "RecordPicks", record_progress, _work, _worked
)
RECORD_PACKS: Final[Change[ProgressReport, FulfillmentResult | ParkedEvent]] = Change(
    "RecordPacks", record_progress, _work, _worked
)
RECORD_READY: Final[Change[ProgressReport, FulfillmentResult | ParkedEvent]] = Change(
    "RecordReady", record_progress, _work, _worked
)
RECORD_COLLECTIONS: Final[Change[CollectionReport, FulfillmentResult | ParkedEvent]] = Change(
    "RecordCollections", record_collections, _work, _worked
)
RENEW_PICKUPS: Final[Change[UUID, FulfillmentResult | ParkedEvent]] = Change(
    "RenewPickups", renew_pickups, _work, _worked
)
RECORD_SHIPMENTS: Final[Change[ShipmentReport, FulfillmentResult | ParkedEvent]] = Change(
    "RecordShipments", record_shipments, _work, _worked
)
RECORD_SHORTS: Final[Change[ShortReport, FulfillmentResult | ParkedEvent]] = Change(
    "RecordShorts", record_shorts, _work, _worked
)
REJECT: Final[Change[Rejection, FulfillmentResult | ParkedEvent]] = Change(
    "RejectFulfillmentOrders", record_rejections, _work, _worked
)
RECORD_DELIVERIES: Final[Change[CarrierEvent, ShipmentResult | ParkedEvent]] = Change(
    "RecordDeliveries", record_carrier_events, _parcel, _carried
)
RECORD_CARRIER_EVENTS: Final[Change[CarrierEvent, ShipmentResult | ParkedEvent]] = Change(
    "RecordCarrierEvents", record_carrier_events, _parcel, _carried
)
WRITE_OFF: Final[Change[WriteOff, ShipmentResult | ParkedEvent]] = Change(
    "WriteOffShipments", write_off_parcels, _parcel, _carried
)
BUY_LABELS: Final[Change[PackedParcel, FulfillmentResult | ParkedEvent]] = Change(
    "BuyLabels", buy_labels, _work, _worked
)
VOID_LABELS: Final[Change[LabeledParcel, FulfillmentResult | ParkedEvent]] = Change(
    "VoidLabels", void_labels, _work, _worked
)
REPLAY_DOCUMENT: Final[Change[UUID, Document]] = Change("ReplayDocument", replay_documents, _document, _documents)
