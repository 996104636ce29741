"""What placing and reserving without a look must hold, as checks that a naive variant turns red."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from hub.api.orders.changes import PLACE_ORDER
from hub.api.stock.reservations import RESERVE_STOCK
from hub.cases.intake.reserving import ReservationDraft
from hub.database.tx import AssumptionBroken
from hub.flows.stock.reserve_stock import choose_optimistically
from hub.gate.change import Change
from hub.inventory.model.supply import SafetyChange
from hub.inventory.operations import protections
from hub.kernel.errors import Refusal
from hub.kernel.scope import HUB
from hub.network.model import ReservationLimits
from hub.orders.model import Draft
from tests.support.drafts import draft, line
from tests.support.world import TUESDAY, World

Check = Callable[[World], Awaitable[None]]
C = TypeVar("C")
R = TypeVar("R")
CHANNEL = "WEB-NL"


async def placed_optimistically(
    world: World, drafts: Sequence[Draft], meanwhile: Callable[[], Awaitable[object]]
) -> bool:
    """Places drafts without a look after something came between; answers whether that was possible."""
    return await _optimistically(world, PLACE_ORDER, drafts, meanwhile)


async def reserved_optimistically(
    world: World, units: Sequence[int], meanwhile: Callable[[], Awaitable[object]]
) -> bool:
    """Reserves so many units of A, a reservation each, in the same way."""
    return await _optimistically(world, RESERVE_STOCK, [of_a(count) for count in units], meanwhile)


def of_a(units: int, ttl: timedelta | None = None) -> ReservationDraft:
    """A reservation of so many units of A."""
    return ReservationDraft(CHANNEL, (("A", units),), ttl=ttl)


async def _optimistically(
    world: World, change: Change[C, R], commands: Sequence[C], meanwhile: Callable[[], Awaitable[object]]
) -> bool:
    assert change.optimistic is not None
    async with world.database.reading() as tx:
        planning = await world.surroundings.flow_context(tx, HUB)
        plans = await change.optimistic.plan(planning, commands)
    assert not [one for one in plans if one is None or isinstance(one, Refusal)]
    await meanwhile()
    try:
        async with world.database.transaction() as tx:
            await change.optimistic.flow(await world.surroundings.following(planning, tx, causes={}), plans)
    except AssumptionBroken:
        return False
    return True


async def units_kept_for_others_are_left(world: World) -> None:
    """Two of the five are safety stock: a plan for three breaks where another took one."""
    await world.stock("A", "DC-NL", 5)
    async with world.database.transaction() as tx:
        await protections.set_safety(tx, [SafetyChange(world.identity(), "A", "DC-NL", 2)], at=TUESDAY)

    done = await placed_optimistically(
        world, [draft("P-1", [line("A", 3)])], lambda: world.place(draft("P-2", [line("A", 1)]))
    )

    assert (done, await world.on_shelf("A", "DC-NL")) == (False, (5, 1, 0))


async def units_that_went_are_not_promised(world: World) -> None:
    """All the units of one of two lines went: neither the order nor the other line's claim stands."""
    await world.stock("A", "DC-NL", 1)
    await world.stock("B", "DC-NL", 1)

    done = await placed_optimistically(
        world, [draft("P-1", [line("A"), line("B")])], lambda: world.place(draft("P-2", [line("A")]))
    )

    assert not done
    assert await world.on_shelf("B", "DC-NL") == (1, 0, 0)
    assert await world.rows("SELECT FROM orders WHERE channel_reference = 'P-1'") == []


async def several_who_want_one_row_are_counted_together(world: World) -> None:
    """Three orders of one unit each claim three units of the row, in one write."""
    await world.stock("A", "DC-NL", 3)

    drafts = [draft(f"P-{number}", [line("A")]) for number in range(3)]
    done = await placed_optimistically(world, drafts, lambda: world.on_shelf("A", "DC-NL"))

    assert (done, await world.on_shelf("A", "DC-NL")) == (True, (3, 3, 0))
    assert await world.audit() == []


async def what_a_plan_rests_on_is_still_in_force(world: World) -> None:
    """An item put meanwhile, or a network, and what was planned before is planned again."""
    await world.stock("A", "DC-NL", 2)

    after_item = await placed_optimistically(world, [draft("P-1", [line("A")])], lambda: world.items("B"))
    after_network = await placed_optimistically(
        world, [draft("P-2", [line("A")])], lambda: world.network(channel={"hold_rule": "unit_count > 90"})
    )

    assert (after_item, after_network) == (False, False)
    assert await world.on_shelf("A", "DC-NL") == (2, 0, 0)


