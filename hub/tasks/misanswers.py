"""Names partners whose answers cannot be theirs, and ends that once they answer rightly."""

from __future__ import annotations

from collections.abc import Sequence

from hub.database.tx import Tx
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason
from hub.exceptions.policy import raised
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.messages.payload import Payload
from hub.outbox import operations as outbox
from hub.outbox.model import Claim, Message


class Misanswers:
    """Keeps an exception per message that a partner answers with what breaks the contract."""

    async def named(self, tx: Tx, claim: Claim, failure: str, at: Instant) -> None:
        """Opens an exception for a message that is asked on; whoever runs the adapter mends it there."""
        message = claim.message
        if message.kind.endswith(".pull"):
            cursor = await outbox.poll_cursor(tx, message.account_id or "")
            failure = f"{failure} It stands at {cursor!r}; `crossdock messages cursor` moves it on."
        identity = derived(message.message_id, "misanswered", claim.fence)
        record = raised(
            exception_id=identity,
            reason=ExceptionReason.PARTNER_MISANSWERED,
            subject=str(message.message_id),
            detail=f"{message.account_id} answers {message.kind} wrongly, and is asked on: {failure}",
            suggested_command=f"crossdock exceptions resolve {identity}",
            at=at,
            order_id=message.order_id,
        )
        await exceptions.open_all(tx, [record])

    async def ended(self, tx: Tx, messages: Sequence[Message[Payload]], at: Instant) -> None:
        """Ends the exceptions of messages that have their answer."""
        reason = ExceptionReason.PARTNER_MISANSWERED
        await exceptions.resolve(tx, [(reason, str(message.message_id)) for message in messages], at=at)
