"""Stock is changed element by element in one batch, exact under concurrency, and listed within a scope."""

from __future__ import annotations

import asyncio
from typing import Any

from hub.database.pool import Database
from hub.database.tx import Tx
from hub.inventory import operations as inventory
from hub.inventory.model import Stock, StockChange, StockShortage
from hub.kernel.scope import HUB
from tests.rows.rooms.building import AT, identity, seen_by

Totals = dict[tuple[str, str], tuple[int, int, int]]


def change(sku: str = "SHIRT", node_id: str = "DC-NL", **values: Any) -> StockChange:
    return StockChange(sku, node_id, cause="test", cause_id=identity(1), **values)


async def stocked(tx: Tx, **units: int) -> None:
    """Puts units of SKUs at DC-NL."""
    await inventory.change(tx, [[change(sku, on_hand=quantity)] for sku, quantity in units.items()], at=AT)


async def held(tx: Tx) -> Totals:
    rows = await tx.fetch("SELECT sku, node_id, on_hand, reserved, allocated FROM stock")
    return {(row["sku"], row["node_id"]): (row["on_hand"], row["reserved"], row["allocated"]) for row in rows}


async def recorded(tx: Tx) -> Totals:
    rows = await tx.fetch(
        "SELECT sku, node_id, sum(on_hand_delta)::bigint AS on_hand, sum(reserved_delta)::bigint AS reserved,"
        " sum(allocated_delta)::bigint AS allocated FROM every_stock_move GROUP BY sku, node_id"
    )
    return {(row["sku"], row["node_id"]): (row["on_hand"], row["reserved"], row["allocated"]) for row in rows}


async def test_elements_are_taken_whole_or_not_at_all(tx: Tx) -> None:
    await stocked(tx, SHIRT=5, SHOE=1)

    outcomes = await inventory.change(
        tx,
        [
            [change("SHOE", reserved=1), change("SHIRT", reserved=6)],
            [change("SHOE", reserved=1), change("SHIRT", reserved=5)],
            [],
            [change("HAT", reserved=1)],
        ],
        at=AT,
    )

    assert outcomes == [
        StockShortage("SHIRT", "DC-NL", 6, 5),
        None,
        None,
        StockShortage("HAT", "DC-NL", 1, 0),
    ]
    assert await held(tx) == {("SHIRT", "DC-NL"): (5, 5, 0), ("SHOE", "DC-NL"): (1, 1, 0)} == await recorded(tx)


async def test_a_row_is_made_only_where_something_arrives(tx: Tx) -> None:
    await inventory.change(tx, [[change(on_hand=-1)], [change(reserved=1)], [change(found_empty=True)]], at=AT)
    assert await held(tx) == {}

    await inventory.change(tx, [[change(on_hand=3)]], at=AT)

    assert await held(tx) == {("SHIRT", "DC-NL"): (3, 0, 0)} == await recorded(tx)


async def test_the_ledger_names_cause_and_instant(tx: Tx) -> None:
    await stocked(tx, SHIRT=5)

    (row,) = await tx.fetch("SELECT cause, cause_id, at, on_hand_delta FROM stock_move")

    assert row == {"cause": "test", "cause_id": identity(1), "at": AT, "on_hand_delta": 5}


async def test_fifty_buyers_of_twenty_units_from_two_sides_sell_exactly_twenty(database: Database) -> None:
    async with database.transaction() as tx:
        await stocked(tx, SHIRT=20, SHOE=20)

    async def buy(*skus: str) -> StockShortage | None:
        async with database.transaction() as tx:
            return (await inventory.change(tx, [[change(sku, reserved=1) for sku in skus]], at=AT))[0]

    outcomes = await asyncio.gather(*[buy("SHIRT", "SHOE") if n % 2 else buy("SHOE", "SHIRT") for n in range(50)])

    assert outcomes.count(None) == 20
    async with database.transaction() as tx:
        assert await held(tx) == {("SHIRT", "DC-NL"): (20, 20, 0), ("SHOE", "DC-NL"): (20, 20, 0)} == await recorded(tx)


async def test_what_is_free_is_told_per_sku_and_node(tx: Tx) -> None:
    await stocked(tx, SHIRT=5, SHOE=2)
    await inventory.change(tx, [[change(node_id="ST-AMS", on_hand=7)], [change(reserved=2)]], at=AT)
    await tx.execute("UPDATE stock SET safety = 9 WHERE sku = 'SHOE'")

    assert await inventory.available(tx, ["SHIRT", "SHOE", "?"], None) == {
        ("SHIRT", "DC-NL"): 3,
        ("SHIRT", "ST-AMS"): 7,
        ("SHOE", "DC-NL"): 0,
    }
    assert await inventory.available(tx, ["SHIRT", "SHOE"], ["ST-AMS"]) == {("SHIRT", "ST-AMS"): 7}
    assert await inventory.available(tx, ["SHIRT"], []) == {}


async def test_stock_is_listed_by_sku_and_node_within_the_scope(tx: Tx) -> None:
    await stocked(tx, SHOE=2, SHIRT=5)
    await inventory.change(tx, [[change(node_id="ST-AMS", on_hand=7)]], at=AT)
    shirt, store, shoe = Stock("SHIRT", "DC-NL", 5), Stock("SHIRT", "ST-AMS", 7), Stock("SHOE", "DC-NL", 2)

    assert await inventory.page(tx, HUB, [], [], None, 2) == [shirt, store]
    assert await inventory.page(tx, HUB, [], [], ("SHIRT", "ST-AMS"), 2) == [shoe]
    assert await inventory.page(tx, HUB, ["SHIRT"], ["DC-NL"], None, 9) == [shirt]
    assert await inventory.page(tx, seen_by(nodes=frozenset({"ST-AMS"})), [], [], None, 9) == [store]
