"""What follows when a message is given up: an exception, so that somebody decides."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.cases.deadlines import WEBHOOK_SILENT
from hub.database.tx import Tx
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.messages.timers import WebhookSilent
from hub.messages.webhooks import DeliverEvent
from hub.outbox import operations as outbox
from hub.outbox.model import DeadLetter, Timer


async def on_dead(tx: Tx, letters: Sequence[DeadLetter], at: Instant) -> None:
    """Opens an exception for each message given up; for those to webhooks one per webhook, and looks at it later."""
    await exceptions.open_all(tx, [_record(letter, at) for letter in letters])
    failing = {webhook_id for letter in letters if (webhook_id := _webhook_of(letter)) is not None}
    timers = [Timer(WebhookSilent(webhook_id, at + WEBHOOK_SILENT.span)) for webhook_id in sorted(failing)]
    if timers:
        await outbox.ensure_timers(tx, timers)


def _record(letter: DeadLetter, at: Instant) -> ExceptionRecord:
    message, webhook_id = letter.message, _webhook_of(letter)
    exception_id = derived(message.message_id, "dead", letter.fence)
    if webhook_id is not None:
        return raised(
            exception_id=exception_id,
            reason=ExceptionReason.WEBHOOK_UNDELIVERED,
            subject=str(webhook_id),
            detail=f"Events for webhook {webhook_id} were given up; of the first: {letter.failure}",
            suggested_command=f"crossdock webhook replay {webhook_id}",
            at=at,
        )
    return raised(
        exception_id=exception_id,
        reason=ExceptionReason.DEAD_LETTER,
        subject=str(message.message_id),
        detail=f"{message.kind} was given up: {letter.failure}",
        suggested_command=f"crossdock messages --retry {message.message_id}",
        at=at,
        order_id=message.order_id,
    )


def _webhook_of(letter: DeadLetter) -> UUID | None:
    payload = letter.message.payload
    return payload.webhook_id if isinstance(payload, DeliverEvent) else None
