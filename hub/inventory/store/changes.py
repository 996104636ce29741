"""The feed of stock changes: what transactions noted of what they changed, read from one snapshot to the next.

A row is numbered by its transaction. What a reader has not seen is what its last snapshot did not show: exact, whatever
commits late or in another order. NOTIFY only wakes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from hub.database.tx import Tx
from hub.inventory.model.feed import Cut, Noted, StockNews

CHANNEL: Final = "stock_change"
"""NOTIFY channel that wakes readers."""
RETENTION_SECONDS: Final = 900
"""Seconds of machine time after which a row may be forgotten that every channel was told of."""
LONGEST_RETENTION_SECONDS: Final = 21_600
"""Seconds of machine time after which any row may be forgotten."""

_NOTE: Final = """
INSERT INTO stock_change (deltas, recounted, judged, renewed)
VALUES (%(deltas)s::json, %(recounted)s::json, %(judged)s::json, %(renewed)s)
"""

_AFTER: Final = """
SELECT pg_current_snapshot()::text AS snapshot, extract(epoch FROM clock_timestamp())::float8 AS read_at,
    floor.number::text::bigint AS floor, stock_change.number::text::bigint AS number,
    deltas, recounted, judged, renewed, extract(epoch FROM noted_at)::float8 AS noted_at
FROM stock_change_floor AS floor
LEFT JOIN stock_change ON stock_change.number >= %(horizon)s::xid8
    AND NOT pg_visible_in_snapshot(stock_change.number, %(snapshot)s::pg_snapshot)
"""

_SNAPSHOT: Final = "SELECT pg_current_snapshot()::text AS snapshot"

_SPARE: Final = """
SELECT sku, json_object_agg(node_id, on_hand - reserved - allocated - safety) AS spare
FROM stock WHERE {where} GROUP BY sku ORDER BY sku LIMIT %(size)s
"""
_ALL: Final = _SPARE.format(where="sku > %(after)s")
_OF_NODES: Final = _SPARE.format(where="sku > %(after)s AND node_id = ANY(%(nodes)s::text[])")

_FORGET: Final = """
WITH gone AS (
    DELETE FROM stock_change WHERE noted_at < clock_timestamp() - make_interval(secs => %(seconds)s)
        AND number < pg_snapshot_xmin(pg_current_snapshot())
        AND (noted_at < clock_timestamp() - make_interval(secs => %(longest)s) OR number::text::bigint < coalesce(
            (SELECT min(split_part(seen, ':', 1)::bigint) FROM publication), 9223372036854775807
        )) RETURNING number
), newest AS (SELECT max(number::text::bigint) AS number FROM gone)
UPDATE stock_change_floor AS floor SET number = (newest.number + 1)::text::xid8
FROM newest WHERE newest.number >= floor.number::text::bigint
"""


async def note(
    tx: Tx,
    *,
    deltas: Sequence[tuple[str, str, int]] = (),
    recounted: Sequence[str] = (),
    judged: Sequence[str] = (),
    renewed: bool = False,
) -> None:
    """Notes what the transaction changed; its number is told with that. Nothing given: nothing noted."""
    if not (deltas or recounted or judged or renewed):
        return
    parameters = {
        "deltas": _json(deltas),
        "recounted": _json(recounted),
        "judged": _json(judged),
        "renewed": renewed,
    }
    await tx.write(_NOTE, parameters)
    tx.notify(CHANNEL)
    tx.tell_number()


async def after(tx: Tx, cut: Cut) -> StockNews:
    """What was committed since a cut, and the cut that this leads to."""
    rows = await tx.fetch(_AFTER, {"horizon": str(cut.horizon), "snapshot": cut.snapshot})
    noted = [
        Noted(
            number=row["number"],
            deltas=row["deltas"] or (),
            recounted=frozenset(row["recounted"] or ()),
            judged=frozenset(row["judged"] or ()),
            renewed=row["renewed"],
            noted_at=row["noted_at"],
        )
        for row in rows
        if row["number"] is not None
    ]
    head = rows[0]
    return StockNews(
        cut=Cut.of(head["snapshot"]), changes=noted, read_at=head["read_at"], complete=head["floor"] <= cut.horizon
    )


async def cut(tx: Tx) -> Cut:
    """Where the transaction's snapshot stands in the feed."""
    return Cut.of((await tx.fetch(_SNAPSHOT))[0]["snapshot"])


async def spare(
    tx: Tx, after_sku: str, size: int, node_ids: Sequence[str] | None = None
) -> list[tuple[str, dict[str, int]]]:
    """What can be promised of the next `size` SKUs, by node, below 0 where claims and safety exceed what is there."""
    parameters: dict[str, Any] = {"after": after_sku, "size": size}
    if node_ids is None:
        rows = await tx.fetch(_ALL, parameters)
    else:
        rows = await tx.fetch(_OF_NODES, parameters | {"nodes": list(node_ids)})
    return [(row["sku"], row["spare"]) for row in rows]


async def forget(tx: Tx, *, older_than_seconds: float = RETENTION_SECONDS) -> None:
    """Forgets rows that every reader has seen by now, and every channel was told of; who has not loads anew."""
    await tx.execute(_FORGET, {"seconds": older_than_seconds, "longest": LONGEST_RETENTION_SECONDS})


def _json(values: Sequence[Any]) -> str | None:
    return msgspec.json.encode(values).decode() if values else None
