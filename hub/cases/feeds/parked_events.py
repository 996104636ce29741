"""Events that come before what they speak of: parked under the name of that, and woken when it is there.

Whoever parks and whoever makes what is waited for take the same lock on its name, late in their transactions: so either
the one finds the other's rows, or the other way round, and no event is missed between them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.awaited import apply_soon, fulfillment_key, order_key, parcel_key, payment_key
from hub.cases.context import FlowContext
from hub.cases.feeds.records import recorded
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.fulfillment import operations as fulfillment
from hub.fulfillment.model import NOWHERE, CarrierEvent, ProgressReport, ShipmentReport
from hub.inbox.errors import ParkedEventLimitReached
from hub.inbox.model import PATIENCE, ParkedEvent, ParkedState, SourceSequence
from hub.inbox.operations import parked
from hub.inventory.model import StockChange
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived, uuid7
from hub.kernel.instant import EPOCH
from hub.messages.timers import ParkedEventDue
from hub.orders import operations as orders
from hub.outbox import operations as outbox
from hub.outbox.model import Timer
from hub.payments import operations as payments
from hub.payments.model import PaymentReport

KINDS: Final[Mapping[str, type[Any]]] = {
    "ADJUSTMENT": StockChange,
    "PROGRESS": ProgressReport,
    "SHIPMENT": ShipmentReport,
    "CARRIER_EVENT": CarrierEvent,
    "PAYMENT_EVENT": PaymentReport,
}
"""Kind of a parked event -> the report that it is."""
_NAMES: Final = {kind: name for name, kind in KINDS.items()}


class Report(Protocol):
    """What may be numbered, and may wait."""

    @property
    def sequence(self) -> SourceSequence | None:
        """Its place in its source's numbering."""


R = TypeVar("R")


class Unmatched(Struct, frozen=True):
    """What a flow answers to a report about something that is not there yet: `waits_for` names it."""

    waits_for: str


def subject_of(report: Any) -> str:
    """What a report speaks of, as events wait for it; empty for an adjustment."""
    order = getattr(report, "order", None)
    fulfillment_order_id = getattr(report, "fulfillment_order_id", NOWHERE)
    if order is not None and fulfillment_order_id == NOWHERE:
        return order_key(order.channel_id, order.channel_reference)
    if fulfillment_order_id != NOWHERE:
        return fulfillment_key(fulfillment_order_id)
    if isinstance(report, CarrierEvent):
        return parcel_key(report.tracking_number)
    return payment_key(report.transaction_id) if isinstance(report, PaymentReport) else ""


def event_of(flow: FlowContext, report: Report, waits_for: str, state: ParkedState = ParkedState.PARKED) -> ParkedEvent:
    """The report as an event that waits; the same report of the same principal is the same event."""
    kind = _NAMES[type(report)]
    if isinstance(report, StockChange):
        report = replace(report, occurred_at=report.occurred_at or flow.at)
    record = recorded(report)
    what = [report.sequence.source, report.sequence.number] if report.sequence else sorted(record.items())
    identity = derived(uuid7(EPOCH, 0), flow.scope.principal, kind, repr(what))
    return ParkedEvent(
        parked_event_id=identity,
        kind=kind,
        waits_for=waits_for,
        state=state,
        payload=record,
        scope=flow.scope,
        parked_at=flow.at,
        deadline_at=flow.at + PATIENCE,
        sequence=report.sequence,
    )


async def parked_unmatched(
    flow: FlowContext, reports: Sequence[Report], answers: Sequence[R | Unmatched | Refusal]
) -> list[R | ParkedEvent | Refusal]:
    """Answers in which reports without what they wait for are parked; each has a day, then becomes an exception.

    What is there by now, seen once more under the lock on it, has them taken in right after this transaction. Call it
    before the cases are saved.
    """
    made = {
        index: event_of(flow, reports[index], one.waits_for)
        for index, one in enumerate(answers)
        if isinstance(one, Unmatched)
    }
    standing = await _park(flow, list(made.values())) if made else {}
    return [
        standing[made[index].parked_event_id] if isinstance(one, Unmatched) else one
        for index, one in enumerate(answers)
    ]


