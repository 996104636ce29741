"""Scenario 27: a payment provider is silent before or after it moved money, and all of it is moved once."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pytest

from adapters.sdk.doubles.faults import FaultKind
from hub.api.orders.changes import RESOLVE_HOLD
from hub.flows.orders.resolve_holds import HoldDecision
from hub.holds.model import HoldStatus
from hub.orders.lifecycle import OrderState
from tests.support.changes import changed
from tests.support.drafts import contact, draft, line
from tests.support.returns import bring_back
from tests.support.world import World

SILENT: Final = (FaultKind.TIMEOUT_AFTER, FaultKind.TIMEOUT_BEFORE)
EXPECTED: Final = {
    "authorize": ["100.00", "30.00"],
    "capture": ["80.00"],
    "reverse": ["20.00", "30.00"],
    "refund": ["50.00"],
}
"""Operation -> the amounts that a provider moves in the life of the order."""


@pytest.mark.parametrize("fault", SILENT)
@pytest.mark.parametrize("operation", EXPECTED)
async def test_scenario_27_each_amount_is_moved_once_whichever_answer_is_lost(
    world: World, operation: str, fault: FaultKind
) -> None:
    world.doubles.fault("double_payment", operation.capitalize(), fault)

    await bought_changed_and_brought_back(world)

    moved = {name: sorted(world.money(f"payment.{name}")) for name in EXPECTED}
    assert moved == EXPECTED
    log = world.doubles.log("double_payment")
    assert log.doubled() == []
    (silent, *_) = [call for call in log.calls() if call.fault]
    asked = [call.method for call in log.calls() if call.operation_key == silent.operation_key]
    assert asked[:2] == [operation.capitalize(), "FindOperation"]
    assert asked.count(operation.capitalize()) == (1 if fault is FaultKind.TIMEOUT_AFTER else 2)
    assert await world.audit() == []
    assert await world.exceptions() == []


async def bought_changed_and_brought_back(world: World) -> None:
    """Two hats for 100.00: one for 30.00 is added, one taken away, both others ship, and the first comes back."""
    await world.stock("HAT", "DC-NL", 5)
    placed = await world.place(draft("W-27", [line("HAT", 2, "50.00")], customer=contact("Review Me")))
    await world.advance(timedelta(hours=1))
    await changed(world, placed, added=(line("HAT", 1, "30.00"),))
    await world.advance(timedelta(hours=1))
    await changed(world, placed, quantities=((1, 1),))
    await world.advance(timedelta(hours=1))
    (hold,) = [one for one in (await world.case(placed.order_id)).holds if one.status is HoldStatus.ACTIVE]
    await world.ask(RESOLVE_HOLD, HoldDecision(placed.order_id, hold.hold_id, HoldStatus.RESOLVED))
    await world.advance(timedelta(days=4))
    await bring_back(world, placed.order_id)
    await world.advance(timedelta(days=1))
    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
