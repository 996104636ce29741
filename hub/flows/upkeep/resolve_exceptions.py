"""Ends exception records by a person's word, once what they name is over: a record that still holds must stay open."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.store import load
from hub.exceptions import operations as exceptions
from hub.exceptions.errors import ExceptionNotFound, ExceptionStillHolds
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.holds.model import HoldStatus
from hub.kernel.errors import Refusal
from hub.orders.lifecycle import ENDED
from hub.slices.lifecycle import WAITING
from hub.slices.policy import units

FLOW = "resolve_exceptions"

_ABOUT_WAITING = frozenset({ExceptionReason.STOCK_SHORT, ExceptionReason.UNKNOWN_ITEM, ExceptionReason.NO_ROUTE})


async def resolve_exceptions(flow: FlowContext, exception_ids: Sequence[UUID]) -> list[ExceptionRecord | Refusal]:
    """Ends records; a repeat answers the same. Refuses EXCEPTION_NOT_FOUND, EXCEPTION_STILL_HOLDS."""
    found = await exceptions.find(flow.tx, flow.scope, exception_ids)
    loaded = await load(flow, FLOW, [record.order_id for record in found.values() if record.order_id])
    lasting = {
        known: refusal
        for known, record in found.items()
        if record.order_id and (refusal := _lasting(record, loaded.cases.get(record.order_id)))
    }
    over = [record for known, record in found.items() if known not in lasting]
    ended = {record.exception_id: record for record in await exceptions.end(flow.tx, over, at=flow.at)}
    return [
        ended.get(known)
        or lasting.get(known)
        or ExceptionNotFound("There is no exception with this id.", exception_id=known)
        for known in exception_ids
    ]


def _lasting(record: ExceptionRecord, case: Case | None) -> ExceptionStillHolds | None:
    if case is None or record.resolved_at is not None or case.order.state in ENDED:
        return None
    waiting = units(case.slices, WAITING)
    if record.reason in _ABOUT_WAITING and waiting:
        return _refusal(record, f"{waiting} units still wait")
    held = any(hold.status is HoldStatus.ACTIVE and str(hold.hold_id) == record.subject for hold in case.holds)
    if record.reason is ExceptionReason.ON_HOLD and held:
        return _refusal(record, "the hold is still active")
    return None


def _refusal(record: ExceptionRecord, why: str) -> ExceptionStillHolds:
    return ExceptionStillHolds(
        f"{why[0].upper()}{why[1:]}; `{record.suggested_command}` would end it, or cancel the units.",
        exception_id=record.exception_id,
        exception_reason=record.reason.value,
    )
