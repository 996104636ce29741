"""Carts reserve, order, give back, or run out of time; stock stays exact, and no free unit is refused."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from hub.api.stock.reservations import EXTEND_RESERVATION, RELEASE_RESERVATION, RESERVE_STOCK
from hub.cases.intake.reserving import ReservationDraft
from hub.flows.fulfillment.record_shorts import record_shorts
from hub.flows.stock.keep_reservations import Extension, Release
from hub.flows.upkeep.forget_expired import RESERVATIONS_KEPT, begin
from hub.fulfillment.model import FulfillmentLine, ShortReason, ShortReport
from hub.inventory.errors import InsufficientStock, ReservationEnded
from hub.inventory.lifecycle import ReservationState
from hub.inventory.model.reservation import Reservation, ReservationKind
from hub.inventory.operations import reservations
from hub.kernel.errors import Refusal
from hub.kernel.scope import HUB
from hub.network.model import ShortagePolicy
from hub.orders.lifecycle import OrderState
from hub.slices.lifecycle import SliceState
from tests.support.drafts import bundle, draft, line
from tests.support.world import TUESDAY, World

TTL = timedelta(seconds=120)


async def reserve(world: World, sku: str, units: int = 1, node_id: str = "", ttl: timedelta = TTL) -> Reservation:
    kind = ReservationKind.BOUND if node_id else ReservationKind.FLOATING
    return await world.ask(RESERVE_STOCK, ReservationDraft("WEB-NL", ((sku, units),), kind, node_id, ttl))


async def standing(world: World, made: Reservation) -> Reservation:
    async with world.database.reading() as tx:
        return (await reservations.load(tx, HUB, [made.reservation_id]))[made.reservation_id]


async def events(world: World) -> list[str]:
    rows = await world.rows("SELECT type FROM event WHERE order_id IS NULL ORDER BY written")
    return [row["type"] for row in rows if row["type"] != "StockAdjusted"]


async def test_an_abandoned_cart_frees_its_units_within_five_seconds(world: World) -> None:
    await world.stock("LAMP", "DC-NL", 1)
    made = await reserve(world, "LAMP")

    await world.advance(TTL - timedelta(seconds=1))
    assert await world.on_shelf("LAMP", "DC-NL") == (1, 1, 0)
    await world.advance(timedelta(seconds=1))

    assert await world.on_shelf("LAMP", "DC-NL") == (1, 0, 0)
    assert (await standing(world, made)).state is ReservationState.EXPIRED
    assert await events(world) == ["StockReserved", "ReservationExpired"]


async def test_a_late_timer_never_refuses_units_that_are_free(world: World) -> None:
    await world.stock("LAMP", "DC-NL", 3)
    first, _ = await reserve(world, "LAMP", 2), await reserve(world, "LAMP", 1)
    await without_timers(world, TTL)

    second = await reserve(world, "LAMP", 2)
    placed = await world.place(draft("W-1", [line("LAMP", 1)]))

    assert second.claims == {("LAMP", "DC-NL"): 2}
    assert placed.slices[0].state is SliceState.RESERVED
    assert (await standing(world, first)).state is ReservationState.EXPIRED
    assert await world.on_shelf("LAMP", "DC-NL") == (3, 3, 0)


async def without_timers(world: World, span: timedelta) -> None:
    """Moves business time, and lets no timer fire."""
    async with world.database.transaction() as tx:
        await tx.execute("UPDATE business_clock SET at = at + %(span)s", {"span": span})


async def test_expired_units_wake_orders_that_wait(world: World) -> None:
    await world.stock("LAMP", "DC-NL", 1)
    await reserve(world, "LAMP")
    placed = await world.place(draft("W-2", [line("LAMP", 1)], shortage_policy=ShortagePolicy.BACKORDER))
    await world.settle()
    assert (await world.case(placed.order_id)).slices[0].state is SliceState.BACKORDERED

    await world.advance(TTL + timedelta(seconds=5))

    assert (await world.case(placed.order_id)).slices[0].state not in {SliceState.BACKORDERED, SliceState.OPEN}
    assert await world.exceptions() == []


async def test_a_reserved_cart_is_ordered_shipped_and_closed(world: World) -> None:
    await world.stock("LAMP", "DC-NL", 2)
    await world.stock("SHADE", "DC-NL", 1)
    made = await world.ask(RESERVE_STOCK, ReservationDraft("WEB-NL", (("LAMP", 2), ("SHADE", 1)), ttl=TTL))
    lines = [line("LAMP", 2), line("SHADE", 1)]

    placed = await world.place(draft("W-3", lines, reservation_ids=(made.reservation_id,)))
    await world.advance(timedelta(days=3))

    taken = await standing(world, made)
    assert (taken.state, taken.order_id) == (ReservationState.CONSUMED, placed.order_id)
    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert await world.on_shelf("LAMP", "DC-NL") == (0, 0, 0)
    assert await events(world) == ["StockReserved", "ReservationConsumed"]


async def test_what_the_order_does_not_need_is_free_again_at_once(world: World) -> None:
    await world.stock("LAMP", "DC-NL", 5)
    made = await reserve(world, "LAMP", 5)

    await world.place(draft("W-4", [line("LAMP", 2)], reservation_ids=(made.reservation_id,)))

    assert (await standing(world, made)).lines[0].released == 3
    assert (await reserve(world, "LAMP", 3)).live == 3


async def test_of_two_orders_at_once_one_takes_the_reservation(world: World) -> None:
    await world.stock("LAMP", "DC-NL", 1)
    made = await reserve(world, "LAMP")
    drafts = [draft(f"W-{n}", [line("LAMP", 1)], reservation_ids=(made.reservation_id,)) for n in (5, 6)]

    answers = await asyncio.gather(*(world.place(one) for one in drafts), return_exceptions=True)

    assert sorted(type(one).__name__ for one in answers) == ["Case", "ReservationEnded"]
    assert await world.on_shelf("LAMP", "DC-NL") == (1, 1, 0)
    assert await world.rows("SELECT count(*)::int AS n FROM orders") == [{"n": 1}]


async def test_floating_units_ship_from_wherever_the_order_is_best_served(world: World) -> None:
    await world.stock("LAMP", "DC-UK", 3)
    made = await reserve(world, "LAMP", 2)
    await world.stock("LAMP", "ST-AMS", 2)

    placed = await world.place(draft("W-7", [line("LAMP", 2)], reservation_ids=(made.reservation_id,)))

    assert made.claims == {("LAMP", "DC-UK"): 2}
    assert {one.node_id for one in placed.slices} == {"ST-AMS"}
    assert await world.on_shelf("LAMP", "DC-UK") == (3, 0, 0)


async def test_bound_units_ship_from_their_node_and_the_rest_from_the_best(world: World) -> None:
    await world.stock("LAMP", "DC-UK", 2)
    made = await reserve(world, "LAMP", 2, "DC-UK")
    await world.stock("LAMP", "ST-AMS", 5)

    placed = await world.place(draft("W-8", [line("LAMP", 3)], reservation_ids=(made.reservation_id,)))

    assert {one.node_id: one.quantity for one in placed.slices} == {"DC-UK": 2, "ST-AMS": 1}
    assert placed.order.promises[1] > TUESDAY


async def test_a_reservation_at_a_store_is_kept_there(world: World) -> None:
    await world.stock("LAMP", "ST-AMS", 1)
    made = await reserve(world, "LAMP", 1, "ST-AMS")
    with pytest.raises(InsufficientStock):
        await reserve(world, "LAMP", 1, "ST-AMS")

    placed = await world.place(draft("W-9", [line("LAMP", 1)], reservation_ids=(made.reservation_id,)))

    assert placed.slices[0].node_id == "ST-AMS"


async def test_a_bundle_is_reserved_by_what_it_is_made_of(world: World) -> None:
    await world.stock("LAMP", "DC-NL", 2)
    await world.items(bundle("PAIR", {"LAMP": 2}))

    made = await reserve(world, "PAIR")
    placed = await world.place(draft("W-10", [line("PAIR", 1)], reservation_ids=(made.reservation_id,)))

    assert made.claims == {("LAMP", "DC-NL"): 2}
    assert placed.slices[0].state is SliceState.RESERVED


async def test_a_month_after_its_time_one_that_ended_is_forgotten(world: World) -> None:
    await world.stock("LAMP", "DC-NL", 2)
    ended, _ = await reserve(world, "LAMP"), await reserve(world, "LAMP")
    async with world.database.transaction() as tx:
        await begin(tx, TUESDAY)

    await world.advance(RESERVATIONS_KEPT)
    assert (await standing(world, ended)).state is ReservationState.EXPIRED
    await world.advance(timedelta(days=1, minutes=3))

    assert await world.rows("SELECT FROM reservation") == []
    assert await world.on_shelf("LAMP", "DC-NL") == (2, 0, 0)


async def test_extension_moves_the_end_and_nothing_is_freed_before(world: World) -> None:
    await world.stock("LAMP", "DC-NL", 1)
    made = await reserve(world, "LAMP")
    await world.advance(timedelta(seconds=100))
    await world.ask(EXTEND_RESERVATION, Extension(made.reservation_id, TTL))

    await world.advance(timedelta(seconds=119))
    assert await world.on_shelf("LAMP", "DC-NL") == (1, 1, 0)
    await world.advance(timedelta(seconds=1))

    assert await world.on_shelf("LAMP", "DC-NL") == (1, 0, 0)
    with pytest.raises(ReservationEnded):
        await world.ask(EXTEND_RESERVATION, Extension(made.reservation_id, TTL))
    with pytest.raises(ReservationEnded):
        await world.ask(RELEASE_RESERVATION, Release(made.reservation_id))


async def test_where_a_picker_finds_nothing_reservations_lose_their_units_and_are_told(world: World) -> None:
    await world.stock("LAMP", "DC-NL", 3)
    placed = await world.place(draft("W-11", [line("LAMP", 1)]))
    await world.settle()
    made = await reserve(world, "LAMP", 2)
    case = await world.case(placed.order_id)
    found = ShortReport(
        case.fulfillment_orders[0].fulfillment_order_id,
        "S-1",
        await world.now(),
        (FulfillmentLine(1, 1),),
        ShortReason.NOT_IN_STOCK,
    )

    answers = await world.run(record_shorts, [found])

    assert not [one for one in answers if isinstance(one, Refusal)]
    assert await world.on_shelf("LAMP", "DC-NL") == (0, 0, 0)
    lost = await standing(world, made)
    assert (lost.state, lost.lines[0].released) == (ReservationState.RELEASED, 2)
    (told,) = await world.rows("SELECT facts FROM event WHERE type = 'ReservationReleased'")
    assert told["facts"]["reason"] == "NOT_IN_STOCK"


async def one_waits(world: World, units: int) -> UUID:
    """An order that waits for LAMPs."""
    await world.items("LAMP")
    placed = await world.place(draft("W-90", [line("LAMP", units)], shortage_policy=ShortagePolicy.BACKORDER))
    await world.settle()
    return placed.order_id


async def states(world: World, order_id: UUID) -> set[SliceState]:
    return {one.state for one in (await world.case(order_id)).slices}


async def test_of_units_that_come_reservations_get_what_waiting_orders_leave(world: World) -> None:
    waiting = await one_waits(world, 2)
    await world.stock("LAMP", "DC-NL", 3)

    answers = await asyncio.gather(*(reserve(world, "LAMP") for _ in range(6)), return_exceptions=True)

    assert sum(isinstance(one, Reservation) for one in answers) == 1
    assert sum(isinstance(one, InsufficientStock) for one in answers) == 5
    await world.settle()
    assert await states(world, waiting) == {SliceState.RELEASED}
    assert await world.on_shelf("LAMP", "DC-NL") == (3, 1, 2)


async def test_no_reservation_at_the_node_itself_overtakes_an_order_that_waits(world: World) -> None:
    waiting = await one_waits(world, 2)
    await world.stock("LAMP", "ST-AMS", 2)

    with pytest.raises(InsufficientStock):
        await reserve(world, "LAMP", 1, "ST-AMS")

    await world.settle()
    assert await states(world, waiting) == {SliceState.RELEASED}


async def test_units_of_a_reservation_that_is_over_are_first_for_orders_that_wait(world: World) -> None:
    await world.stock("LAMP", "DC-NL", 1)
    await reserve(world, "LAMP")
    waiting = await one_waits(world, 1)
    await without_timers(world, TTL)

    with pytest.raises(InsufficientStock):
        await world.place(draft("W-91", [line("LAMP", 1)]))
    with pytest.raises(InsufficientStock):
        await reserve(world, "LAMP")

    await world.advance(timedelta(seconds=1))
    assert await states(world, waiting) == {SliceState.RELEASED}


async def test_what_an_order_leaves_of_its_reservation_goes_to_an_order_that_waits(world: World) -> None:
    await world.stock("LAMP", "DC-NL", 5)
    made = await reserve(world, "LAMP", 5)
    waiting = await one_waits(world, 3)

    await world.place(draft("W-92", [line("LAMP", 2)], reservation_ids=(made.reservation_id,)))
    await world.settle()

    assert await states(world, waiting) == {SliceState.RELEASED}
