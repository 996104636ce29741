"""Gives exceptions to other owners, and puts them aside until an instant, by a person's word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.exceptions import operations as exceptions
from hub.exceptions.errors import ExceptionEnded, ExceptionNotFound
from hub.exceptions.model import ExceptionRecord
from hub.exceptions.policy import LONGEST_SNOOZE
from hub.kernel.errors import InvalidField, Refusal
from hub.kernel.instant import Instant, iso


class Assignment(Struct, frozen=True):
    """An exception that a role or person shall deal with."""

    exception_id: UUID
    owner: str


class Snooze(Struct, frozen=True):
    """An exception that is put aside until an instant."""

    exception_id: UUID
    until: Instant


C = TypeVar("C", Assignment, Snooze)


async def assign_exceptions(flow: FlowContext, assignments: Sequence[Assignment]) -> list[ExceptionRecord | Refusal]:
    """Return the exceptions with their new owners. Refuses EXCEPTION_NOT_FOUND, EXCEPTION_ENDED."""
    return await _changed(flow, assignments, lambda record, assignment: replace(record, owner=assignment.owner))


async def snooze_exceptions(flow: FlowContext, snoozes: Sequence[Snooze]) -> list[ExceptionRecord | Refusal]:
    """Return the exceptions, put aside. Refuses EXCEPTION_NOT_FOUND, EXCEPTION_ENDED, INVALID_FIELD."""

    def put_aside(record: ExceptionRecord, snooze: Snooze) -> ExceptionRecord | Refusal:
        latest = flow.at + LONGEST_SNOOZE
        if flow.at < snooze.until <= latest:
            return replace(record, snoozed_until=snooze.until)
        return InvalidField(
            f"until_time must be later than now, {iso(flow.at)}, and at most {iso(latest)}.", until_time="out of range"
        )

    return await _changed(flow, snoozes, put_aside)


async def _changed(
    flow: FlowContext, commands: Sequence[C], change: Callable[[ExceptionRecord, C], ExceptionRecord | Refusal]
) -> list[ExceptionRecord | Refusal]:
    records = await exceptions.find(flow.tx, flow.scope, [command.exception_id for command in commands])
    answers: list[ExceptionRecord | Refusal] = []
    for command in commands:
        record = records.get(command.exception_id)
        answer: ExceptionRecord | Refusal
        if record is None:
            answer = ExceptionNotFound("There is no exception with this id.", exception_id=command.exception_id)
        elif record.resolved_at is not None:
            answer = ExceptionEnded("The exception has ended.", exception_id=command.exception_id)
        else:
            answer = change(record, command)
        if isinstance(answer, ExceptionRecord):
            records[command.exception_id] = answer
        answers.append(answer)
    changed = {answer.exception_id: answer for answer in answers if isinstance(answer, ExceptionRecord)}
    await exceptions.triage(flow.tx, list(changed.values()))
    return answers
