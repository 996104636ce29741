"""Takes in parked events when what they wait for is there, in the order of their numbers, for whoever told them.

What is still without its order stays parked; what is refused becomes an exception; the ones after it go on.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.feeds import parked_events
from hub.cases.feeds.feeds import watch
from hub.cases.feeds.parked_events import KINDS
from hub.cases.feeds.records import restored
from hub.database.tx import Tx
from hub.flows.fulfillment.record_deliveries import record_carrier_events
from hub.flows.fulfillment.record_progress import record_progress
from hub.flows.fulfillment.record_shipments import record_shipments
from hub.flows.money.report_payments import report_payments
from hub.flows.stock.adjust_stock import adjust_stock
from hub.fulfillment.errors import FulfillmentOrderNotFound, ShipmentNotFound
from hub.gate.change import Surroundings
from hub.inbox.model import ParkedEvent, ParkedState
from hub.inbox.operations import feeds, parked
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.tasks import ApplyParked
from hub.messages.timers import ParkedEventDue
from hub.payments.errors import PaymentNotFound
from hub.work.handlers import Messages, Refused

Flow = Callable[[FlowContext, Sequence[Any]], Awaitable[Sequence[Any]]]

_FLOWS: Final[Mapping[str, Flow]] = {
    "ADJUSTMENT": adjust_stock,
    "PROGRESS": record_progress,
    "SHIPMENT": record_shipments,
    "CARRIER_EVENT": record_carrier_events,
    "PAYMENT_EVENT": report_payments,
}
_NOT_THERE: Final = (FulfillmentOrderNotFound, ShipmentNotFound, PaymentNotFound)
MOST: Final = 500
"""Events taken in by one message; the rest by the next one."""


class ParkedEvents(Struct, frozen=True):
    """Works the messages that events wait for."""

    surroundings: Surroundings

    async def apply(self, tx: Tx, messages: Messages[ApplyParked], _: Sequence[Any], at: Instant) -> Refused:
        """`parked.apply`: what is named is there now, or a person asks for one event."""
        flow = await self._flow_context(tx, HUB)
        for message in messages:
            asked = message.payload
            if asked.parked_event_id is None:
                await self._waiting(flow, asked.waits_for)
            else:
                event = await parked.load(tx, [asked.parked_event_id], lock=True)
                await self._take(flow, list(event.values()))
        return None

    async def late(self, tx: Tx, messages: Messages[ParkedEventDue], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.parked_event`: tried once more; what is still parked then becomes an exception."""
        flow = await self._flow_context(tx, HUB)
        ids = [message.payload.parked_event_id for message in messages]
        await self._take(flow, list((await parked.load(tx, ids, lock=True)).values()))
        standing = (await parked.load(tx, ids, lock=True)).values()
        late = [replace(one, state=ParkedState.UNMATCHED) for one in standing if one.state is ParkedState.PARKED]
        await parked_events.settle(flow, late)
        return None

    async def _waiting(self, flow: FlowContext, key: str) -> None:
        source = key.removeprefix("feed ") if key.startswith("feed ") else ""
        if not source:
            await self._take(flow, (await parked.waiting(flow.tx, [key]))[:MOST])
            return
        watermark = (await feeds.lock(flow.tx, [source]))[source]
        due: list[ParkedEvent] = []
        for one in (await parked.waiting(flow.tx, [key]))[:MOST]:
            number = one.sequence.number if one.sequence else 0
            if number > watermark + 1:
                break
            due.append(one)
            watermark = max(watermark, number)
        passed = (await feeds.lock(flow.tx, [source]))[source]
        await feeds.pass_to(flow.tx, source, watermark)
        counted = [one for one in due if _in_count(one, passed)]
        await parked_events.settle(flow, [replace(one, state=ParkedState.APPLIED) for one in counted])
        await self._take(flow, [one for one in due if one not in counted])
        await watch(flow, [source])

    async def _take(self, flow: FlowContext, events: Sequence[ParkedEvent]) -> None:
        """Runs the flows, in order; several at once where neighbors are of one kind and one teller."""
        waiting = [event for event in events if event.state is not ParkedState.APPLIED]
        while waiting:
            first = waiting[0]
            alike = [one for one in waiting if one.kind == first.kind and one.scope == first.scope]
            run = waiting[: next((i for i, one in enumerate(waiting) if one not in alike), len(waiting))]
            waiting = waiting[len(run) :]
            await _run(flow, run)
        self.surroundings.record(flow.touched)

    async def _flow_context(self, tx: Tx, scope: Any) -> FlowContext:
        return await self.surroundings.flow_context(tx, scope, causes={}, last=False)


async def _run(flow: FlowContext, events: Sequence[ParkedEvent]) -> None:
    """Runs a flow for events of one kind, as who told them."""
    flow = replace(flow, scope=events[0].scope)
    run = _FLOWS[events[0].kind]
    answers = await run(flow, [_report(event) for event in events])
    await parked_events.settle(flow, [_settled(one, answer) for one, answer in zip(events, answers, strict=True)])


def _report(event: ParkedEvent) -> Any:
    """The report as it was told; it has had its turn, and does not wait again."""
    report = restored(KINDS[event.kind], event.payload)
    if report.sequence is not None:
        report = replace(report, sequence=replace(report.sequence, taken=True))
    return report if event.kind == "ADJUSTMENT" else replace(report, waits=False)


def _settled(event: ParkedEvent, answer: object) -> ParkedEvent:
    if isinstance(answer, _NOT_THERE):
        waits = _waits_for(event)
        return replace(event, waits_for=waits, state=ParkedState.PARKED if waits != event.waits_for else event.state)
    if isinstance(answer, Refusal):
        return parked_events.refused(event, f"{answer.reason}: {answer.message}")
    return replace(event, state=ParkedState.APPLIED, reason="")


def _waits_for(event: ParkedEvent) -> str:
    """What an event waits for that has had its turn in its feed: what it speaks of."""
    if not event.waits_for.startswith("feed "):
        return event.waits_for
    return parked_events.subject_of(restored(KINDS[event.kind], event.payload)) or event.waits_for


def _in_count(event: ParkedEvent, passed: int) -> bool:
    """Whether an adjustment's number was passed over by a count, which contains it."""
    return event.kind == "ADJUSTMENT" and event.sequence is not None and event.sequence.number <= passed
