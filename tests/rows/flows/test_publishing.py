"""Telling channels of stock costs what changed, in steps of bounded size, and misses nothing that changed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, Final

import pytest
from msgspec.structs import replace

from adapters.double_channel.shelf import shown
from bench.counting import rows_read
from hub.api.setup.network_changes import PUT_NETWORK
from hub.flows.stock import publish_stock
from hub.flows.stock.import_snapshot import import_snapshot
from hub.flows.stock.keep_stock_back import put_protections
from hub.inventory import operations as inventory
from hub.inventory.model import Snapshot
from hub.inventory.model.supply import Protection, ProtectionChange
from hub.kernel.scope import HUB
from hub.network.model import Replacement
from tests.support.network import CHANNEL, network_of
from tests.support.world import TUESDAY, World

SKUS: Final = 120
STEP: Final = 50
NODES: Final = ("DC-NL", "ST-AMS")


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many SKUs each step looked at, of steps that are small."""
    looked: list[int] = []
    levels = inventory.changed_levels

    async def counted(tx: Any, buffers: Any, nodes: Any, skus: Any, most: int | None = None) -> Any:
        looked.append(len(skus))
        return await levels(tx, buffers, nodes, skus, most)

    monkeypatch.setattr(publish_stock, "LEVELS_A_STEP", STEP)
    monkeypatch.setattr(inventory, "changed_levels", counted)
    return looked


async def stocked(world: World) -> None:
    """Has many SKUs at the nodes, put there unseen by the feed, and the channel told of them."""
    async with world.database.transaction() as tx:
        await tx.execute(
            "INSERT INTO stock (sku, node_id, on_hand) SELECT 'SKU-' || lpad(number::text, 4, '0'), node_id, 5"
            " FROM generate_series(1, %(skus)s) AS number, unnest(%(nodes)s::text[]) AS node_id",
            {"skus": SKUS, "nodes": list(NODES)},
        )
        await tx.execute(
            "INSERT INTO stock_move (sku, node_id, on_hand_delta, reserved_delta, allocated_delta, cause, cause_id, at)"
            " SELECT sku, node_id, on_hand, 0, 0, 'receipt', gen_random_uuid(), %(at)s FROM stock",
            {"at": TUESDAY},
        )
        await tx.execute("ANALYZE stock")
    await told(world)


async def told(world: World, *channels: str) -> int:
    """Has channels told (the only one if none is named), step after step.

    Returns how many rows of stock the first step read.
    """
    async with world.database.transaction() as tx:
        flow = await world.surroundings.flow_context(tx, HUB)
        before = await rows_read(tx, "stock")
        await publish_stock.publish_stock(flow, channels or [CHANNEL])
        read = await rows_read(tx, "stock") - before
    await world.settle()
    return read


async def on_shelf(world: World) -> dict[str, int]:
    """What the channel would be told if it were told everything."""
    rows = await world.rows("SELECT sku, sum(greatest(on_hand - reserved - allocated - safety, 0)) AS units FROM stock"
                            " GROUP BY sku")  # fmt: skip
    return {row["sku"]: int(row["units"]) for row in rows}


def shelf(world: World) -> dict[str, int]:
    return dict(shown(world.doubles.file("double_channel"), "webshop"))


async def test_the_first_publication_goes_in_steps_of_bounded_size(world: World, steps: list[int]) -> None:
    await stocked(world)

    assert steps == [STEP, STEP, SKUS - 2 * STEP]
    assert shelf(world) == await on_shelf(world)
    sent: list[Any] = [one.detail["levels"] for one in world.effects("double_channel", "channel.stock")]
    assert [len(levels) for levels in sent] == steps


async def test_a_change_is_told_for_what_it_touched_however_much_stock_there_is(world: World, steps: list[int]) -> None:
    await stocked(world)
    steps.clear()
    await world.stock("SKU-0007", "DC-NL", 3)
    await world.stock("NEW", "ST-AMS", 1)

    read = await told(world)

    assert steps == [2]
    assert read <= 4 * len(NODES), "the rows of both SKUs, in older versions too"
    assert shelf(world)["SKU-0007"] == 13
    assert shelf(world) == await on_shelf(world)


async def test_a_count_is_told_for_the_skus_of_its_node(world: World, steps: list[int]) -> None:
    await stocked(world)
    await world.stock("ELSEWHERE", "ST-BER", 1)
    await told(world)
    steps.clear()
    await world.run(
        import_snapshot, [Snapshot("wms", TUESDAY, frozenset({"ST-BER"}), (("ELSEWHERE", "ST-BER", 9, 0),))]
    )

    await told(world)

    assert steps == [1]
    assert shelf(world) == await on_shelf(world)


