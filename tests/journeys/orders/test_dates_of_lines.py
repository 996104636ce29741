"""Lines with dates: not shipped before one, canceled after another."""

from __future__ import annotations

from datetime import timedelta

from hub.network.model import ShortagePolicy
from hub.orders.lifecycle import OrderState
from hub.slices.lifecycle import SliceState
from tests.support.drafts import draft, line
from tests.support.world import TUESDAY, World

NEXT_WEEK = TUESDAY + timedelta(days=7)


async def test_a_line_with_an_earliest_date_keeps_its_stock_and_leaves_on_that_date(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 10)
    await world.stock("MUG", "DC-NL", 10)
    lines = [line("SHIRT", 1), line("MUG", 1, ship_not_before=NEXT_WEEK)]
    placed = await world.place(draft("W-1", lines))

    await world.advance(timedelta(days=6))
    early = await world.case(placed.order_id)
    assert {one.sku: one.state for one in early.slices} == {
        "SHIRT": SliceState.DELIVERED,
        "MUG": SliceState.RESERVED,
    }

    await world.advance(timedelta(days=4))
    late = await world.case(placed.order_id)
    assert late.order.state is OrderState.CLOSED
    assert max(one.shipped_at for one in late.shipments) > NEXT_WEEK


async def test_units_that_did_not_ship_by_their_latest_date_are_canceled(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 10)
    await world.items("MUG")
    lines = [line("SHIRT", 1, cancel_after=NEXT_WEEK), line("MUG", 1, cancel_after=NEXT_WEEK)]
    placed = await world.place(draft("W-1", lines, shortage_policy=ShortagePolicy.BACKORDER))

    await world.advance(timedelta(days=8))

    case = await world.case(placed.order_id)
    assert case.order.state is OrderState.CLOSED
    assert {one.sku: one.state for one in case.slices} == {
        "SHIRT": SliceState.DELIVERED,
        "MUG": SliceState.CANCELED,
    }
    assert world.money("payment.capture") == ["10.00"]
    assert world.money("payment.reverse") == ["10.00"]
