"""Full counts: their headers, and their rows as they come in, a chunk of them as one row of columns.

The table of chunks is unlogged: in a crash the rows are lost, and with them how many there were: the count starts anew.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from psycopg.types.numeric import Int8
from sqlalchemy import BigInteger, Column, DateTime, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.arrays import texts
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.inventory.model import Count, CountState, PackedRows
from hub.kernel.instant import Instant

STOCK_SNAPSHOT = Table(
    "stock_snapshot",
    METADATA,
    Column("snapshot_id", Uuid, primary_key=True),
    Column("principal", Text, nullable=False),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("source", Text, nullable=False),
    Column("counted_at", DateTime(timezone=True), nullable=False),
    Column("node_ids", JSONB, nullable=False),
    Column("row_count", BigInteger, nullable=False),
    Column("through_number", BigInteger),
    Column("state", Text, nullable=False),
    Column("received_count", BigInteger, nullable=False),
    Column("changed_count", BigInteger, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
)

ROWS: Final = """
SELECT part.sku, part.node_id, part.counted AS on_hand, part.kept AS safety,
    chunk.first_row + part.place - 1 AS number
FROM snapshot_chunk AS chunk
CROSS JOIN rows_of_chunk(chunk.skus, chunk.node_ids, chunk.on_hand, chunk.safety) AS part
WHERE chunk.snapshot_id = %(snapshot_id)s
"""
"""The counted rows of a count, with their numbers from 0."""

_KEPT: Final = """
SELECT stock_snapshot.*, chunks.kept, chunks.ascending FROM stock_snapshot CROSS JOIN LATERAL (
    SELECT coalesce(sum(row_count), 0)::bigint AS kept, coalesce(bool_and(ascending), true) AS ascending
    FROM snapshot_chunk WHERE snapshot_chunk.snapshot_id = stock_snapshot.snapshot_id
) AS chunks
"""
_ADD: Final = """
INSERT INTO snapshot_chunk
    (snapshot_id, first_row, row_count, ascending, last_sku, last_node, skus, node_ids, on_hand, safety)
