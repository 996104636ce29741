"""Takes results into the database: a batch in one transaction, narrowed down until what fails stands alone.

The messages' claims are checked under lock first, so that a worker whose lease was lost changes nothing; then the
handler applies, and in the same transaction the messages are settled, or given up where the handler refused them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from msgspec import Struct
from psycopg import OperationalError
from psycopg.errors import DeadlockDetected, SerializationFailure

from hub.connect.failures import CallFailure
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.outbox import operations as outbox
from hub.outbox.model import Claim, DeadLetter, KeptAnswer
from hub.work.handlers import OnDead, Refused


class Piece(Struct, frozen=True):
    """A claimed message, what the handler takes for it (the prepared value, the answer), and what is kept of it."""

    claim: Claim
    value: Any
    kept: KeptAnswer | None = None


Apply = Callable[[Tx, Sequence[Piece], Instant], Awaitable[Refused]]


class Applying(Struct, frozen=True):
    """Where results go and who is told of what is given up."""

    database: Database
    on_dead: OnDead

    async def take(self, pieces: Sequence[Piece], apply: Apply, at: Instant) -> list[tuple[Piece, Exception]]:
        """Applies pieces and settles their messages; answers those that failed alone, which are still claimed.

        Raises OperationalError when the connection is lost: the messages stay claimed until their leases end.
        """
        for attempt in (1, 2):
            try:
                await self._once(pieces, apply, at)
            except (SerializationFailure, DeadlockDetected) as error:
                if attempt == 2:
                    return await self._halves(pieces, apply, at, error)
            except OperationalError as error:
                if error.sqlstate is None or error.sqlstate.startswith(("08", "57")):
                    raise
                return await self._halves(pieces, apply, at, error)
            except Exception as error:
                return await self._halves(pieces, apply, at, error)
            else:
                return []
        raise AssertionError("unreachable: the second attempt returns")

    async def _halves(
        self, pieces: Sequence[Piece], apply: Apply, at: Instant, error: Exception
    ) -> list[tuple[Piece, Exception]]:
        if len(pieces) == 1:
            return [(pieces[0], error)]
        middle = len(pieces) // 2
        first = await self.take(pieces[:middle], apply, at)
        return first + await self.take(pieces[middle:], apply, at)

    async def _once(self, pieces: Sequence[Piece], apply: Apply, at: Instant) -> None:
        async with self.database.transaction() as tx:
            held = await outbox.hold(tx, [piece.claim for piece in pieces])
            mine = [piece for piece in pieces if piece.claim.key in held]
            if not mine:
                return
            refusals = await apply(tx, mine, at) or [None] * len(mine)
            done = [piece for piece, refusal in zip(mine, refusals, strict=True) if refusal is None]
            await outbox.settle(tx, [(piece.claim, piece.kept) for piece in done], at=at)
            refused = [(piece.claim, reason_of(no)) for piece, no in zip(mine, refusals, strict=True) if no is not None]
            await self.give_up(tx, refused, at)

    async def give_up(self, tx: Tx, claims: Sequence[tuple[Claim, str]], at: Instant) -> None:
        """Makes dead letters of claimed messages and tells of those that were still held."""
        buried = await outbox.bury(tx, claims)
        letters = [DeadLetter(claim.message, why, claim.fence) for claim, why in claims if claim.key in buried]
        if letters:
            await self.on_dead(tx, letters, at)


def reason_of(error: Exception) -> str:
    """One sentence for people about why a message failed: a refusal's or a partner's own, else only the kind of error.

    Texts of other errors stay out: they may quote rows.
    """
    if isinstance(error, Refusal):
        return f"{error.reason}: {error.message}"
    if isinstance(error, CallFailure):
        return str(error)
    return f"{type(error).__name__} in the hub's own code; see the log."