async def test_what_is_kept_for_others_is_taken_off_as_soon_as_it_is_kept(world: World, steps: list[int]) -> None:
    await stocked(world)
    await world.items("SKU-0001")
    steps.clear()
    kept = Protection("DC-NL", "SKU-0001", "WEB-NL", "GOLD", 2)

    await world.run(put_protections, [ProtectionChange(world.identity(), kept)])
    await told(world)

    assert steps == [1]
    assert shelf(world)["SKU-0001"] == 8


async def test_another_buffer_and_a_node_left_out_concern_every_sku(world: World, steps: list[int]) -> None:
    await stocked(world)
    await world.stock("ONLY", "ST-AMS", 4)
    await told(world)

    await world.network(channel={"stock_buffer": 2, "node_ids": frozenset({"DC-NL"})})
    await told(world)

    assert set(shelf(world).values()) == {3, 0}
    assert shelf(world)["ONLY"] == 0


async def test_a_feed_that_was_forgotten_is_made_up_for_by_all_stock(world: World, steps: list[int]) -> None:
    await stocked(world)
    await world.stock("SKU-0007", "DC-NL", 3)
    async with world.database.transaction() as tx:
        await inventory.forget(tx, older_than_seconds=0)
        kept = await tx.fetch("SELECT FROM stock_change")
        await tx.execute("UPDATE stock_change SET noted_at = noted_at - interval '1 day'")
    async with world.database.transaction() as tx:
        await inventory.forget(tx, older_than_seconds=0)
        left = await tx.fetch("SELECT FROM stock_change")
    steps.clear()

    await told(world)

    assert (len(kept) > 0, left) == (True, [])
    assert sum(steps) == SKUS
    assert shelf(world)["SKU-0007"] == 13


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_happens_between_steps_is_told_in_the_end(world: World, steps: list[int], seed: int) -> None:
    await stocked(world)
    random = Random(seed)
    actions: list[Callable[[], Any]] = [
        lambda: world.stock(f"SKU-{random.randint(1, SKUS):04}", random.choice(NODES), random.randint(1, 5)),
        lambda: world.stock(f"NEW-{random.randint(1, 9)}", random.choice(NODES), random.randint(1, 5)),
        lambda: told(world),
    ]
    for _ in range(25):
        await random.choice(actions)()
    await told(world)

    assert shelf(world) == await on_shelf(world)


async def two_channels(world: World) -> tuple[str, str]:
    """Has another channel sell from the same nodes, less one unit of each SKU; both are told."""
    network = network_of()
    other = replace(network.channels[CHANNEL], channel_id="OUTLET", stock_buffer=1)
    channels = {**network.channels, "OUTLET": other}
    await world.ask(PUT_NETWORK, Replacement(replace(network, channels=channels)))
    await stocked(world)
    await told(world, "OUTLET")
    return CHANNEL, "OUTLET"


async def test_channels_that_sell_from_the_same_nodes_are_told_from_one_reading(world: World, steps: list[int]) -> None:
    both = await two_channels(world)
    await told(world, *both)
    steps.clear()
    await world.stock("SKU-0007", "DC-NL", 3)
    await world.stock("SKU-0008", "DC-NL", 3)

    read = await told(world, *both)

    assert steps == [2], "one reading for both"
    assert read <= 2 * 4 * len(NODES)
    assert await levels_told(world, "OUTLET") == {sku: units - 1 for sku, units in (await on_shelf(world)).items()}


async def test_a_channel_that_was_told_later_than_another_catches_up_with_it(world: World, steps: list[int]) -> None:
    both = await two_channels(world)
    await world.stock("SKU-0007", "DC-NL", 3)
    await told(world)
    await world.stock("SKU-0008", "DC-NL", 4)
    steps.clear()

    await told(world, *both)

    units = await on_shelf(world)
    assert sorted(steps) == [1, 2], "each of what changed since it was told"
    assert await levels_told(world, CHANNEL) == units
    assert await levels_told(world, "OUTLET") == {sku: count - 1 for sku, count in units.items()}


async def levels_told(world: World, channel_id: str) -> dict[str, int]:
    """What a channel was told last, by SKU."""
    rows = await world.rows(
        "SELECT sku, available FROM published_level WHERE channel_id = %(channel_id)s", channel_id=channel_id
    )
    return {row["sku"]: row["available"] for row in rows}
