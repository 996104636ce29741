"""Stock, its changes and its counts on the wire."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from crossdock.inventory.v1 import inventory_pb2 as pb
from hub.inventory.model import Count, CountState, Snapshot, SnapshotResult, Stock, StockChange
from hub.kernel.errors import InvalidField
from hub.kernel.instant import Instant
from hub.wire.enums import Names
from hub.wire.feeds import sequence_from_pb
from hub.wire.instants import instant_from_pb, instant_to_pb, optional_instant

Row = tuple[str, str, int, int]
"""(sku, node id, units on hand, units kept back)."""
MOST_UNITS: Final = 1_000_000_000
"""Units that a counted row has at most."""

COUNT_STATES: Final = Names(CountState, pb.SnapshotState, "SNAPSHOT_STATE")


def stock_to_pb(stock: Stock) -> pb.Stock:
    """A stock row as a message."""
    return pb.Stock(
        sku=stock.sku,
        node_id=stock.node_id,
        on_hand=stock.on_hand,
        reserved=stock.reserved,
        allocated=stock.allocated,
        safety=stock.safety,
        available=stock.available,
    )


def adjustment_from_pb(message: pb.Adjustment, cause_id: UUID) -> StockChange:
    """What is added to stock on hand; `cause_id` names the change."""
    return StockChange(
        sku=message.sku,
        node_id=message.node_id,
        cause=message.cause,
        cause_id=cause_id,
        on_hand=message.delta,
        occurred_at=optional_instant(message, "occur_time"),
        sequence=sequence_from_pb(message),
    )


def rows_from_pb(messages: Sequence[pb.SnapshotRow], nodes: Mapping[str, str], first: int = 0) -> list[Row]:
    """Counted rows; `nodes` are those that may be counted, `first` how many rows came before.

    Raises InvalidField, naming the row and what is wrong with it.
    """
    rows: list[Row] = []
    for row in messages:
        sku, node_id, on_hand, safety = row.sku, row.node_id, row.on_hand, row.safety
        known = nodes.get(node_id)
        if known is None or not sku or not 0 <= on_hand <= MOST_UNITS or not 0 <= safety <= MOST_UNITS:
            raise _unsound(first + len(rows), sku, node_id, on_hand, safety, named=known is not None)
        rows.append((sku, known, on_hand, safety))
    return rows


def snapshot_from_pb(header: pb.SnapshotHeader, rows: Iterable[Row]) -> Snapshot:
    """A count; raises InvalidField where its instant is none."""
    return Snapshot(
        source=header.source,
        counted_at=instant_from_pb(header.count_time, field="header.count_time"),
        node_ids=frozenset(header.node_ids),
        rows=tuple(rows),
        through=_through(header),
    )


def count_from_pb(header: pb.SnapshotHeader, snapshot_id: UUID, principal: str, content: bytes, now: Instant) -> Count:
    """A count whose rows follow; raises InvalidField where its instant is none."""
    return Count(
        snapshot_id=snapshot_id,
        principal=principal,
        fingerprint=hashlib.sha256(content).digest(),
        source=header.source,
        counted_at=instant_from_pb(header.count_time, field="header.count_time"),
        node_ids=frozenset(header.node_ids),
        row_count=header.row_count,
        created_at=now,
        through=_through(header),
    )


def count_to_pb(count: Count) -> pb.Snapshot:
    """The count as a message."""
    return pb.Snapshot(
        snapshot_id=str(count.snapshot_id),
        source=count.source,
        count_time=instant_to_pb(count.counted_at),
        node_ids=sorted(count.node_ids),
        state=COUNT_STATES.to_pb(count.state),
        row_count=count.row_count,
        received_count=count.received,
        changed_count=count.changed,
        create_time=instant_to_pb(count.created_at),
        end_time=instant_to_pb(count.ended_at) if count.ended_at else None,
    )


def progress_to_pb(count: Count) -> pb.ImportSnapshotResponse:
    """How far a count has come in."""
    return pb.ImportSnapshotResponse(
        progress=pb.SnapshotProgress(
            snapshot_id=str(count.snapshot_id), received_count=count.received, row_count=count.row_count
        )
    )


def applied_to_pb(snapshot_id: UUID, result: SnapshotResult, unknown_skus: Iterable[str]) -> pb.ImportSnapshotResponse:
    """What a count did."""
    return pb.ImportSnapshotResponse(
        applied=pb.SnapshotApplied(
            row_count=result.rows,
            changed_count=result.changed,
            unknown_skus=unknown_skus,
            snapshot_id=str(snapshot_id),
        )
    )


def _through(header: pb.SnapshotHeader) -> int | None:
    return header.through_number or None


def _unsound(number: int, sku: str, node_id: str, on_hand: int, safety: int, *, named: bool) -> InvalidField:
    """Why a row cannot be counted."""
    if not named:
        return InvalidField(
            f"Row {number} is of {node_id}, which the header does not name; name it there.", rows="node not counted"
        )
    if not sku:
        return InvalidField(f"Row {number} names no SKU.", rows="sku missing")
    units = on_hand if not 0 <= on_hand <= MOST_UNITS else safety
    return InvalidField(
        f"Row {number} counts {units} of {sku} at {node_id}; a count is from 0 to {MOST_UNITS}.", rows="out of range"
    )
