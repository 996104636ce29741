"""Ends exception records by a person's word, once what they name is over: a record that still holds must stay open."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

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

_ABOUT_HOLDS = frozenset({ExceptionReason.ON_HOLD, ExceptionReason.DENIED_PARTY, ExceptionReason.CREDIT_EXCEEDED})
_ABOUT_WAITING = frozenset({ExceptionReason.STOCK_SHORT, ExceptionReason.UNKNOWN_ITEM, ExceptionReason.NO_ROUTE})


class Resolution(Struct, frozen=True):
    """An exception that a person dealt with, and how."""

    exception_id: UUID
    note: str = ""


async def resolve_exceptions(flow: FlowContext, resolutions: Sequence[Resolution]) -> list[ExceptionRecord | Refusal]:
    """End records; one that has ended stays as it is. Refuses EXCEPTION_NOT_FOUND, EXCEPTION_STILL_HOLDS."""
    notes = {resolution.exception_id: resolution.note for resolution in resolutions}
    known = await exceptions.find(flow.tx, flow.scope, list(notes))
    loaded = await load(flow, FLOW, [record.order_id for record in known.values() if record.order_id])
    lasting = {
        exception_id: refusal
        for exception_id, record in known.items()
        if record.order_id and (refusal := _lasting(record, loaded.cases.get(record.order_id)))
    }
    over = [
        record if record.resolved_at else replace(record, note=notes[exception_id])
        for exception_id, record in known.items()
        if exception_id not in lasting
    ]
    ended = {record.exception_id: record for record in await exceptions.end(flow.tx, over, at=flow.at)}
    return [
        ended.get(resolution.exception_id)
        or lasting.get(resolution.exception_id)
        or ExceptionNotFound("There is no exception with this id.", exception_id=resolution.exception_id)
        for resolution in resolutions
    ]


def _lasting(record: ExceptionRecord, case: Case | None) -> ExceptionStillHolds | None:
    if case is None or record.resolved_at is not None or case.order.state in ENDED:
        return None
    waiting = units(case.slices, WAITING)
    if record.reason in _ABOUT_WAITING and waiting:
        return _refusal(record, f"{waiting} units still wait")
    held = any(hold.status is HoldStatus.ACTIVE and str(hold.hold_id) == record.subject for hold in case.holds)
    if record.reason in _ABOUT_HOLDS and held:
        return _refusal(record, "the hold is still active")
    return None


def _refusal(record: ExceptionRecord, why: str) -> ExceptionStillHolds:
    return ExceptionStillHolds(
        f"{why[0].upper()}{why[1:]}; `{record.suggested_command}` would end it, or cancel the units.",
        exception_id=record.exception_id,
        exception_reason=record.reason.value,
    )
