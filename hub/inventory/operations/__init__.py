"""What flows do with stock: change it, read what is free, list it, apply counts. `policy` decides what is admitted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from uuid import UUID

from hub.database.tx import Tx
from hub.inventory.model import (
    Condition,
    ConditionedChange,
    Snapshot,
    SnapshotResult,
    StockChange,
    StockShortage,
)
from hub.inventory.model.reservation import Consumption
from hub.inventory.operations import counting, reservation_reclaim
from hub.inventory.operations.writing import claim, write_stock
from hub.inventory.policy import admitted_conditioned
from hub.inventory.policy.conditions import condition_key
from hub.inventory.policy.counts import moved_before, within_count
from hub.inventory.store import conditions, counts, snapshots, stock
from hub.inventory.store.changes import CHANNEL, after, cut, forget, note, spare
from hub.inventory.store.conditions import page as page_conditioned
from hub.inventory.store.posted import close_book, open_book, unposted
from hub.inventory.store.publications import open_publications, save_publications, skus_to_tell
from hub.inventory.store.published import changed_levels, room_for_levels, told_levels
from hub.inventory.store.stock import available, on_hand_at, page, read, read_of, stocked_skus, units_sold
from hub.inventory.store.supplies import supply_to_come
from hub.inventory.store.variances import largest as largest_variances
from hub.inventory.store.variances import note as note_count
from hub.inventory.store.variances import page as variances
from hub.kernel.instant import Instant

__all__ = [
    "CHANNEL",
    "after",
    "apply_snapshot",
    "available",
    "change",
    "change_conditioned",
    "changed_levels",
    "claim",
    "close_book",
    "cut",
    "forget",
    "largest_variances",
    "note",
    "note_count",
    "on_hand_at",
    "open_book",
    "open_publications",
    "page",
    "page_conditioned",
    "read",
    "read_of",
    "room_for_levels",
    "save_publications",
    "skus_to_tell",
    "spare",
    "stocked_skus",
    "supply_to_come",
    "told_levels",
    "units_sold",
    "unposted",
    "variances",
]


async def change(
    tx: Tx,
    elements: Sequence[Sequence[StockChange]],
    *,
    at: Instant,
    consuming: Sequence[Sequence[Consumption]] = (),
) -> list[StockShortage | None]:
    """Changes stock, each element whole or not at all, in order; answers None or what an element lacked.

    Rows are made only where something arrives. All rows are locked before the first is decided on. `consuming` are
    the reservations that each element takes; what reservations hold beyond their time is free
    (see `reservation_reclaim`).
    """
    elements = await _in_counts(tx, elements)
    changes = list(chain.from_iterable(elements))
    if not changes and not any(consuming):
        return [None] * len(elements)
    await stock.ensure(tx, {(one.sku, one.node_id) for one in changes if one.on_hand > 0})
    rows = await stock.lock(tx, {(one.sku, one.node_id) for one in changes})
    done = await reservation_reclaim.admit(tx, rows, elements, at=at, consuming=consuming)
    await reservation_reclaim.write(tx, rows, done, at=at)
    return list(done.admission.outcomes)


async def change_conditioned(
    tx: Tx, elements: Sequence[Sequence[ConditionedChange]], *, at: Instant
) -> list[StockShortage | None]:
    """Changes units by condition, each element whole or not at all, in order; answers None or what an element lacked.

    Changes of SELLABLE units are changes of the stock that orders claim, with rows in its ledger; all others have
    rows in the ledger of conditions. Units that change their condition are one element of two changes that sum to 0.
    """
    changes = list(chain.from_iterable(elements))
    sellable = [one for one in changes if one.condition is Condition.SELLABLE]
    await stock.ensure(tx, {(one.sku, one.node_id) for one in sellable if one.delta > 0})
    rows = await stock.lock(tx, {(one.sku, one.node_id) for one in sellable})
    others = {condition_key(one) for one in changes if one.condition is not Condition.SELLABLE}
    admission = admitted_conditioned(rows, await conditions.lock(tx, others), elements)
    await write_stock(tx, rows, admission.stock, at=at)
    await conditions.save(tx, admission.after)
    await conditions.record_moves(tx, admission.moves, at=at)
    return list(admission.stock.outcomes)


async def apply_snapshot(tx: Tx, snapshot: Snapshot, *, snapshot_id: UUID, at: Instant) -> SnapshotResult:
    """Applies a full count of some nodes at once: what is not in its rows has nothing there; later moves stay counted.

    Counts that come in chunk by chunk are in `counting`.

    Raises SnapshotOutdated, having changed nothing, when a newer count is in force, and CountedTwice.
    """
    count = counting.count_of(snapshot, snapshot_id, "", at)
    await counting.begin(tx, count)
    await counting.stage(tx, count, snapshot)
    await counting.refuse_doubles(tx, count)
    await counting.compare(tx, count)
    return await counting.apply_count(tx, count, at=at)


async def _in_counts(tx: Tx, elements: Sequence[Sequence[StockChange]]) -> list[list[StockChange]]:
    """The elements, in which goods that moved before the count in force of their node change nothing on hand.

    They are in that count already; but what stands on hand only because orders claim it leaves with them.
    """
    dated = [one for one in chain.from_iterable(elements) if one.occurred_at is not None and one.on_hand]
    if not dated:
        return [list(element) for element in elements]
    nodes = sorted({one.node_id for one in dated})
    await snapshots.announce(tx, nodes)
    if await counts.receiving(tx, nodes, min(one.occurred_at for one in dated if one.occurred_at)):
        await snapshots.await_counts(tx, nodes)
    in_force = await snapshots.in_force(tx, nodes)
    inside = {one for one in dated if one.node_id in in_force and moved_before(one, in_force[one.node_id])}
    if not inside:
        return [list(element) for element in elements]
    surplus = await snapshots.surplus(tx, sorted({(one.sku, one.node_id) for one in inside}))
    left, counted_in = within_count(elements, inside, surplus)
    await snapshots.use_surplus(tx, {key: units - left[key] for key, units in surplus.items() if units != left[key]})
    return counted_in
