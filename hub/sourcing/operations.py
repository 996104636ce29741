"""What flows and queries ask of sourcing: keep decisions with their reasons, and give them back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.sourcing import store
from hub.sourcing.model import Decision, Trial


async def record(tx: Tx, decisions: Sequence[Decision]) -> None:
    """Stores decisions as taken; a repeat of one, by its id, changes nothing."""
    await store.insert(tx, decisions)


async def of_order(tx: Tx, order_id: UUID, *, after: tuple[Instant, UUID] | None, size: int) -> list[Decision]:
    """The decisions taken for an order, oldest first, at most `size`, from behind `after` (decided_at, decision_id).

    Whether the caller may see the order is asked of `orders`.
    """
    return await store.of_order(tx, order_id, after=after, size=size)


async def last_of_order(tx: Tx, order_id: UUID) -> Decision | None:
    """The last decision taken for an order; None where none was. Whether the caller may see it is asked of `orders`."""
    return await store.last_of_order(tx, order_id)


async def first_of_orders(tx: Tx, order_ids: Sequence[UUID]) -> list[Decision]:
    """The first decision taken for each order; orders without one are left out."""
    return await store.first_of_orders(tx, order_ids)


async def trial(tx: Tx, channel_id: str, name: str) -> Trial | None:
    """What is known of a tried policy; None before its first orders were compared."""
    return await store.find_trial(tx, channel_id, name)


async def keep_trial(tx: Tx, trial: Trial) -> None:
    """Keep what is known of a tried policy now."""
    await store.save_trial(tx, trial)
