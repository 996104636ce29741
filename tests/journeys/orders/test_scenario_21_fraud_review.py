"""An order under fraud review keeps its stock, and ships by a day promised anew, or ends and gives everything back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from hub.api.orders.changes import RESOLVE_HOLD
from hub.cases.case import Case
from hub.flows.orders.resolve_holds import HoldDecision
from hub.holds.model import HoldStatus, HoldType, Operation
from hub.orders.lifecycle import OrderState
from hub.slices.lifecycle import SliceState
from tests.support.drafts import contact, draft, line
from tests.support.world import World

SHORTLY_BEFORE_THE_CUT_OFF: Final = timedelta(hours=5, minutes=50)
"""From ten in the morning, where the world begins, to ten minutes before goods leave."""
REVIEW: Final = timedelta(minutes=25)
WEDNESDAY: Final = datetime(2026, 11, 18, 22, 59, 59, tzinfo=UTC)
DAY: Final = timedelta(days=1)


async def test_scenario_21_an_approved_order_is_released_by_a_promise_of_its_own_day(world: World) -> None:
    placed = await under_review(world)
    assert placed.order.promises == {1: WEDNESDAY}

    await world.advance(REVIEW)
    await decide(world, placed, HoldStatus.RESOLVED)

    case = await world.case(placed.order_id)
    assert case.order.promises == {1: WEDNESDAY + DAY}
    assert len(case.fulfillment_orders) == 1
    assert "PromiseChanged" in await world.events(placed.order_id)
    await world.advance(3 * DAY)
    assert world.money("payment.capture") == ["80.00"]
    assert await world.audit() == []


async def test_scenario_21_an_order_approved_before_the_cut_off_keeps_its_day(world: World) -> None:
    placed = await under_review(world)

    await world.advance(timedelta(minutes=5))
    await decide(world, placed, HoldStatus.RESOLVED)

    assert (await world.case(placed.order_id)).order.promises == {1: WEDNESDAY}
    assert "PromiseChanged" not in await world.events(placed.order_id)


async def test_scenario_21_a_rejected_order_gives_money_and_stock_back_at_once(world: World) -> None:
    placed = await under_review(world)
    await world.advance(REVIEW)
    before = await world.now()

    await decide(world, placed, HoldStatus.REJECTED)

    assert await world.now() - before < timedelta(seconds=5)
    assert (await world.case(placed.order_id)).order.state is OrderState.REJECTED
    assert world.money("payment.reverse") == ["80.00"]
    assert await world.on_shelf("RING", "DC-NL") == (1, 0, 0)
    assert await world.audit() == []


async def under_review(world: World) -> Case:
    """An order that scores 91, placed ten minutes before the cut-off: held, with its stock."""
    await world.stock("RING", "DC-NL", 1)
    await world.advance(SHORTLY_BEFORE_THE_CUT_OFF)
    placed = await world.place(draft("W-21", [line("RING", 1, "80.00")], customer=contact("Review Me")))
    await world.settle()
    case = await world.case(placed.order_id)
    (held,) = case.holds
    assert (held.type, held.reason) == (HoldType.FRAUD, "screening scored 91 of 100")
    assert {Operation.RELEASE, Operation.CAPTURE} <= held.blocks
    assert [one.state for one in case.slices] == [SliceState.RESERVED]
    assert case.fulfillment_orders == ()
    return case


async def decide(world: World, placed: Case, status: HoldStatus) -> None:
    (held,) = (await world.case(placed.order_id)).holds
    await world.ask(RESOLVE_HOLD, HoldDecision(placed.order_id, held.hold_id, status))
    await world.settle()
