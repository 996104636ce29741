"""Decisions of the outbox: what a timer becomes when it fires."""

from __future__ import annotations

from uuid import UUID

from hub.messages import codec
from hub.messages.payload import Payload
from hub.messages.timers import PollDue
from hub.outbox.model import Message, TimerRecord


def fired(timer: TimerRecord, message_id: UUID) -> Message[Payload]:
    """The message a timer that fires becomes."""
    if isinstance(timer.payload, PollDue):
        return Message(
            message_id,
            lane=f"pull:{timer.subject}",
            payload=codec.read(timer.payload.message_kind, {}),
            account_id=timer.subject,
        )
    return Message(
        message_id,
        lane=f"timer:{timer.kind}:{timer.subject}",
        payload=timer.payload,
        order_id=timer.order_id,
        traceparent=timer.traceparent,
    )
