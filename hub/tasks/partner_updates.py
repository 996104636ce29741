"""Takes what partners tell when they are polled: each report to its flow, in the order in which they came.

An update that a flow refuses, or that says something new to us, is kept as an exception; the ones after it go on.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, TypeVar

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.database.tx import Tx
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.flows.fulfillment.record_deliveries import record_carrier_events
from hub.flows.fulfillment.record_progress import record_progress
from hub.flows.fulfillment.record_shipments import record_shipments
from hub.flows.fulfillment.record_shorts import record_rejections, record_shorts
from hub.flows.fulfillment.take_node_answers import take_node_answers
from hub.fulfillment.model import (
    CarrierEvent,
    NodeAnswer,
    NodeReport,
    ProgressReport,
    Rejection,
    ShipmentReport,
    ShortReport,
)
from hub.gate.change import Surroundings
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived, uuid7
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.updates import UnreadUpdate, Update

Report = NodeReport | CarrierEvent
R = TypeVar("R")
Flow = Callable[[FlowContext, Sequence[Any]], Awaitable[Sequence[object]]]


def _taken(
    report: type[R], by: Callable[[FlowContext, Sequence[R]], Awaitable[Sequence[object]]]
) -> tuple[type[object], Flow]:
    """A row of the table of flows, checked: in the table itself a flow may take any report."""
    return report, by


FLOWS: Final[Mapping[type[object], Flow]] = dict(
    [
        _taken(ProgressReport, by=record_progress),
        _taken(ShipmentReport, by=record_shipments),
        _taken(ShortReport, by=record_shorts),
        _taken(Rejection, by=record_rejections),
        _taken(NodeAnswer, by=take_node_answers),
        _taken(CarrierEvent, by=record_carrier_events),
    ]
)
"""Report of an update -> the flow that takes it."""


class Updates(Struct, frozen=True):
    """Hands updates to flows."""

    surroundings: Surroundings

    async def take(
        self, tx: Tx, account_id: str, updates: Sequence[Update[Report] | UnreadUpdate], at: Instant
    ) -> None:
        """Takes what was done at nodes, or where parcels are, in the order told."""
        flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
        unread = [update for update in updates if isinstance(update, UnreadUpdate)]
        records = [_exception(account_id, update, update.failure, at) for update in unread]
        read = [update for update in updates if isinstance(update, Update)]
        for report, group in groupby(read, key=lambda update: type(update.report)):
            several = list(group)
            answers = await FLOWS[report](flow, [update.report for update in several])
            records += [
                _exception(account_id, update, answer.message, at)
                for update, answer in zip(several, answers, strict=True)
                if isinstance(answer, Refusal)
            ]
        await exceptions.open_all(tx, records)
        self.surroundings.record(flow.touched)


def _exception(account_id: str, update: Update[Report] | UnreadUpdate, why: str, at: Instant) -> ExceptionRecord:
    reason = ExceptionReason.UPDATE_REFUSED
    subject = f"{account_id}/{update.update_id}"
    return raised(
        exception_id=derived(uuid7(at, 0), subject),
        reason=reason,
        subject=subject,
        detail=f"{account_id} sent {update.kind}: {why}",
        suggested_command="crossdock exceptions",
        at=at,
    )
