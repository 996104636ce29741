"""What flows do with full counts: begin one, add its rows in chunks, compare it with stock, apply it, give it up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from hub.database.arrays import bigints, texts
from hub.database.tx import Tx
from hub.inventory.errors import CountedTwice, SnapshotIncomplete, SnapshotOutdated
from hub.inventory.model import Count, CountState, PackedRows, Snapshot, SnapshotResult
from hub.inventory.policy.counts import ascending
from hub.inventory.store import changes as feed
from hub.inventory.store import counts, snapshots
from hub.inventory.store.counts import open_, outrun, page
from hub.inventory.store.snapshots import NEW_ROWS
from hub.kernel.errors import RequestIdReused
from hub.kernel.instant import Instant, iso

__all__ = [
    "NEW_ROWS",
    "PATIENCE",
    "add_rows",
    "apply_count",
    "begin",
    "compare",
    "count_of",
    "end",
    "load",
    "open_count",
    "outrun",
    "packed",
    "page",
    "refuse_doubles",
    "stage",
]

PATIENCE: Final = timedelta(hours=24)
"""How long rows of a count that does not come to its end are kept."""

load = counts.load
compare = snapshots.compare


def count_of(snapshot: Snapshot, snapshot_id: UUID, principal: str, at: Instant) -> Count:
    """The count that a snapshot with all its rows is."""
    return Count(
        snapshot_id=snapshot_id,
        principal=principal,
        fingerprint=snapshot_id.bytes,
        source=snapshot.source,
        counted_at=snapshot.counted_at,
        node_ids=snapshot.node_ids,
        row_count=len(snapshot.rows),
        created_at=at,
        through=snapshot.through,
    )


def packed(rows: Sequence[tuple[str, str, int, int]]) -> PackedRows:
    """Counted rows, at least one, as `add_rows` takes them."""
    skus, node_ids, on_hand, safety = zip(*rows, strict=True)
    return PackedRows(
        texts(skus),
        texts(node_ids),
        bigints(on_hand),
        bigints(safety),
        size=len(rows),
        first=rows[0][:2],
        last=rows[-1][:2],
        ascending=ascending(rows),
    )


async def open_count(tx: Tx, count: Count) -> Count:
    """Begins a count, or answers it as it stands where it was begun. Raises RequestIdReused for another header.

    Raises SnapshotOutdated where it was superseded or given up.
    """
    standing = await open_(tx, count)
    if standing.fingerprint != count.fingerprint:
        raise RequestIdReused(
            "This request_id was used before with a different header; use a new one for another count."
        )
    if standing.state in {CountState.SUPERSEDED, CountState.ABANDONED}:
        raise SnapshotOutdated(
            f"This count was {standing.state.value.lower()}; count again and use a new request_id.",
            snapshot_id=standing.snapshot_id,
            state=standing.state.value,
        )
    return standing


async def add_rows(tx: Tx, snapshot_id: UUID, first_row: int, rows: PackedRows) -> Count:
    """Adds rows to a count that comes in, behind `first_row` rows; answers it as it stands.

    Raises SnapshotIncomplete, having added nothing, where rows would be missing, double, or more than announced, and
    SnapshotOutdated where the count has ended.
    """
    count = await counts.load(tx, snapshot_id, lock=True)
    if count is None or count.state is not CountState.RECEIVING:
        state = count.state.value if count else "unknown"
        raise SnapshotOutdated(f"This count takes no more rows: it is {state}.", snapshot_id=snapshot_id, state=state)
    if first_row != count.received or count.received + rows.size > count.row_count:
        raise SnapshotIncomplete(
            f"{count.received} of {count.row_count} rows are kept, and {rows.size} came that begin behind {first_row};"
            " nothing was applied. Send the header again and go on behind the rows that are kept.",
            snapshot_id=snapshot_id,
            rows=count.received,
            announced=count.row_count,
            first_row=first_row,
        )
    await counts.add(tx, snapshot_id, first_row, rows)
    return replace(count, received=count.received + rows.size)


async def stage(tx: Tx, count: Count, snapshot: Snapshot) -> None:
    """Keep all rows of a snapshot at once, in a count of this transaction."""
    await counts.open_(tx, count)
    if snapshot.rows:
        await counts.add(tx, count.snapshot_id, 0, packed(snapshot.rows))


async def refuse_doubles(tx: Tx, count: Count) -> None:
    """Raise CountedTwice, naming both rows, where two rows of a count are of one SKU at one node."""
    doubled = None if count.ascending else await counts.doubled(tx, count.snapshot_id)
    if doubled is not None:
        first, second, sku, node_id = doubled
        raise CountedTwice(
            f"Rows {first} and {second} (from 0) both count {sku} at {node_id}. Nothing was applied; count again with"
            " one row per SKU and node.",
            sku=sku,
            node_id=node_id,
            first_row=first,
            second_row=second,
        )


async def begin(tx: Tx, count: Count) -> None:
    """Makes the nodes of a count ready for it: other counts of them wait until the commit.

    Raises SnapshotOutdated, having changed nothing, when a newer count is in force of one of them.
    """
    await snapshots.begin(tx, sorted(count.node_ids))
    standing = await snapshots.in_force(tx, sorted(count.node_ids))
    newer = [(node_id, at) for node_id, at in standing.items() if at > count.counted_at]
    if newer:
        node_id, at = newer[0]
        raise SnapshotOutdated(
            f"A count of {node_id} taken at {iso(at)} is in force; this one is older.",
            source=count.source,
            node_id=node_id,
            counted_at=iso(count.counted_at),
            in_force=iso(at),
        )


async def apply_count(tx: Tx, count: Count, *, at: Instant) -> SnapshotResult:
    """Applies a count after `compare`: what is not in its rows has nothing there; later moves stay counted."""
    changed, short = await snapshots.apply(tx, cause_id=count.snapshot_id, at=at)
    await snapshots.note_discrepancies(tx, count, short)
    await snapshots.mark(tx, count)
    if changed:
        await feed.note(tx, recounted=sorted(count.node_ids))
    await counts.end(
        tx, replace(count, state=CountState.APPLIED, received=count.row_count, changed=changed, ended_at=at)
    )
    return SnapshotResult(
        rows=count.row_count,
        changed=changed,
        discrepancies=tuple((row["sku"], row["node_id"], row["counted"], row["claimed"]) for row in short),
    )


async def end(tx: Tx, snapshot_ids: Iterable[UUID], state: CountState, *, at: Instant) -> list[Count]:
    """Gives up counts that still come in: their rows are dropped, nothing is applied. Answers those that it ended."""
    ended = []
    for snapshot_id in sorted(set(snapshot_ids)):
        count = await counts.load(tx, snapshot_id, lock=True)
        if count is not None and count.state is CountState.RECEIVING:
            ended.append(replace(count, state=state, ended_at=at))
            await counts.end(tx, ended[-1])
    return ended
