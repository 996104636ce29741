"""What flows and queries ask of sourcing: keep decisions with their reasons, and give them back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.network.model import Network
from hub.sourcing import store
from hub.sourcing.model import Decision, Trial, ValueRun
from hub.sourcing.policy.stock_values import StockValue, is_fresh
from hub.sourcing.store import values as value_rows


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


async def value_runs(tx: Tx, channel_ids: Sequence[str]) -> dict[str, ValueRun]:
    """How far the values of channels' stock are, by channel."""
    return await value_rows.runs_of(tx, channel_ids)


async def keep_values(tx: Tx, before: ValueRun, after: ValueRun, version: int, values: Sequence[StockValue]) -> None:
    """Keeps values of a version, and how far it is then; nothing where it is elsewhere than `before` by now.

    Versions before the one that counts go, some rows at a time.
    """
    known = await value_rows.runs_of(tx, [before.channel_id])
    if known[before.channel_id] != before:
        return
    await value_rows.insert(tx, before.channel_id, version, values)
    await value_rows.save_run(tx, after)
    await value_rows.forget(tx, before.channel_id, before.version)


async def stale_values(tx: Tx, network: Network, at: Instant) -> list[str]:
    """The channels, sorted, of whose values of stock a part would count, were they not too old or still to come."""
    counting = sorted(one.channel_id for one in network.channels.values() if one.sourcing_policy.opportunity_permille)
    if not counting:
        return []
    runs = await value_rows.runs_of(tx, counting)
    ages = {name: run.computed_at for name, run in runs.items()}
    return [name for name, computed_at in ages.items() if computed_at is None or not is_fresh(computed_at, at)]
