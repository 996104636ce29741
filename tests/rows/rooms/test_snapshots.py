"""A full count makes stock what was counted, and forgets nothing that moved since."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from hub.database.pool import Database
from hub.database.tx import Tx
from hub.inventory import operations as inventory
from hub.inventory.errors import CountedTwice, SnapshotOutdated
from hub.inventory.model import Snapshot, SnapshotResult, StockChange
from hub.inventory.store.counts import ROWS
from tests.rows.rooms.building import AT, identity
from tests.rows.rooms.test_stock import held, recorded

MINUTE = timedelta(minutes=1)


async def changed(tx: Tx, at: datetime, sku: str = "SHIRT", node_id: str = "DC-NL", **values: Any) -> None:
    change = StockChange(sku, node_id, cause="test", cause_id=identity(1), **values)
    assert await inventory.change(tx, [[change]], at=at) == [None]


async def counted(
    tx: Tx, counted_at: datetime, *rows: tuple[Any, ...], nodes: tuple[str, ...] = ("DC-NL",), source: str = "wms"
) -> SnapshotResult:
    complete = tuple((row[0], row[1], row[2], row[3] if len(row) > 3 else 0) for row in rows)
    snapshot = Snapshot(source, counted_at, frozenset(nodes), complete)
    return await inventory.apply_snapshot(tx, snapshot, snapshot_id=uuid4(), at=counted_at + 5 * MINUTE)


async def test_a_first_count_makes_the_rows(tx: Tx) -> None:
    result = await counted(tx, AT, ("SHIRT", "DC-NL", 50, 4), ("SHOE", "DC-NL", 0))

    assert result == SnapshotResult(rows=2, changed=1)
    assert await held(tx) == {("SHIRT", "DC-NL"): (50, 0, 0)} == await recorded(tx)
    assert await inventory.available(tx, ["SHIRT"], None) == {("SHIRT", "DC-NL"): 46}


async def test_only_rows_that_differ_are_changed(tx: Tx) -> None:
    rows = [("SHIRT", "DC-NL", 5), ("SHOE", "DC-NL", 6)]
    await counted(tx, AT, *rows)

    assert await counted(tx, AT + MINUTE, *rows) == SnapshotResult(rows=2, changed=0)
    assert (await counted(tx, AT + 2 * MINUTE, ("SHIRT", "DC-NL", 5, 1), ("SHOE", "DC-NL", 7))).changed == 2
    assert await held(tx) == await recorded(tx)


async def test_what_was_not_counted_is_not_there_and_other_nodes_are_left_alone(tx: Tx) -> None:
    await counted(tx, AT, ("SHIRT", "DC-NL", 5), ("SHOE", "DC-NL", 6), ("SHIRT", "DC-UK", 7), nodes=("DC-NL", "DC-UK"))

    await counted(tx, AT + MINUTE, ("SHOE", "DC-NL", 6))

    assert await held(tx) == {
        ("SHIRT", "DC-NL"): (0, 0, 0),
        ("SHOE", "DC-NL"): (6, 0, 0),
        ("SHIRT", "DC-UK"): (7, 0, 0),
    }


async def test_what_left_after_the_count_stays_counted(tx: Tx) -> None:
    await changed(tx, AT - MINUTE, on_hand=60)
    await changed(tx, AT + MINUTE, reserved=5)
    await changed(tx, AT + 2 * MINUTE, reserved=-5, on_hand=-5)
    await changed(tx, AT + 3 * MINUTE, sku="SHOE", on_hand=3)

    await counted(tx, AT, ("SHIRT", "DC-NL", 50))

    assert await held(tx) == {("SHIRT", "DC-NL"): (45, 0, 0), ("SHOE", "DC-NL"): (3, 0, 0)} == await recorded(tx)


async def test_a_late_count_never_erases_a_newer_sale(tx: Tx) -> None:
    await changed(tx, AT - MINUTE, on_hand=50)
    await changed(tx, AT + MINUTE, reserved=2)

    await counted(tx, AT, ("SHIRT", "DC-NL", 50))

    assert await inventory.available(tx, ["SHIRT"], None) == {("SHIRT", "DC-NL"): 48}


async def test_the_correction_of_an_earlier_count_is_no_movement(tx: Tx) -> None:
    await counted(tx, AT, ("SHIRT", "DC-NL", 40))

    await counted(tx, AT + MINUTE, ("SHIRT", "DC-NL", 50))

    assert await held(tx) == {("SHIRT", "DC-NL"): (50, 0, 0)} == await recorded(tx)


async def test_an_older_count_of_the_same_source_is_refused_and_changes_nothing(tx: Tx) -> None:
    await counted(tx, AT, ("SHIRT", "DC-NL", 40))

    with pytest.raises(SnapshotOutdated) as refused:
        await counted(tx, AT - MINUTE, ("SHIRT", "DC-NL", 1), ("SHIRT", "DC-UK", 1), nodes=("DC-NL", "DC-UK"))

    assert refused.value.metadata["node_id"] == "DC-NL"
    assert await held(tx) == {("SHIRT", "DC-NL"): (40, 0, 0)}
    assert await tx.fetch("SELECT node_id, counted_at FROM snapshot_mark") == [{"node_id": "DC-NL", "counted_at": AT}]
    assert (await counted(tx, AT - MINUTE, ("SHIRT", "DC-UK", 3), nodes=("DC-UK",))).changed == 1


async def test_a_count_below_what_orders_claim_is_named_and_never_breaks_a_claim(tx: Tx) -> None:
    await changed(tx, AT - MINUTE, on_hand=9)
    await changed(tx, AT - MINUTE, reserved=4)
    await changed(tx, AT - MINUTE, allocated=3)
    await changed(tx, AT + MINUTE, on_hand=-1, allocated=-1)

    result = await counted(tx, AT, ("SHIRT", "DC-NL", 5))

    assert result == SnapshotResult(rows=1, changed=1, discrepancies=(("SHIRT", "DC-NL", 4, 6),))
    assert await held(tx) == {("SHIRT", "DC-NL"): (6, 4, 2)} == await recorded(tx)


async def test_nothing_of_a_count_stays_behind(tx: Tx) -> None:
    await counted(tx, AT, ("SHIRT", "DC-NL", 5))

    assert await tx.fetch("SELECT * FROM snapshot_chunk") == []


async def test_the_planner_takes_a_count_for_many_rows(tx: Tx) -> None:
    plan = await tx.fetch(f"EXPLAIN (FORMAT json) {ROWS}", {"snapshot_id": uuid4()})

    assert plan[0]["QUERY PLAN"][0]["Plan"]["Plan Rows"] >= 50_000


async def test_a_sku_counted_twice_at_a_node_is_refused_by_both_rows(tx: Tx) -> None:
    with pytest.raises(CountedTwice, match=r"Rows 1 and 3 \(from 0\) both count SHIRT at DC-NL"):
        await counted(tx, AT, ("SHOE", "DC-NL", 1), ("SHIRT", "DC-NL", 5), ("HAT", "DC-NL", 2), ("SHIRT", "DC-NL", 4))

    assert await held(tx) == {}


async def test_units_kept_back_by_a_count_are_in_the_ledger(tx: Tx) -> None:
    await counted(tx, AT, ("SHIRT", "DC-NL", 5, 3))
    await counted(tx, AT + MINUTE, ("SHIRT", "DC-NL", 5, 1))

    rows = await tx.fetch("SELECT on_hand_delta, safety_delta, cause FROM every_stock_move ORDER BY move_id")
    assert rows == [
        {"on_hand_delta": 5, "safety_delta": 3, "cause": "SNAPSHOT"},
        {"on_hand_delta": 0, "safety_delta": -2, "cause": "SNAPSHOT"},
    ]


async def test_a_count_of_many_nodes_writes_a_row_per_sku_and_is_read_node_by_node(tx: Tx) -> None:
    nodes = ("DC-NL", "DC-UK", "ST-AMS")
    await counted(tx, AT, ("SHIRT", "DC-NL", 5, 3), ("SHIRT", "DC-UK", 7), ("SHOE", "ST-AMS", 9), nodes=nodes)
    await counted(tx, AT + MINUTE, ("SHIRT", "DC-NL", 5, 1), ("SHIRT", "DC-UK", 6), ("SHOE", "ST-AMS", 9), nodes=nodes)

    rows = await tx.fetch("SELECT sku, cardinality(node_ids) AS nodes FROM stock_correction ORDER BY at, sku")
    moves = await tx.fetch(
        "SELECT sku, node_id, on_hand_delta, safety_delta FROM every_stock_move ORDER BY at, sku, node_id"
    )
    assert [tuple(row.values()) for row in rows] == [("SHIRT", 2), ("SHOE", 1), ("SHIRT", 2)]
    assert [tuple(row.values()) for row in moves] == [
        ("SHIRT", "DC-NL", 5, 3),
        ("SHIRT", "DC-UK", 7, 0),
        ("SHOE", "ST-AMS", 9, 0),
        ("SHIRT", "DC-NL", 0, -2),
        ("SHIRT", "DC-UK", -1, 0),
    ]
    assert await held(tx) == await recorded(tx)


async def test_corrections_from_before_they_had_a_table_are_read_like_others(tx: Tx) -> None:
    """They stand among the other rows of the ledger."""
    await counted(tx, AT, ("SHIRT", "DC-NL", 5), ("SHIRT", "DC-UK", 7), nodes=("DC-NL", "DC-UK"))
    (cause,) = await tx.fetch("SELECT DISTINCT cause_id, at FROM stock_correction")
    await inventory.note_count(tx, cause["cause_id"], "wms", AT, ["DC-NL", "DC-UK"], at=cause["at"])
    found = await inventory.largest_variances(tx, cause["cause_id"], ["DC-NL", "DC-UK"], 9)
    await tx.execute(
        "INSERT INTO stock_move"
        " (sku, node_id, on_hand_delta, reserved_delta, allocated_delta, safety_delta, cause, cause_id, at)"
        " SELECT sku, node_id, on_hand_delta, 0, 0, safety_delta, cause, cause_id, at FROM every_stock_move"
    )
    await tx.execute("DELETE FROM stock_correction")

    assert [(one.sku, one.node_id, one.quantity) for one in found] == [("SHIRT", "DC-UK", 7), ("SHIRT", "DC-NL", 5)]
    assert await inventory.largest_variances(tx, cause["cause_id"], ["DC-NL", "DC-UK"], 9) == found
    assert await held(tx) == await recorded(tx)


async def test_two_thousand_skus_are_applied_in_one_go(tx: Tx) -> None:
    await counted(tx, AT, *[(f"SKU-{number}", "DC-NL", number % 7) for number in range(2000)])

    result = await counted(tx, AT + MINUTE, *[(f"SKU-{number}", "DC-NL", number % 5) for number in range(2000)])

    assert result.changed == sum(number % 7 != number % 5 for number in range(2000))
    assert await held(tx) == await recorded(tx)


async def test_units_that_leave_while_a_count_is_applied_are_neither_lost_nor_counted_twice(database: Database) -> None:
    async with database.transaction() as tx:
        await changed(tx, AT - MINUTE, on_hand=100)

    async def leave(minute: int) -> None:
        async with database.transaction() as tx:
            await changed(tx, AT + minute * MINUTE, on_hand=-1)

    async def count() -> None:
        async with database.transaction() as tx:
            await counted(tx, AT, ("SHIRT", "DC-NL", 90), ("SHOE", "DC-NL", 5))

    await asyncio.gather(*[count() if number % 8 == 4 else leave(number) for number in range(1, 41)])

    async with database.transaction() as tx:
        assert await held(tx) == {("SHIRT", "DC-NL"): (55, 0, 0), ("SHOE", "DC-NL"): (5, 0, 0)} == await recorded(tx)
