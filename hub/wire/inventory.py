"""Stock, its changes and its counts on the wire."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from crossdock.inventory.v1 import inventory_pb2 as pb
from hub.inventory.model import Snapshot, Stock, StockChange
from hub.wire.instants import instant_from_pb

Row = tuple[str, str, int, int]
"""(sku, node id, units on hand, units kept back)."""


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
    """What is added to stock on hand; `cause_id` names the request and its place in it."""
    return StockChange(
        sku=message.sku, node_id=message.node_id, cause=message.cause, cause_id=cause_id, on_hand=message.delta
    )


def rows_from_pb(messages: Iterable[pb.SnapshotRow]) -> list[Row]:
    """Counted rows."""
    return [(row.sku, row.node_id, row.on_hand, row.safety) for row in messages]


def snapshot_from_pb(header: pb.SnapshotHeader, rows: Iterable[Row]) -> Snapshot:
    """A count; raises InvalidField where its instant is none."""
    return Snapshot(
        source=header.source,
        counted_at=instant_from_pb(header.count_time, field="header.count_time"),
        node_ids=frozenset(header.node_ids),
        rows=tuple(rows),
    )
