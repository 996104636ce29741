"""Names reports that a partner refused to take, so that somebody has them taken."""

from __future__ import annotations

from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.flows.upkeep.retry_messages import TOLD
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.messages.payload import Payload
from hub.outbox.model import Answer, Message


def refused_exception(message: Message[Payload], answer: Answer[object], at: Instant) -> ExceptionRecord:
    """The exception about a message that was answered REFUSED; its command tells the partner again, where that may be.

    Levels of stock are not told again: newer ones were published meanwhile, and the next publication tells them.
    """
    reason = ExceptionReason.PARTNER_REFUSED
    return raised(
        exception_id=derived(message.message_id, "refused"),
        reason=reason,
        subject=str(message.message_id),
        detail=f"{message.account_id} refused {message.kind}: {answer.code} {answer.message}".strip(),
        suggested_command=f"crossdock messages --retry {message.message_id}" if message.kind in TOLD else "",
        at=at,
        order_id=message.order_id,
    )