async def units_that_went_are_not_reserved(world: World) -> None:
    """Of two units one went: neither of two reservations stands, nor what was told of them."""
    await world.stock("A", "DC-NL", 2)

    done = await reserved_optimistically(world, [1, 1], lambda: world.place(draft("P-1", [line("A")])))

    assert (done, await world.on_shelf("A", "DC-NL")) == (False, (2, 1, 0))
    assert await world.rows("SELECT FROM reservation") == []
    assert await world.rows("SELECT FROM event WHERE type = 'StockReserved'") == []


async def safety_stock_is_not_reserved(world: World) -> None:
    """Two of the five are safety stock: a reservation of three breaks where an order took one."""
    await world.stock("A", "DC-NL", 5)
    async with world.database.transaction() as tx:
        await protections.set_safety(tx, [SafetyChange(world.identity(), "A", "DC-NL", 2)], at=TUESDAY)

    done = await reserved_optimistically(world, [3], lambda: world.place(draft("P-1", [line("A", 1)])))

    assert (done, await world.on_shelf("A", "DC-NL")) == (False, (5, 1, 0))


async def several_reservations_of_one_row_are_counted_together(world: World) -> None:
    """Three reservations claim three units of the row, in one write, and expire as any others."""
    await world.stock("A", "DC-NL", 3)

    done = await reserved_optimistically(world, [1, 1, 1], lambda: world.on_shelf("A", "DC-NL"))

    assert (done, await world.on_shelf("A", "DC-NL")) == (True, (3, 3, 0))
    assert await world.audit() == []
    await world.advance(timedelta(hours=1))
    assert await world.on_shelf("A", "DC-NL") == (3, 0, 0)


async def what_a_choice_rests_on_is_still_in_force(world: World) -> None:
    """A network put meanwhile, and where units may be reserved is chosen again."""
    await world.stock("A", "DC-NL", 2)

    done = await reserved_optimistically(world, [1], lambda: world.network(channel={"hold_rule": "unit_count > 90"}))

    assert (done, await world.on_shelf("A", "DC-NL")) == (False, (2, 0, 0))


async def what_needs_a_look_is_not_chosen_without(world: World) -> None:
    """Units that others hold beyond their time, more than there are, and what is refused; but its neighbors are."""
    await world.stock("A", "DC-NL", 2)
    await world.ask(RESERVE_STOCK, of_a(1, timedelta(seconds=60)))
    async with world.database.transaction() as tx:
        await tx.execute("UPDATE business_clock SET at = at + interval '2 minutes'")
    unknown = ReservationDraft(CHANNEL, (("NOTHING", 1),))
    async with world.database.reading() as tx:
        chosen = await choose_optimistically(
            await world.surroundings.flow_context(tx, HUB), [unknown, of_a(1), of_a(1)]
        )

    assert [one is not None for one in chosen] == [False, True, False]


async def nobody_holds_more_than_they_may(world: World) -> None:
    """Three units are the most: of one and one with one held, both are made; with two held meanwhile, neither."""
    await world.stock("A", "DC-NL", 9)
    await world.network(channel={"reservation_limits": ReservationLimits(units_per_client=3)})
    await world.ask(RESERVE_STOCK, of_a(1))

    went = await reserved_optimistically(world, [1, 1], lambda: world.ask(RESERVE_STOCK, of_a(1)))
    done = await reserved_optimistically(world, [1], lambda: world.on_shelf("A", "DC-NL"))

    assert (went, done, await world.on_shelf("A", "DC-NL")) == (False, True, (9, 3, 0))


CHECKS = (
    what_a_plan_rests_on_is_still_in_force,
    units_kept_for_others_are_left,
    units_that_went_are_not_promised,
    several_who_want_one_row_are_counted_together,
    units_that_went_are_not_reserved,
    safety_stock_is_not_reserved,
    several_reservations_of_one_row_are_counted_together,
    what_a_choice_rests_on_is_still_in_force,
    what_needs_a_look_is_not_chosen_without,
    nobody_holds_more_than_they_may,
)
