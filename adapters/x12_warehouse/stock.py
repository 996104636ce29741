"""Counts (846) and receipts (944) of a warehouse into what changes stock.

A count is whole or nothing, since a missing row would read as nothing on hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from adapters.sdk.documents.reading import plain, shown
from adapters.sdk.times import timestamp_of
from adapters.sdk.x12.tokenizer import Segment
from adapters.x12_warehouse.reports import Reader
from crossdock.inbox.v1.inbox_pb2 import Command, StockCount
from crossdock.inventory.v1.inventory_pb2 import Adjustment, SnapshotHeader, SnapshotRow

NEW_COUNT = "00"


def count_of(segments: tuple[Segment, ...], source: str, reader: Reader) -> list[Command]:
    """Return the count of an inventory advice; nothing where `reader` noted why."""
    reader.report_unread("846", segments[1:-1])
    start = next((segment for segment in segments if segment.tag == "BIA"), None)
    if start is None or start.element(1) != NEW_COUNT:
        reader.notes.refuse(start or segments[0], 1, "no BIA says that this is a new count (00)")
        return []
    node_id = _node(segments, reader)
    rows = _rows(segments, node_id, reader)
    if not rows:
        reader.notes.refuse(start, 0, "it counts nothing")
    header = SnapshotHeader(
        source=source[:80],
        count_time=timestamp_of(reader.happened(start, 4, 5)),
        node_ids=[node_id],
        row_count=len(rows),
    )
    return [Command(stock_count=StockCount(header=header, rows=rows), location=reader.notes.path)]


def receipts_of(segments: tuple[Segment, ...], reader: Reader) -> list[Command]:
    """Return the units that a receipt advice puts into stock; nothing where `reader` noted why."""
    reader.report_unread("944", segments[1:-1])
    start = next((segment for segment in segments if segment.tag == "W17"), None)
    if start is None:
        reader.notes.refuse(segments[0], 0, "the transaction has no W17: what was received cannot be told")
        return []
    node_id, happened = _node(segments, reader), timestamp_of(reader.happened(start, 2, 0))
    cause = plain(f"RECEIPT {start.element(3)}", 80)
    units = Counter[str]()
    for segment in segments:
        if segment.tag == "W07":
            reader.refuse_other_unit(segment, 2)
            units[reader.sku(segment, 4, 7)] += reader.units(segment, 1)
    _refuse_other_total(segments, sum(units.values()), reader)
    if not units:
        reader.notes.refuse(start, 0, "no W07 says what was received")
    return [
        Command(
            adjust_stock=Adjustment(sku=sku, node_id=node_id, delta=delta, cause=cause, occur_time=happened),
            location=f"{reader.notes.path}/{sku}",
        )
        for sku, delta in units.items()
        if delta
    ]


def _node(segments: Sequence[Segment], reader: Reader) -> str:
    """Return the node that N1*WH names, or the only one that the account has; refuses any other."""
    place = next((segment for segment in segments if segment.tag == "N1" and segment.element(1) == "WH"), None)
    number = place.element(4) if place else ""
    node_id = reader.settings.node_of(number)
    if not node_id:
        reader.notes.refuse(
            place or segments[0], 4 if place else 0, f"{shown(number)} is no node of the profile's nodes"
        )
    return node_id


def _rows(segments: Sequence[Segment], node_id: str, reader: Reader) -> list[SnapshotRow]:
    rows: dict[str, SnapshotRow] = {}
    sku = ""
    for segment in segments:
        if segment.tag == "LIN":
            sku = reader.sku(segment, 2, 31)
        elif segment.tag == "QTY" and segment.element(1) == reader.settings.on_hand:
            reader.refuse_other_unit(segment, 3)
            if sku in rows:
                reader.notes.refuse(segment, 2, f"{shown(sku)} is counted twice")
            rows[sku] = SnapshotRow(sku=sku, node_id=node_id, on_hand=reader.units(segment, 2))
    lines = sum(segment.tag == "LIN" for segment in segments)
    if lines != len(rows):
        reader.notes.refuse(segments[0], 0, f"{lines} lines, and {len(rows)} of them say what is on hand")
    return list(rows.values())


def _refuse_other_total(segments: Sequence[Segment], units: int, reader: Reader) -> None:
    total = next((segment for segment in segments if segment.tag == "W14"), None)
    if total is not None and reader.units(total, 1) != units:
        reader.notes.refuse(total, 1, f"expected {units} units, found {shown(total.element(1))}")
