"""Channels are told what can be sold: only what changed, their buffer taken off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from adapters.double_channel.shelf import shown
from hub.flows.stock.import_snapshot import Imported, import_snapshot
from hub.inventory.errors import SnapshotOutdated
from hub.inventory.model import Snapshot
from tests.support.drafts import draft, line
from tests.support.world import TUESDAY, World

INTERVAL = timedelta(minutes=15)


def shelf(world: World) -> dict[str, int]:
    return dict(shown(world.doubles.file("double_channel"), "webshop"))


def published(world: World) -> list[Any]:
    return [one.detail["levels"] for one in world.effects("double_channel", "channel.stock")]


async def test_a_channel_is_told_of_stock_less_its_buffer_and_then_only_of_changes(world: World) -> None:
    await world.network(channel={"stock_buffer": 2})
    await world.stock("SHIRT", "DC-NL", 10)
    await world.stock("SHIRT", "ST-AMS", 5)
    await world.stock("MUG", "DC-NL", 1)
    await world.advance(INTERVAL)
    assert shelf(world) == {"MUG": 0, "SHIRT": 13}

    await world.place(draft("W-1", [line("SHIRT", 3)]))
    await world.advance(INTERVAL)

    assert shelf(world) == {"MUG": 0, "SHIRT": 10}
    assert len(published(world)) == 2
    await world.advance(timedelta(days=2))
    assert len(published(world)) == 2, "a parcel that leaves changes nothing that can be sold"


async def test_a_late_count_does_not_bring_back_what_was_sold_after_it(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 50)
    placed = await world.place(draft("W-1", [line("SHIRT", 2)]))
    await world.advance(timedelta(hours=3))
    assert (await world.case(placed.order_id)).shipments
    count = Snapshot("wms", TUESDAY, frozenset({"DC-NL"}), (("SHIRT", "DC-NL", 50, 0),))

    (counted,) = await world.run(import_snapshot, [count])
    older = Snapshot("wms", TUESDAY - timedelta(hours=1), frozenset({"DC-NL"}), (("SHIRT", "DC-NL", 99, 0),))
    (refused,) = await world.run(import_snapshot, [older])

    assert isinstance(counted, Imported)
    assert isinstance(refused, SnapshotOutdated)
    assert await world.on_shelf("SHIRT", "DC-NL") == (48, 0, 0)


async def test_a_count_below_what_orders_hold_is_named_and_leaves_their_units(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 10)
    await world.place(draft("W-1", [line("SHIRT", 4)]))
    await world.settle()

    await world.run(import_snapshot, [Snapshot("wms", TUESDAY, frozenset({"DC-NL"}), (("SHIRT", "DC-NL", 1, 0),))])

    assert await world.on_shelf("SHIRT", "DC-NL") == (4, 0, 4)
    assert await world.exceptions() == ["STOCK_DISCREPANCY"]
