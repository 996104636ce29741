"""What flows do with an applied count that was wrong: look whether it can be undone, and undo it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from msgspec.structs import replace

from hub.database.tx import Tx
from hub.inventory.errors import SnapshotNotApplied, SnapshotNotFound, SnapshotNumbered, SnapshotOutdated
from hub.inventory.model import Count, CountState, TakenBack, UndoneCount
from hub.inventory.store import changes as feed
from hub.inventory.store import counts, snapshots, undone
from hub.kernel.ids import derived
from hub.kernel.instant import Instant, iso
from hub.kernel.scope import Scope

MOST_ROWS: Final = 100
"""Changed rows that are named, the most units first."""


def undo_id(snapshot_id: UUID) -> UUID:
    """The cause of the ledger's rows that undo a count; a count is undone once."""
    return derived(snapshot_id, "undone")


async def load(tx: Tx, scope: Scope, snapshot_id: UUID) -> Count:
    """Return a count that can be undone, its nodes locked against counts and movements of goods.

    Raises SnapshotNotFound, SnapshotNotApplied, SnapshotNumbered, SnapshotOutdated.
    """
    count = await counts.load(tx, snapshot_id, lock=True)
    if count is None or not all(scope.sees(node_id=node_id) for node_id in count.node_ids):
        raise SnapshotNotFound(f"There is no count {snapshot_id}; list counts to find it.", snapshot_id=snapshot_id)
    state = count.state.value
    if count.state is not CountState.APPLIED:
        raise SnapshotNotApplied(
            f"This count is {state}; only an applied count can be undone.", snapshot_id=snapshot_id, state=state
        )
    if count.through is not None:
        raise SnapshotNumbered(
            f"This count moved the feed of {count.source} on to number {count.through}; take a new count instead.",
            snapshot_id=snapshot_id,
            through_number=count.through,
        )
    await undone.begin(tx, sorted(count.node_ids))
    later = await undone.later(tx, count)
    if later is not None:
        raise SnapshotOutdated(
            f"Count {later['cause_id']} of {later['node_id']}, taken at {iso(later['counted_at'])}, was applied after"
            " this one; undo that one first.",
            snapshot_id=snapshot_id,
            later_snapshot_id=later["cause_id"],
            node_id=later["node_id"],
        )
    return count


async def undo(tx: Tx, count: Count, *, at: Instant) -> UndoneCount:
    """Undoes a count that `load` returned. What orders claim stays on hand, as where a count finds fewer."""
    was_short = await undone.forget(tx, count)
    await undone.compare(tx, count)
    cause_id = undo_id(count.snapshot_id)
    changed, short = await snapshots.apply(tx, cause_id=cause_id, at=at)
    fewer = [{**row, "counted": max(row["counted"], 0)} for row in short]
    await snapshots.note_discrepancies(tx, count, [row for row in fewer if row["counted"] < row["claimed"]])
    if changed:
        await feed.note(tx, recounted=sorted(count.node_ids))
    ended = replace(count, state=CountState.UNDONE, ended_at=at)
    await counts.end(tx, ended)
    return UndoneCount(
        count=ended,
        changed=changed,
        rows=tuple(TakenBack(**row) for row in await undone.largest(tx, cause_id, MOST_ROWS)),
        was_short=tuple(was_short),
        discrepancies=tuple((row["sku"], row["node_id"], row["counted"], row["claimed"]) for row in short),
    )
