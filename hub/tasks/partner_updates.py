"""Takes what partners tell when they are polled: each report to its flow, about one subject in the order told.

An update that a flow refuses, that is about work of another account, or that says something new to us, is kept as an
exception; the ones after it go on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, TypeVar
from uuid import UUID

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.database.tx import Tx
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.flows.fulfillment.hold_pickups import record_collections
from hub.flows.fulfillment.record_declarations import record_declaration_events
from hub.flows.fulfillment.record_deliveries import record_carrier_events
from hub.flows.fulfillment.record_progress import record_progress
from hub.flows.fulfillment.record_shipments import record_shipments
from hub.flows.fulfillment.record_shorts import record_rejections, record_shorts
from hub.flows.fulfillment.take_node_answers import take_node_answers
from hub.fulfillment import operations as fulfillment
from hub.fulfillment.model import (
    CarrierEvent,
    CollectionReport,
    NodeAnswer,
    ProgressReport,
    Rejection,
    ShipmentReport,
    ShortReport,
)
from hub.gate.change import Surroundings
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.updates import UnreadUpdate, Update
from hub.outbox import operations as outbox
from hub.tasks.update_runs import Report, runs_of
from hub.trade.model.declarations import DeclarationEvent

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
        _taken(CollectionReport, by=record_collections),
        _taken(ShipmentReport, by=record_shipments),
        _taken(ShortReport, by=record_shorts),
        _taken(Rejection, by=record_rejections),
        _taken(NodeAnswer, by=take_node_answers),
        _taken(CarrierEvent, by=record_carrier_events),
        _taken(DeclarationEvent, by=record_declaration_events),
    ]
)
"""Report of an update -> the flow that takes it."""


class Updates(Struct, frozen=True):
    """Hands updates to flows."""

    surroundings: Surroundings

    async def take(
        self, tx: Tx, account_id: str, updates: Sequence[Update[Report] | UnreadUpdate], at: Instant
    ) -> None:
        """Takes what was done at nodes, or where parcels are."""
        flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
        unread = [update for update in updates if isinstance(update, UnreadUpdate)]
        records = [_exception(flow.new_id(), account_id, update, update.failure, at) for update in unread]
        told = [update for update in updates if isinstance(update, Update)]
        foreign = await _foreign(flow, account_id, told)
        records += [
            _exception(flow.new_id(), account_id, update, "it is about work of another account", at)
            for update in foreign
        ]
        read = [update for update in told if update not in foreign]
        for run in runs_of(read):
            answers = await FLOWS[type(run[0].report)](flow, [update.report for update in run])
            records += [
                _exception(flow.new_id(), account_id, update, answer.message, at)
                for update, answer in zip(run, answers, strict=True)
                if isinstance(answer, Refusal)
            ]
        await exceptions.open_all(tx, records)
        self.surroundings.record(flow.touched)


async def _foreign(flow: FlowContext, account_id: str, updates: Sequence[Update[Report]]) -> list[Update[Report]]:
    """The updates about fulfillment orders and parcels of which other accounts were told, and this one was not."""
    worked = {
        one.report.fulfillment_order_id
        for one in updates
        if not isinstance(one.report, CarrierEvent | DeclarationEvent)
    }
    account_of = await fulfillment.accounts_of(flow.tx, sorted(worked)) if worked else {}
    carried = {one.report.tracking_number for one in updates if isinstance(one.report, CarrierEvent)}
    carriers = await carriers_of(flow.tx, sorted(carried)) if carried else {}

    def owners(report: Report) -> set[str]:
        if isinstance(report, CarrierEvent):
            return carriers.get(report.tracking_number, set())
        if isinstance(report, DeclarationEvent):
            return set()  # its flow asks whose declaration it is
        return {account_of[report.fulfillment_order_id]} if report.fulfillment_order_id in account_of else set()

    return [one for one in updates if (told := owners(one.report)) and account_id not in told]


async def carriers_of(tx: Tx, tracking_numbers: Sequence[str]) -> dict[str, set[str]]:
    """Return the accounts that were asked to follow the parcels of tracking numbers."""
    _, by_number = await fulfillment.orders_of_parcels(tx, HUB, [], tracking_numbers)
    asked = {
        derived(parcel.shipment_id, "register"): number for number, parcels in by_number.items() for parcel in parcels
    }
    found: dict[str, set[str]] = {}
    for message in [record.message for record in await outbox.calls(tx, sorted(asked))] if asked else []:
        found.setdefault(asked[message.message_id], set()).add(message.account_id or "")
    return found


def _exception(
    exception_id: UUID, account_id: str, update: Update[Report] | UnreadUpdate, why: str, at: Instant
) -> ExceptionRecord:
    reason = ExceptionReason.UPDATE_REFUSED
    named = update.update_id or hashlib.sha256(repr(update).encode()).hexdigest()[:16]
    subject = f"{account_id}/{named}"
    return raised(
        exception_id=exception_id,
        reason=reason,
        subject=subject,
        detail=f"{account_id} sent {update.kind}: {why}",
        suggested_command=None,
        at=at,
    )
