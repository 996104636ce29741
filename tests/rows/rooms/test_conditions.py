"""Units in other conditions stand beside the stock that orders claim, each with its own ledger."""

from __future__ import annotations

import asyncio

from hub.database.pool import Database
from hub.database.tx import Tx
from hub.inventory import operations as inventory
from hub.inventory.model import Condition, ConditionedChange, ConditionedStock, StockChange, StockShortage
from hub.kernel.scope import HUB
from tests.rows.rooms.building import AT, identity, seen_by

CAUSE = identity(1)


def units(delta: int, condition: Condition, sku: str = "SHIRT", node_id: str = "DC-NL") -> ConditionedChange:
    return ConditionedChange(sku, node_id, condition, delta, "RETURN", CAUSE)


async def change(tx: Tx, *elements: list[ConditionedChange]) -> list[StockShortage | None]:
    return await inventory.change_conditioned(tx, elements, at=AT)


async def there(tx: Tx) -> dict[str, int]:
    rows = await inventory.page_conditioned(tx, HUB, [], [], None, 99)
    return {f"{row.sku} {row.condition.value}": row.on_hand for row in rows}


async def recorded(tx: Tx) -> dict[str, int]:
    rows = await tx.fetch(
        "SELECT sku || ' ' || condition AS key, sum(on_hand_delta)::bigint AS units FROM conditioned_move"
        " GROUP BY sku, condition HAVING sum(on_hand_delta) <> 0"
    )
    return {row["key"]: row["units"] for row in rows}


async def sellable(tx: Tx) -> int:
    found = await inventory.read(tx, [("SHIRT", "DC-NL")])
    return found["SHIRT", "DC-NL"].on_hand if found else 0


async def test_a_unit_that_came_back_is_put_to_its_condition_or_on_sale(tx: Tx) -> None:
    assert await change(tx, [units(2, Condition.QUARANTINE)], [units(3, Condition.SELLABLE)]) == [None, None]

    assert await there(tx) == {"SHIRT QUARANTINE": 2} == await recorded(tx)
    assert await sellable(tx) == 3
    assert await inventory.available(tx, ["SHIRT"], None) == {("SHIRT", "DC-NL"): 3}
    assert await tx.fetch("SELECT on_hand_delta, cause, cause_id, at FROM stock_move") == [
        {"on_hand_delta": 3, "cause": "RETURN", "cause_id": CAUSE, "at": AT}
    ]


async def test_units_change_their_condition_in_one_element(tx: Tx) -> None:
    await change(tx, [units(5, Condition.QUARANTINE)])

    assert await change(
        tx,
        [units(-3, Condition.QUARANTINE), units(3, Condition.SELLABLE)],
        [units(-1, Condition.QUARANTINE), units(1, Condition.OPEN_BOX)],
    ) == [None, None]

    assert await there(tx) == {"SHIRT OPEN_BOX": 1, "SHIRT QUARANTINE": 1} == await recorded(tx)
    assert await sellable(tx) == 3


async def test_an_element_that_lacks_units_takes_nothing_of_either_kind(tx: Tx) -> None:
    await change(tx, [units(1, Condition.REPAIR)], [units(1, Condition.SELLABLE)])

    outcomes = await change(
        tx,
        [units(-2, Condition.REPAIR), units(2, Condition.SELLABLE)],
        [units(1, Condition.DAMAGED), units(-2, Condition.SELLABLE)],
        [units(-1, Condition.REPAIR), units(1, Condition.SELLABLE)],
    )

    assert outcomes == [StockShortage("SHIRT", "DC-NL", 2, 1), StockShortage("SHIRT", "DC-NL", 2, 1), None]
    assert await there(tx) == {} == await recorded(tx)
    assert await sellable(tx) == 2


async def test_units_that_orders_claim_do_not_leave_the_shelf(tx: Tx) -> None:
    await inventory.change(tx, [[StockChange("SHIRT", "DC-NL", "RECEIPT", CAUSE, on_hand=2, reserved=2)]], at=AT)

    outcomes = await change(tx, [units(-1, Condition.SELLABLE), units(1, Condition.DAMAGED)])

    assert outcomes == [StockShortage("SHIRT", "DC-NL", 1, 0)]
    assert await there(tx) == {}


async def test_forty_movers_of_twenty_units_move_exactly_twenty(database: Database) -> None:
    async with database.transaction() as tx:
        await change(tx, [units(20, Condition.QUARANTINE)])

    async def move(number: int) -> StockShortage | None:
        to = Condition.SELLABLE if number % 2 else Condition.OPEN_BOX
        element = [units(-1, Condition.QUARANTINE), units(1, to)]
        async with database.transaction() as tx:
            return (await change(tx, element if number % 3 else element[::-1]))[0]

    outcomes = await asyncio.gather(*[move(number) for number in range(40)])

    assert outcomes.count(None) == 20
    async with database.transaction() as tx:
        assert sum((await there(tx)).values()) + await sellable(tx) == 20
        assert await there(tx) == await recorded(tx)


async def test_units_by_condition_are_listed_within_the_scope(tx: Tx) -> None:
    await change(tx, [units(1, Condition.DAMAGED), units(2, Condition.REPAIR, node_id="ST-AMS")])
    here = ConditionedStock("SHIRT", "DC-NL", Condition.DAMAGED, 1)
    store = ConditionedStock("SHIRT", "ST-AMS", Condition.REPAIR, 2)

    assert await inventory.page_conditioned(tx, HUB, [], [], None, 1) == [here]
    assert await inventory.page_conditioned(tx, HUB, [], [], ("SHIRT", "DC-NL", "DAMAGED"), 9) == [store]
    assert await inventory.page_conditioned(tx, HUB, ["SHIRT"], ["DC-NL"], None, 9) == [here]
    assert await inventory.page_conditioned(tx, seen_by(nodes=frozenset({"ST-AMS"})), [], [], None, 9) == [store]
