"""Names notices that did not reach the customer, so that somebody tells the customer otherwise."""

from __future__ import annotations

from hub.database.pool import Database
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason
from hub.exceptions.policy import raised
from hub.kernel.errors import InvalidField
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.messages.notice import NoticeBounce, SendNotice
from hub.outbox import operations as outbox


async def take_bounce(database: Database, account_id: str, bounce: NoticeBounce, at: Instant) -> None:
    """Open an exception about a notice that an account reports, once.

    Raises InvalidField where the account was asked to send no such notice.
    """
    async with database.transaction() as tx:
        asked = [record.message for record in await outbox.calls(tx, [bounce.message_id])]
        sent = [one for one in asked if (one.kind, one.account_id) == (SendNotice.KIND, account_id)]
        if not sent:
            raise InvalidField(
                f"{account_id} was asked to send no notice under {bounce.message_id}; correct its adapter.",
                operation_key="unknown",
            )
        record = raised(
            exception_id=derived(bounce.message_id, "bounced"),
            reason=ExceptionReason.NOTICE_BOUNCED,
            subject=str(bounce.message_id),
            detail=f"{account_id} reports {bounce.code}: a notice did not reach the customer",
            suggested_command=None,
            at=at,
            order_id=sent[0].order_id,
        )
        await exceptions.open_all(tx, [record])
