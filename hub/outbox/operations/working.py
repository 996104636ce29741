"""What workers do with messages: claim and settle them, put them off, and leave accounts alone whose partners fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.outbox.model import Claim, KeptAnswer
from hub.outbox.store import claims as claims_store
from hub.outbox.store import messages


async def claim(
    tx: Tx, *, now: Instant, until: Instant, ceilings: Mapping[str, int], default_ceiling: int, limit: int
) -> list[Claim]:
    """Claims up to `limit` messages: heads of their lanes, due, within their accounts' ceilings; machine times."""
    return await claims_store.claim(
        tx, now=now, until=until, ceilings=ceilings, default_ceiling=default_ceiling, limit=limit
    )


async def settle(tx: Tx, answered: Sequence[tuple[Claim, KeptAnswer | None]], *, at: Instant) -> set[UUID]:
    """Settles claimed messages with their answers; answers which: the others' claims were lost to another worker."""
    return await messages.settle(tx, answered, at=at) if answered else set()


async def put_off(tx: Tx, claims: Sequence[tuple[Claim, Instant, str]]) -> set[UUID]:
    """Gives claimed messages back until an instant of machine time, with the failure; answers which were still held."""
    return await messages.put_off(tx, claims) if claims else set()


async def bury(tx: Tx, claims: Sequence[tuple[Claim, str]]) -> set[tuple[UUID, int]]:
    """Make dead letters of claimed messages, with the reason; return the keys of the claims that still held."""
    return await messages.bury(tx, claims) if claims else set()


async def busy(tx: Tx, *, now: Instant, patience: int, pass_over: bool = True) -> bool:
    """Whether a message is due or in flight; those of an account that a person paused count in flight only.

    One put off `patience` times or more counts only when its time comes; those of an account whose breaker is open do
    not count at all if `pass_over`, else they do until they were put off as often.
    """
    return await claims_store.busy(tx, now=now, patience=patience, pass_over=pass_over)


async def next_attempt_at(tx: Tx, *, now: Instant) -> Instant | None:
    """When (machine time) the next waiting message can be claimed; None when none waits."""
    return await claims_store.next_attempt_at(tx, now=now)


async def hasten(tx: Tx, *, now: Instant) -> int:
    """Has messages that were put off, and accounts whose breaker is open, tried at once; answers how many waited."""
    return await claims_store.hasten(tx, now=now)


async def renew(tx: Tx, claims: Sequence[Claim], *, until: Instant) -> None:
    """Holds claimed messages until a later instant of machine time."""
    if claims:
        await claims_store.renew(tx, claims, until=until)


async def hold(tx: Tx, claims: Sequence[Claim]) -> set[tuple[UUID, int]]:
    """Lock claimed messages to the end of the transaction; return the keys of the claims that still hold.

    Of several claims on one message, as those of a worker that lost its lease and claimed again, at most the last does.
    """
    return await claims_store.hold(tx, claims) if claims else set()


async def open_breaker(tx: Tx, account_id: str, *, until: Instant) -> None:
    """Has nothing of an account claimed until an instant of machine time; from then on one message tries it."""
    await claims_store.open_breaker(tx, account_id, until=until)


async def close_breakers(tx: Tx, account_ids: Sequence[str], *, now: Instant) -> None:
    """Ends the breakers of accounts whose partner answers again; what waited for it is due at once (machine time)."""
    if account_ids:
        await claims_store.close_breakers(tx, account_ids, now=now)
