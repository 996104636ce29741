"""Waits for partners that answered PENDING: asks them again, and names those that do not answer in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from hub.cases.context import FlowContext
from hub.cases.deadlines import PARTNER_ANSWER
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.kernel.instant import Instant
from hub.messages.timers import PartnerAnswerDue
from hub.outbox import operations as outbox
from hub.outbox.model import Message, MessageRecord, Timer

FIRST_ASK: Final = timedelta(minutes=5)
LAST_ASK: Final = timedelta(days=1)
"""How long a partner is left in peace at first, and at most."""


async def await_answers(flow: FlowContext, messages: Sequence[Message[Any]]) -> list[None]:
    """Has the partners of messages that were answered PENDING asked again in time."""
    timers = [_timer(message, flow.at, flow.at) for message in messages]
    await outbox.ensure_timers(flow.tx, timers)
    return [None] * len(messages)


async def ask_again(flow: FlowContext, due: Sequence[PartnerAnswerDue]) -> list[None]:
    """Asks partners again that have not answered since, and opens an exception for each that should have."""
    since = {timer.message_id: timer.asked_at for timer in due}
    asked = await outbox.ask_again(flow.tx, list(since))
    await outbox.set_timers(
        flow.tx, [_timer(record.message, since[record.message.message_id], flow.at) for record in asked]
    )
    late = [record for record in asked if flow.at - since[record.message.message_id] >= PARTNER_ANSWER.span]
    await exceptions.open_all(flow.tx, [_overdue(flow, record) for record in late])
    return [None] * len(due)


async def end_waits(flow: FlowContext, messages: Sequence[Message[Any]]) -> list[None]:
    """Ends the waits for messages that were answered PENDING before, and have their answer now."""
    ids = [message.message_id for message in messages]
    await outbox.clear_timers(flow.tx, [(PartnerAnswerDue, known) for known in ids])
    await exceptions.resolve(flow.tx, [(ExceptionReason.ANSWER_OVERDUE, str(known)) for known in ids], at=flow.at)
    return [None] * len(messages)


def next_ask(asked_at: Instant, at: Instant) -> Instant:
    """When a partner that said PENDING at `asked_at` is asked after `at`: in twice the time, and at the deadline."""
    due_at = at + min(max(at - asked_at, FIRST_ASK), LAST_ASK)
    deadline_at = asked_at + PARTNER_ANSWER.span
    return min(due_at, deadline_at) if at < deadline_at else due_at


def _timer(message: Message[Any], asked_at: Instant, at: Instant) -> Timer:
    due = PartnerAnswerDue(message.message_id, next_ask(asked_at, at), asked_at)
    return Timer(due, message.order_id, message.traceparent)


def _overdue(flow: FlowContext, record: MessageRecord) -> ExceptionRecord:
    message = record.message
    return raised(
        exception_id=flow.new_id(),
        reason=ExceptionReason.ANSWER_OVERDUE,
        subject=str(message.message_id),
        detail=f"{message.account_id} was to answer {message.kind} later, and has not.",
        suggested_command=f"crossdock messages --retry {message.message_id}",
        at=flow.at,
        order_id=message.order_id,
    )
