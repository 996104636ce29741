"""What becomes of messages by a person's word: tried at once, given another life, withdrawn, dropped."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope
from hub.messages.payload import Payload
from hub.outbox.errors import MessageNotFound
from hub.outbox.model import MessageRecord, Revival
from hub.outbox.store import messages

MOST_REVIVED = 1000
"""Dead letters that one call makes due again."""


async def try_now(tx: Tx, account_ids: Sequence[str]) -> None:
    """Has all that waits for accounts tried at once, and forgets that their partners failed."""
    await messages.try_now(tx, account_ids)


async def ask_again(tx: Tx, message_ids: Sequence[UUID]) -> list[MessageRecord]:
    """Has partners asked what became of messages that they answered PENDING: SETTLED -> DUE; answers which."""
    return await messages.ask_again(tx, message_ids)


async def retry_dead(tx: Tx, message_ids: Sequence[UUID]) -> list[MessageRecord]:
    """Makes dead letters due again with all their attempts: DEAD -> DUE; answers which."""
    return await messages.revive(tx, message_ids)


async def retry_dead_of(tx: Tx, revival: Revival) -> tuple[list[UUID], int]:
    """Makes dead letters of an account due again, the oldest first, at most MOST_REVIVED: DEAD -> DUE.

    Answers which, and how many of the same are still dead.
    """
    return await messages.revive_many(tx, revival, limit=MOST_REVIVED)


async def refused(tx: Tx, message_ids: Sequence[UUID], kinds: Collection[str]) -> list[MessageRecord]:
    """The messages among these, of some kinds, that their partners refused."""
    return await messages.refused(tx, message_ids, kinds)


async def withdraw(tx: Tx, account_id: str, *, at: Instant) -> list[Payload]:
    """Gives up for good what waits for an account or is dead: -> SETTLED; answers what it says."""
    return await messages.withdraw(tx, account_id, at=at)


async def drop_dead(tx: Tx, scope: Scope, message_id: UUID, *, at: Instant) -> MessageRecord:
    """Gives a dead letter up for good, so that its lane goes on: DEAD -> SETTLED. Raises MessageNotFound when none."""
    record = await messages.drop(tx, message_id, at=at) if scope.unlimited else None
    if record is None:
        raise MessageNotFound(
            "There is no dead letter with this id; list dead letters to find it.", message_id=message_id
        )
    return record