SELECT %(id)s, %(first_row)s, %(rows)s, %(ascending)s AND NOT EXISTS (
    SELECT FROM snapshot_chunk AS before
    WHERE before.snapshot_id = %(id)s AND before.first_row + before.row_count = %(first_row)s
        AND (before.last_sku COLLATE "C", before.last_node COLLATE "C") >= (%(first_sku)s, %(first_node)s)
), %(last_sku)s, %(last_node)s, %(skus)s, %(node_ids)s, %(on_hand)s, %(safety)s
"""
_DOUBLED: Final = f"""
SELECT sku, node_id, (array_agg(number ORDER BY number))[:2] AS numbers FROM ({ROWS}) AS counted
GROUP BY sku, node_id HAVING count(*) > 1 LIMIT 1
"""


async def open_(tx: Tx, count: Count) -> Count:
    """Begins a count; one that was begun already is answered as it stands."""
    await sets.insert(tx, STOCK_SNAPSHOT, [_row(count)], on_conflict="DO NOTHING")
    standing = await load(tx, count.snapshot_id)
    return standing or count


async def load(tx: Tx, snapshot_id: UUID, *, lock: bool = False) -> Count | None:
    """A count as it stands; with `lock` nobody else adds to it or ends it until the transaction ends."""
    if lock:
        await tx.fetch(
            "SELECT FROM stock_snapshot WHERE snapshot_id = %(id)s ORDER BY snapshot_id FOR UPDATE", {"id": snapshot_id}
        )
    rows = await tx.fetch(f"{_KEPT} WHERE snapshot_id = %(id)s", {"id": snapshot_id})
    return _count(rows[0]) if rows else None


async def add(tx: Tx, snapshot_id: UUID, first_row: int, rows: PackedRows) -> None:
    """Add counted rows, behind `first_row` others, to a count that is locked."""
    await tx.execute(
        _ADD,
        {
            "id": snapshot_id,
            "first_row": Int8(first_row),
            "rows": Int8(rows.size),
            "ascending": rows.ascending,
            "first_sku": rows.first[0],
            "first_node": rows.first[1],
            "last_sku": rows.last[0],
            "last_node": rows.last[1],
            "skus": rows.skus,
            "node_ids": rows.node_ids,
            "on_hand": rows.on_hand,
            "safety": rows.safety,
        },
    )


async def end(tx: Tx, count: Count) -> None:
    """Writes how a locked count ended, and forgets its rows."""
    await tx.execute("DELETE FROM snapshot_chunk WHERE snapshot_id = %(id)s", {"id": count.snapshot_id})
    await sets.update(
        tx,
        STOCK_SNAPSHOT,
        [
            {
                "snapshot_id": count.snapshot_id,
                "state": count.state.value,
                "received_count": count.received,
                "changed_count": count.changed,
                "ended_at": count.ended_at,
            }
        ],
        key=("snapshot_id",),
    )


async def doubled(tx: Tx, snapshot_id: UUID) -> tuple[int, int, str, str] | None:
    """Return the numbers (from 0) of two rows of one SKU at one node, the SKU and the node; None without doubles."""
    rows = await tx.fetch(_DOUBLED, {"snapshot_id": snapshot_id})
    return (*rows[0]["numbers"], rows[0]["sku"], rows[0]["node_id"]) if rows else None


async def outrun(tx: Tx, count: Count) -> list[UUID]:
    """Counts that still come in though one at least as new is in force at all their nodes."""
    rows = await tx.fetch(
        "SELECT snapshot_id FROM stock_snapshot WHERE state = 'RECEIVING' AND snapshot_id <> %(id)s"
        " AND counted_at <= %(counted_at)s AND node_ids <@ %(nodes)s::jsonb ORDER BY snapshot_id",
        {"id": count.snapshot_id, "counted_at": count.counted_at, "nodes": _json(sorted(count.node_ids))},
    )
    return [row["snapshot_id"] for row in rows]


async def receiving(tx: Tx, node_ids: Sequence[str], since: Instant) -> bool:
    """Whether a count of any of the nodes comes in that was taken at an instant or later."""
    rows = await tx.fetch(
        "SELECT FROM stock_snapshot WHERE state = 'RECEIVING' AND counted_at >= %(since)s"
        " AND node_ids ?| %(nodes)s LIMIT 1",
        {"since": since, "nodes": texts(sorted(node_ids))},
    )
    return bool(rows)


async def page(
    tx: Tx, node_ids: Sequence[str] | None, state: CountState | None, after: tuple[Instant, UUID] | None, size: int
) -> list[Count]:
    """Counts, newest first, at most `size`, from behind `after` (created_at, id).

    Of the nodes that a caller sees (None for all), and in one state where it is given.
    """
    conditions: list[str] = []
    parameters: dict[str, Any] = {"size": size}
    if node_ids is not None:
        conditions.append("stock_snapshot.node_ids <@ %(nodes)s::jsonb")
        parameters["nodes"] = _json(node_ids)
    if state is not None:
        conditions.append("state = %(state)s")
        parameters["state"] = state.value
    if after is not None:
        conditions.append("(created_at, snapshot_id) < (%(after_at)s, %(after_id)s)")
        parameters |= {"after_at": after[0], "after_id": after[1]}
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = await tx.fetch(f"{_KEPT}{where} ORDER BY created_at DESC, snapshot_id DESC LIMIT %(size)s", parameters)
    return [_count(row) for row in rows]


def _json(values: Sequence[str]) -> str:
    return json.dumps(list(values))


def _row(count: Count) -> dict[str, Any]:
    return {
        "snapshot_id": count.snapshot_id,
        "principal": count.principal,
        "fingerprint": count.fingerprint,
        "source": count.source,
        "counted_at": count.counted_at,
        "node_ids": sorted(count.node_ids),
        "row_count": count.row_count,
        "through_number": count.through,
        "state": count.state.value,
        "received_count": count.received,
        "changed_count": count.changed,
        "created_at": count.created_at,
        "ended_at": count.ended_at,
    }


def _count(row: Row) -> Count:
    receiving_ = row["state"] == CountState.RECEIVING.value
    return Count(
        snapshot_id=row["snapshot_id"],
        principal=row["principal"],
        fingerprint=bytes(row["fingerprint"]),
        source=row["source"],
        counted_at=row["counted_at"],
        node_ids=frozenset(row["node_ids"]),
        row_count=row["row_count"],
        created_at=row["created_at"],
        through=row["through_number"],
        state=CountState(row["state"]),
        received=row["kept"] if receiving_ else row["received_count"],
        changed=row["changed_count"],
        ended_at=row["ended_at"],
        ascending=row["ascending"],
    )
