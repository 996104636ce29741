"""What happened to an order, told to people: one English sentence per event, from its facts.

The table is all there is to know here: a type that it lacks, or an event without the facts of its sentence, is told by
its name and facts. Facts carry no personal data, so sentences carry none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any, Final

from crossdock.orders.v1 import order_service_pb2 as pb
from hub.outbox.model import EventRecord
from hub.wire.instants import instant_to_pb

SENTENCES: Final[Mapping[str, tuple[str, ...]]] = {
    "OrderPlaced": (
        "Order {channel_reference} was placed in {channel_id}, {total} in all.",
        "The order was placed.",
    ),
    "OrderConfirmed": ("The order was confirmed.",),
    "OrderRejected": ("The order was rejected: {reason}.", "The order was rejected."),
    "OrderCanceled": ("The order was canceled.",),
    "OrderClosed": ("The order was closed: nothing is open any more.",),
    "HoldPlaced": ("Put on {hold_type} hold: {reason}.", "Put on {hold_type} hold."),
    "HoldEnded": ("The {hold_type} hold ended: {status}.",),
    "LinesReserved": ("Stock reserved at {nodes}: {why}", "Stock reserved at {nodes}.", "Stock reserved."),
    "LinesBackordered": ("{units} wait for stock.",),
    "FulfillmentOrderReleased": ("{units} handed to {node_id}.",),
    "FulfillmentOrderAcknowledged": ("{node_id} took the work on.",),
    "UnitsPicked": ("{units} picked at {node_id}.",),
    "UnitsPacked": ("{units} packed at {node_id}.",),
    "UnitsShort": ("{units} cannot ship from {node_id}: {reason}.",),
    "FulfillmentOrderRejected": ("{node_id} refused the work: {reason}.",),
    "FulfillmentOrderCanceled": ("The work at {node_id} was canceled.",),
    "ShipmentLeft": (
        "{units} left {node_id}, tracking number {tracking_number}.",
        "{units} left {node_id}.",
    ),
    "ShipmentDelivered": ("Parcel {tracking_number} was delivered.", "A parcel was delivered."),
    "CarrierReported": ("The carrier reported parcel {tracking_number}: {state}.", "The carrier reported: {state}."),
    "PaymentAuthorized": ("{amount} authorized.",),
    "PaymentDeclined": ("{amount} declined: {code}.", "{amount} declined."),
    "CaptureRequested": ("Capture of {amount} asked for.",),
    "PaymentCaptured": ("{amount} captured.",),
    "CaptureFailed": ("Capture of {amount} failed: {code}.", "Capture of {amount} failed."),
    "PaymentReversed": ("{amount} of the authorization given back.",),
    "ReversalFailed": ("Giving back {amount} failed: {code}.", "Giving back {amount} failed."),
    "LinesCanceled": ("{units} canceled: {reason}.", "{units} canceled."),
    "CancelRequested": ("{node_id} was asked to cancel {units}.",),
    "CancelRefused": ("{node_id} refused to cancel.",),
    "OrderReopened": ("The order was opened again.",),
    "ReturnAuthorized": ("{units} may come back until {return_by}.", "{units} may come back."),
    "ParcelTurnedBack": ("{units} come back undelivered.",),
    "ReturnHandedIn": ("{units} on the way back.",),
    "ReturnReceived": ("{node_id} received: {outcomes}.", "{node_id} received {units}."),
    "ReturnInspected": ("Inspected: {verdicts}.",),
    "ReturnDisposed": ("Disposed of: {dispositions}.",),
    "ReturnClosed": ("The return was closed.",),
    "ReturnExpired": ("What was to come back did not come in time.",),
    "ReturnCanceled": ("The permission to send back was taken back.",),
    "UnitsKept": ("The customer keeps {units}.",),
    "CreditGranted": ("{amount} credited: {reason}.", "{amount} credited."),
    "ExchangePlaced": ("Order {exchange_order_id} was placed in exchange.",),
    "ExchangeSettled": ("Goods worth {amount} came back in exchange.",),
    "RefundRequested": ("Refund of {amount} asked for.",),
    "PaymentRefunded": ("{amount} refunded.",),
    "RefundFailed": ("Refund of {amount} failed: {code}.", "Refund of {amount} failed."),
    "TaxDetermined": ("Tax determined: {determined}; the channel states {stated}.",),
    "FraudScreened": ("Screened for fraud: {advice}, score {score}.",),
    "CustomerNotified": ("The customer was told: {template}.", "The customer was told."),
    "StockReserved": ("{quantity} units reserved.",),
    "ReservationExtended": ("The reservation lives until {expires_at}.",),
    "ReservationReleased": ("{quantity} reserved units given back: {reason}.", "{quantity} reserved units given back."),
    "ReservationExpired": ("{quantity} reserved units freed by time.",),
    "ReservationConsumed": ("An order took {quantity} reserved units.",),
    "StockAdjusted": ("{sku} at {node_id} changed by {delta}: {cause}.",),
}
"""Event type -> sentences with the facts they need; the first whose facts are all there is told. `units` is counted."""

_WORDS: Final = re.compile(r"(?<!^)(?=[A-Z])")
_FORMATTER: Final = Formatter()


def timeline_to_pb(records: Iterable[EventRecord]) -> list[pb.TimelineEntry]:
    """Entries by when it happened; what happened at one instant stays in the order of the versions."""
    ordered = sorted(records, key=lambda record: (record.event.occurred_at, record.event.order_version or 0))
    return [entry_to_pb(record) for record in ordered]


def entry_to_pb(record: EventRecord) -> pb.TimelineEntry:
    """One event as an entry."""
    event = record.event
    return pb.TimelineEntry(
        occur_time=instant_to_pb(event.occurred_at),
        type=event.type,
        summary=sentence(event.type, event.facts),
        order_version=event.order_version or 0,
        facts={name: _text(value) for name, value in event.facts.items()},
    )


def sentence(event_type: str, facts: Mapping[str, Any]) -> str:
    """One sentence for people."""
    told = {name: _text(value) for name, value in facts.items() if value not in (None, "", [], {})}
    if count := told.get("quantity"):
        told["units"] = f"{count} unit" if count == "1" else f"{count} units"
    for template in SENTENCES.get(event_type, ()):
        if all(field in told for _, field, _, _ in _FORMATTER.parse(template) if field):
            return template.format_map(told).replace("..", ".")
    named = ", ".join(f"{name} {_text(value)}" for name, value in sorted(facts.items()))
    words = _WORDS.sub(" ", event_type).capitalize()
    return f"{words}: {named}." if named else f"{words}."


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