async def _park(
    flow: FlowContext, events: Sequence[ParkedEvent]
) -> Mapping[UUID, ParkedEvent | ParkedEventLimitReached]:
    """Parks events. One without a number is refused where there is no room; a feed has passed the number of others."""
    loose = [event for event in events if event.sequence is None]
    refused = await parked.without_room(flow.tx, flow.scope.principal, loose)
    made = [event for event in events if event.parked_event_id not in refused]
    if not made:
        return refused
    keys = sorted({one.waits_for for one in made})
    await parked.lock_keys(flow.tx, keys)
    await parked.put(flow.tx, made)
    timers = [Timer(ParkedEventDue(one.parked_event_id, one.deadline_at)) for one in made]
    await outbox.ensure_timers(flow.tx, timers)
    await apply_soon(flow, await _present(flow, keys))
    return refused | await parked.load(flow.tx, [one.parked_event_id for one in made])


async def _present(flow: FlowContext, keys: Sequence[str]) -> list[str]:
    """Those of the things that events wait for which are there by now."""
    ids = {key: UUID(key.rpartition(" ")[2]) for key in keys if key.startswith(("fulfillment order ", "payment "))}
    worked = await fulfillment.orders_of(flow.tx, flow.scope, sorted(set(ids.values())))
    asked = await payments.orders_of(flow.tx, sorted(set(ids.values())))
    numbers = {key: key.removeprefix("parcel ") for key in keys if key.startswith("parcel ")}
    _, parcels = await fulfillment.orders_of_parcels(flow.tx, flow.scope, [], sorted(set(numbers.values())))
    pairs = {
        key: (channel_id, reference)
        for key in keys
        if key.startswith("order ")
        for channel_id, _, reference in [key.removeprefix("order ").partition("/")]
    }
    order_ids = await orders.find_by_reference(flow.tx, flow.scope, sorted(set(pairs.values())))
    released = await fulfillment.load(flow.tx, sorted(set(order_ids.values())))
    return [
        *(key for key, one in ids.items() if one in worked or one in asked),
        *(key for key, one in numbers.items() if one in parcels),
        *(key for key, pair in pairs.items() if pair in order_ids and released.get(order_ids[pair])),
    ]


async def settle(flow: FlowContext, events: Sequence[ParkedEvent]) -> None:
    """Notes what became of parked events: applied, refused with a reason, or still without what they wait for.

    What is applied ends its exceptions and timer; what is refused or has waited too long opens one.
    """
    await parked.save(flow.tx, events)
    done = [event for event in events if event.state is ParkedState.APPLIED]
    reasons = (ExceptionReason.EVENT_UNMATCHED, ExceptionReason.EVENT_REFUSED)
    ended = [(reason, str(one.parked_event_id)) for one in done for reason in reasons]
    await exceptions.resolve(flow.tx, ended, at=flow.at)
    gone = [event for event in events if event.state is not ParkedState.PARKED]
    await outbox.clear_timers(flow.tx, [(ParkedEventDue, one.parked_event_id) for one in gone])
    open_ = [event for event in events if event.state in {ParkedState.UNMATCHED, ParkedState.REFUSED}]
    await exceptions.open_all(flow.tx, [_exception(flow, one) for one in open_])


def refused(event: ParkedEvent, why: str) -> ParkedEvent:
    """The event after it was refused in its turn."""
    return replace(event, state=ParkedState.REFUSED, reason=why)


def _exception(flow: FlowContext, event: ParkedEvent) -> ExceptionRecord:
    subject = str(event.parked_event_id)
    unmatched = event.state is ParkedState.UNMATCHED
    reason = ExceptionReason.EVENT_UNMATCHED if unmatched else ExceptionReason.EVENT_REFUSED
    numbered = f" {event.sequence.number} of {event.sequence.source}" if event.sequence else ""
    why = (
        f"waits for {event.waits_for} since {event.parked_at:%Y-%m-%d %H:%M}, and is applied when that comes."
        if unmatched
        else event.reason
    )
    return raised(
        exception_id=flow.new_id(),
        reason=reason,
        subject=subject,
        detail=f"{event.kind}{numbered} sent by {event.scope.principal}: {why}",
        suggested_command=None if unmatched else f"crossdock feeds --replay {subject}",
        at=flow.at,
    )
