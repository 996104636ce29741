"""A sourcing policy that is tried: compared, used for a share of the orders, and stopped where it does worse.

A parcel costs 5.00 from ST-AMS, 6.00 from DC-NL and 13.00 from ST-BER, which alone has both goods.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from hub.api.setup.network_changes import PUT_NETWORK
from hub.kernel.money import Money
from hub.network.model import Replacement, SourcingPolicy, SourcingTrial
from hub.sourcing import operations as sourcing
from hub.sourcing.model import Shipped, Trial
from hub.sourcing.policy.trials import verdict
from tests.support.drafts import draft, line
from tests.support.network import CHANNEL, network_of
from tests.support.world import World

COUNTS = SourcingPolicy(split_cost=Money(300, "EUR"))
SPLITS = SourcingPolicy(split_cost=Money(0, "EUR"), pick_cost=Money(10, "EUR"))
HOUR = timedelta(hours=1)


async def put(world: World, **terms: Any) -> None:
    """Tries to split for nothing, beside a policy to which a second parcel costs 3.00."""
    trial = replace(SourcingTrial("splits", SPLITS, judged_after=4, most_split_permille=1000), **terms)
    network = network_of(channel={"sourcing_policy": COUNTS, "sourcing_trial": trial})
    await world.ask(PUT_NETWORK, Replacement(network))
    await world.surroundings.network.refresh()


async def stock(world: World) -> None:
    for sku, node_id in (("CUP", "ST-AMS"), ("LID", "DC-NL"), ("CUP", "ST-BER"), ("LID", "ST-BER")):
        await world.stock(sku, node_id, 90)


async def placed(world: World, *numbers: int) -> list[set[str | None]]:
    """Place orders of a cup and a lid; return the nodes that each ships from."""
    cases = [await world.place(draft(f"W-{number}", [line("CUP", 1), line("LID", 1)])) for number in numbers]
    return [{slice_.node_id for slice_ in case.slices} for case in cases]


async def figures(world: World) -> Trial:
    async with world.database.reading() as tx:
        trial = await sourcing.trial(tx, CHANNEL, "splits")
    assert trial is not None
    return trial


async def stopped_because(world: World) -> str:
    network = await world.surroundings.network.refresh()
    trial = network.channel(CHANNEL).sourcing_trial
    assert trial is not None
    return trial.stopped_because


async def test_a_shadow_ships_nothing_and_is_compared(world: World) -> None:
    await stock(world)
    await put(world, most_cost_permille=100)

    nodes = await placed(world, 1, 2, 3, 4, 5)
    await world.advance(HOUR)

    assert nodes == [{"ST-BER"}] * 5
    trial = await figures(world)
    assert (trial.counted.orders, trial.counted.parcels, trial.counted.split_orders) == (5, 5, 0)
    assert (trial.tried.orders, trial.tried.parcels, trial.tried.split_orders) == (5, 10, 5)
    assert (trial.counted.cost_millis, trial.tried.cost_millis) == (5 * 1_300_000, 5 * 1_400_000)
    assert dict(trial.tried.parcels_by_node) == {"ST-AMS": 5, "DC-NL": 5}
    assert await stopped_because(world) == ""


async def test_a_canary_ships_its_share_and_each_order_counts_once(world: World) -> None:
    await stock(world)
    await put(world, share_permille=400, most_cost_permille=100)

    nodes = await placed(world, *range(1, 21))
    await world.advance(HOUR)
    await world.advance(HOUR)

    taken = nodes.count({"ST-AMS", "DC-NL"})
    assert 4 <= taken <= 12
    assert nodes.count({"ST-BER"}) == 20 - taken
    trial = await figures(world)
    assert (trial.counted.orders, trial.tried.orders) == (20, 20)
    assert (trial.counted.cost_millis, trial.tried.cost_millis) == (20 * 1_300_000, 20 * 1_400_000)


async def test_a_trial_that_costs_more_than_is_granted_is_stopped_and_stays_stopped(world: World) -> None:
    await stock(world)
    await put(world, share_permille=1000, most_cost_permille=70)

    before = await placed(world, 1, 2, 3)
    await world.advance(HOUR)
    assert await stopped_because(world) == ""
    await placed(world, 4)
    await world.advance(HOUR)

    assert before == [{"ST-AMS", "DC-NL"}] * 3
    assert await stopped_because(world) == "its plans of 4 orders cost more, at most 70 permille more is granted"
    assert await placed(world, 5) == [{"ST-BER"}]
    await put(world, share_permille=1000)
    await world.advance(HOUR)
    assert await placed(world, 6) == [{"ST-BER"}]
    assert (await figures(world)).counted.orders == 4


async def test_a_trial_of_another_name_begins_anew(world: World) -> None:
    await stock(world)
    await put(world, share_permille=1000)
    await placed(world, 1, 2, 3, 4)
    await world.advance(HOUR)
    assert await stopped_because(world)

    await put(world, name="again", share_permille=1000)

    assert await stopped_because(world) == ""
    assert await placed(world, 5) == [{"ST-AMS", "DC-NL"}]


def test_what_a_trial_is_stopped_for() -> None:
    trial = SourcingTrial(
        "T", SPLITS, judged_after=10, most_cost_permille=20, most_split_permille=100, most_late_permille=0
    )
    counted = Shipped(orders=10, parcels=10, cost_millis=1_000)

    def because(**tried: int) -> str:
        return verdict(trial, counted, replace(Shipped(orders=10, cost_millis=1_000), **tried))

    assert because(cost_millis=1_020, split_orders=1) == ""
    assert because(cost_millis=1_021) == "its plans of 10 orders cost more, at most 20 permille more is granted"
    assert because(split_orders=2) == "2 more of 10 orders ship in several parcels, at most 100 of 1,000 are granted"
    assert because(late_orders=1) == "1 more of 10 orders arrive later than they could, at most 0 of 1,000 are granted"
    assert because(waiting_units=1) == "1 more units found no node in 10 orders"
    assert verdict(trial, Shipped(orders=9), Shipped(orders=9, late_orders=9)) == ""
