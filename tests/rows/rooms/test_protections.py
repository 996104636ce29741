"""What is kept for whom: put, listed, remembered; and the levels told by SQL are those that the rules say."""

from __future__ import annotations

from random import Random

import pytest

from hub.database.tx import Tx
from hub.inventory import operations as inventory
from hub.inventory.model import StockChange
from hub.inventory.model.supply import Claimant, Protection, ProtectionChange, SafetyChange
from hub.inventory.operations import protections
from hub.inventory.policy.protection import floor
from hub.kernel.scope import HUB
from tests.rows.rooms.building import AT, identity, seen_by

NODES = ["DC-NL", "ST-AMS"]
SKUS = ["SHIRT", "SHOE"]


async def put(tx: Tx, *kept: Protection, number: int = 1) -> None:
    changes = [ProtectionChange(identity(number + place), one) for place, one in enumerate(kept)]
    await protections.put(tx, changes, at=AT)


@pytest.mark.parametrize("seed", range(12))
async def test_the_levels_a_channel_is_told_leave_what_the_rules_keep(tx: Tx, seed: int) -> None:
    random = Random(seed)
    made = [
        Protection(node_id, sku, channel_id, demand_class, random.randrange(0, 5))
        for node_id in NODES
        for sku in ["", *SKUS]
        for channel_id in ["", "WEB", "SHOP"]
        for demand_class in ["", "GOLD"]
        if (channel_id or demand_class) and random.random() < 0.4
    ]
    await put(tx, *made, number=100)
    stock = {(sku, node_id): random.randrange(1, 12) for sku in SKUS for node_id in NODES}
    arriving = [
        [StockChange(sku, node_id, "test", identity(1), on_hand=units)] for (sku, node_id), units in stock.items()
    ]
    await inventory.change(tx, arriving, at=AT)
    standing = [one for one in made if one.units]

    told = await inventory.changed_levels(tx, {"WEB": 1, "SHOP": 0}, NODES, SKUS)

    for channel_id, buffer in (("WEB", 1), ("SHOP", 0)):
        for sku, available in told[channel_id]:
            claimant = Claimant(channel_id)
            free = [max(0, stock[sku, node_id] - floor(standing, sku, node_id, claimant)) for node_id in NODES]
            assert available == max(0, sum(free) - buffer)
        assert [sku for sku, _ in told[channel_id]] == SKUS


async def test_what_changes_has_a_row_and_what_does_not_has_none(tx: Tx) -> None:
    kept = Protection("DC-NL", "SHIRT", "WEB", "", 3)

    await put(tx, kept, number=1)
    await put(tx, kept, number=2)
    await put(tx, Protection("DC-NL", "SHIRT", "WEB", "", 1), number=3)
    await put(tx, Protection("DC-NL", "SHIRT", "WEB", "", 0), number=4)

    rows = await tx.fetch("SELECT units_delta, cause_id FROM protection_move ORDER BY move_id")
    assert [(row["units_delta"], row["cause_id"]) for row in rows] == [
        (3, identity(1)),
        (-2, identity(3)),
        (-1, identity(4)),
    ]
    assert await protections.everything(tx) == []


async def test_what_is_kept_is_listed_within_the_scope(tx: Tx) -> None:
    every, own = Protection("DC-NL", "", "WEB", "", 2), Protection("ST-AMS", "SHIRT", "", "GOLD", 3)
    await put(tx, every, own)

    assert await protections.page(tx, HUB, None, [], [], None, 1) == [every]
    assert await protections.page(tx, HUB, None, [], [], ("DC-NL", "", "WEB", ""), 9) == [own]
    assert await protections.page(tx, HUB, None, ["SHOE"], [], None, 9) == [every]
    assert await protections.page(tx, HUB, None, [], ["ST-AMS"], None, 9) == [own]
    assert await protections.page(tx, HUB, ["WEB"], [], [], None, 9) == [every, own]
    assert await protections.page(tx, HUB, ["APP"], [], [], None, 9) == [own], "what is kept for every channel"
    assert await protections.page(tx, seen_by(nodes=frozenset({"ST-AMS"})), None, [], [], None, 9) == [own]


async def test_safety_stock_is_set_once_with_a_row(tx: Tx) -> None:
    changes = [SafetyChange(identity(1), "SHIRT", "DC-NL", 3), SafetyChange(identity(2), "SHOE", "DC-NL", 0)]

    first = await protections.set_safety(tx, changes, at=AT)
    second = await protections.set_safety(tx, changes, at=AT)

    assert (first, second) == (changes[:1], [])
    rows = await tx.fetch("SELECT sku, safety_delta, on_hand_delta, cause FROM stock_move")
    assert rows == [{"sku": "SHIRT", "safety_delta": 3, "on_hand_delta": 0, "cause": "SAFETY"}]
    assert (await inventory.read(tx, [("SHIRT", "DC-NL")]))["SHIRT", "DC-NL"].safety == 3
