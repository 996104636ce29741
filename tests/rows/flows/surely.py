"""What placing without a look must hold, as checks that a naive variant turns red."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from hub.cases.intake import Planned
from hub.database.tx import Unexpected
from hub.flows.place_orders import place_orders, plan
from hub.inventory.model.supply import SafetyChange
from hub.inventory.operations import protections
from hub.kernel.scope import HUB
from hub.orders.model import Draft
from tests.support.drafts import draft, line
from tests.support.world import TUESDAY, World

Check = Callable[[World], Awaitable[None]]


async def placed_surely(world: World, drafts: Sequence[Draft], meanwhile: Callable[[], Awaitable[object]]) -> bool:
    """Places drafts without a look after something came between; answers whether that was possible."""
    async with world.database.reading() as tx:
        planning = await world.surroundings.unit(tx, HUB)
        answers = await plan(planning, drafts)
    plans = [one for one in answers if isinstance(one, Planned)]
    assert len(plans) == len(drafts)
    await meanwhile()
    try:
        async with world.database.transaction() as tx:
            await place_orders(await world.surroundings.following(planning, tx, causes={}), plans)
    except Unexpected:
        return False
    return True


async def units_kept_for_others_are_left(world: World) -> None:
    """Two of the five are safety stock: a plan for three breaks where another took one."""
    await world.stock("A", "DC-NL", 5)
    async with world.database.transaction() as tx:
        await protections.set_safety(tx, [SafetyChange(world.identity(), "A", "DC-NL", 2)], at=TUESDAY)

    done = await placed_surely(world, [draft("P-1", [line("A", 3)])], lambda: world.place(draft("P-2", [line("A", 1)])))

    assert (done, await world.on_shelf("A", "DC-NL")) == (False, (5, 1, 0))


async def units_that_went_are_not_promised(world: World) -> None:
    """All the units of one of two lines went: neither the order nor the other line's claim stands."""
    await world.stock("A", "DC-NL", 1)
    await world.stock("B", "DC-NL", 1)

    done = await placed_surely(
        world, [draft("P-1", [line("A"), line("B")])], lambda: world.place(draft("P-2", [line("A")]))
    )

    assert not done
    assert await world.on_shelf("B", "DC-NL") == (1, 0, 0)
    assert await world.rows("SELECT FROM orders WHERE channel_reference = 'P-1'") == []


async def several_who_want_one_row_are_counted_together(world: World) -> None:
    """Three orders of one unit each claim three units of the row, in one write."""
    await world.stock("A", "DC-NL", 3)

    drafts = [draft(f"P-{number}", [line("A")]) for number in range(3)]
    done = await placed_surely(world, drafts, lambda: world.on_shelf("A", "DC-NL"))

    assert (done, await world.on_shelf("A", "DC-NL")) == (True, (3, 3, 0))
    assert await world.audit() == []


async def what_a_plan_rests_on_is_still_in_force(world: World) -> None:
    """An item put meanwhile, or a network, and what was planned before is planned again."""
    await world.stock("A", "DC-NL", 2)

    after_item = await placed_surely(world, [draft("P-1", [line("A")])], lambda: world.items("B"))
    after_network = await placed_surely(
        world, [draft("P-2", [line("A")])], lambda: world.network(channel={"hold_rule": "unit_count > 90"})
    )

    assert (after_item, after_network) == (False, False)
    assert await world.on_shelf("A", "DC-NL") == (2, 0, 0)


CHECKS = (
    what_a_plan_rests_on_is_still_in_force,
    units_kept_for_others_are_left,
    units_that_went_are_not_promised,
    several_who_want_one_row_are_counted_together,
)
