"""Lines with dates: not shipped before one, canceled after another; and dates quoted before anyone orders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hub.flows.orders.quote_promises import PromiseRequest, quote_promises
from hub.kernel.errors import Refusal
from hub.kernel.scope import HUB
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


async def test_a_date_is_quoted_as_it_would_be_promised_and_claims_nothing(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    asked = PromiseRequest("WEB-NL", "NL", (("SHIRT", 2), ("SHIRT", 9)))

    async with world.database.reading() as tx:
        flow = await world.surroundings.flow_context(tx, HUB)
        (quoted,) = await quote_promises(flow, [asked])
    placed = await world.place(draft("W-1", [line("SHIRT", 2)]))

    assert not isinstance(quoted, Refusal)
    first = quoted[0]
    assert first.dates is not None
    assert first.dates.ship_at == datetime(2026, 11, 17, 15, tzinfo=UTC), "16:00 in Amsterdam, the cut-off of today"
    assert first.dates.deliver_by == placed.order.promises[1]
    assert sum(one.quantity for one in quoted if one.node_id is None) == 6
