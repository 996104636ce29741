"""Scenario 8: a change makes an order dearer or cheaper, and the money that is reserved follows it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from adapters.sdk.doubles.faults import FaultKind
from hub.api.orders.changes import RESOLVE_HOLD
from hub.cases.case import Case
from hub.flows.orders.resolve_holds import HoldDecision
from hub.holds.model import HoldStatus
from hub.orders.lifecycle import OrderState
from tests.support.changes import changed
from tests.support.drafts import contact, draft, line, minor
from tests.support.world import World

HELD: Final[dict[str, Any]] = {"customer": contact("Review Me")}
"""The order waits for a person: no node works it yet."""


async def test_scenario_8_30_more_is_authorized_50_less_is_given_back_and_80_is_captured(world: World) -> None:
    placed = await held_order(world)
    await changed(world, placed, added=(line("HAT", 1, "30.00"),))
    await world.settle()
    assert world.money("payment.authorize") == ["100.00", "30.00"]

    await changed(world, placed, quantities=((1, 1),))
    await world.settle()
    assert sorted(world.money("payment.reverse")) == ["20.00", "30.00"]

    await ship(world, placed)
    assert world.money("payment.capture") == ["80.00"]
    assert sorted(world.money("payment.reverse")) == ["20.00", "30.00"]
    assert await world.exceptions() == []


async def test_scenario_8_a_provider_that_gives_back_no_parts_gives_back_the_rest_after_the_capture(
    world: World,
) -> None:
    placed = await held_order(world)
    world.doubles.fault("double_payment", "Reverse", FaultKind.REFUSE, "partial_reversal")

    await changed(world, placed, quantities=((1, 1),))
    await world.settle()
    assert world.money("payment.reverse") == []
    assert await world.exceptions() == ["ON_HOLD"]

    await ship(world, placed)
    assert (world.money("payment.capture"), world.money("payment.reverse")) == (["50.00"], ["50.00"])
    assert await world.exceptions() == []


async def test_what_was_given_back_is_authorized_again_once_the_order_needs_it(world: World) -> None:
    placed = await held_order(world)
    await changed(world, placed, quantities=((1, 1),))
    await changed(world, placed, added=(line("HAT", 1, "50.00"),))

    await ship(world, placed)
    assert world.money("payment.reverse") == ["50.00"]
    assert sum(minor(one) for one in world.money("payment.capture")) == 10_000


async def held_order(world: World) -> Case:
    """Two hats for 100.00, authorized, in an order that a person looks at."""
    await world.stock("HAT", "DC-NL", 5)
    placed = await world.place(draft("W-8", [line("HAT", 2, "50.00")], **HELD))
    await world.settle()
    return placed


async def ship(world: World, placed: Case) -> None:
    case = await world.case(placed.order_id)
    (hold,) = [one for one in case.holds if one.status is HoldStatus.ACTIVE]
    await world.ask(RESOLVE_HOLD, HoldDecision(case.order_id, hold.hold_id, HoldStatus.RESOLVED))
    await world.advance(timedelta(days=4))
    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert await world.audit() == []
