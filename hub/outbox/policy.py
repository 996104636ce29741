"""Decisions of the outbox: what a timer becomes when it fires."""

from __future__ import annotations

from uuid import UUID

from hub.kernel.instant import iso
from hub.outbox.model import POLL, Message, Timer


def fired(timer: Timer, message_id: UUID) -> Message:
    """The message a timer that fires becomes."""
    if timer.kind == POLL:
        return Message(
            message_id,
            lane=f"pull:{timer.subject}",
            kind=timer.payload["message_kind"],
            payload={},
            account_id=timer.subject,
        )
    return Message(
        message_id,
        lane=f"timer:{timer.kind}:{timer.subject}",
        kind=f"timer.{timer.kind}",
        payload={**timer.payload, "subject": timer.subject, "due_at": iso(timer.due_at)},
        order_id=timer.order_id,
        traceparent=timer.traceparent,
    )
