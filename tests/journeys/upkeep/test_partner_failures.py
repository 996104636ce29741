"""Partners that fail, stay silent or say things twice: every effect happens once, and orders go on."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from adapters.sdk.doubles.faults import FaultKind
from hub.orders.lifecycle import OrderState
from tests.support.drafts import draft, line
from tests.support.world import World

TROUBLE = (
    FaultKind.TIMEOUT_AFTER,
    FaultKind.TIMEOUT_BEFORE,
    FaultKind.RESET_AFTER,
    FaultKind.UNAVAILABLE,
    FaultKind.RATE_LIMITED,
    FaultKind.SERVER_ERROR,
)
OPERATIONS = (
    ("double_payment", "Authorize", "payment.authorize"),
    ("double_payment", "Capture", "payment.capture"),
    ("double_warehouse", "ReleaseFulfillmentOrder", "warehouse.release"),
)


@pytest.mark.parametrize("fault", TROUBLE)
async def test_an_operation_that_fails_on_the_way_takes_effect_once(world: World, fault: FaultKind) -> None:
    for name, method, _ in OPERATIONS:
        world.doubles.fault(name, method, fault)
    placed = await ordered(world)

    await world.advance(timedelta(days=2))

    case = await world.case(placed)
    assert case.order.state is OrderState.CLOSED
    for name, _, kind in OPERATIONS:
        assert len(world.effects(name, kind)) == 1
    assert world.money("payment.capture") == ["105.00"]
    assert await world.exceptions() == []


async def test_a_capture_whose_answer_was_lost_is_looked_up_before_anything_else(world: World) -> None:
    world.doubles.fault("double_payment", "Capture", FaultKind.TIMEOUT_AFTER)
    await ordered(world)

    await world.advance(timedelta(days=2))

    calls = [one.method for one in world.doubles.log("double_payment").calls()]
    assert calls == ["Authorize", "Capture", "FindOperation"]


@pytest.mark.parametrize("fault", [FaultKind.DUPLICATE, FaultKind.REORDER, FaultKind.PARTIAL])
async def test_updates_that_come_twice_or_in_pieces_change_nothing_in_the_end(world: World, fault: FaultKind) -> None:
    world.doubles.fault("double_warehouse", "PullUpdates", fault, times=8)
    world.doubles.fault("double_transport", "PullUpdates", fault, times=8)
    placed = await ordered(world)

    await world.advance(timedelta(days=3))

    case = await world.case(placed)
    assert case.order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["105.00"]
    assert len(case.shipments) == 1


async def test_a_capture_that_is_refused_leaves_shipped_value_with_a_name(world: World) -> None:
    world.doubles.fault("double_payment", "Capture", FaultKind.REFUSE, "insufficient_funds")
    placed = await ordered(world)

    await world.advance(timedelta(days=2))

    assert (await world.case(placed)).order.state is OrderState.CLOSED
    assert world.money("payment.capture") == []
    assert await world.exceptions() == ["CAPTURE_FAILED"]


async def test_a_release_that_a_warehouse_refuses_goes_to_another_node(world: World) -> None:
    await world.stock("VASE", "ST-BER", 5)
    world.doubles.fault("double_warehouse", "ReleaseFulfillmentOrder", FaultKind.REFUSE, "closed")
    placed = await ordered(world)

    await world.advance(timedelta(days=4))

    case = await world.case(placed)
    assert case.order.state is OrderState.CLOSED
    assert [one.node_id for one in case.shipments] == ["ST-BER"]
    assert await world.on_shelf("VASE", "DC-NL") == (5, 0, 0)


async def ordered(world: World) -> UUID:
    await world.stock("VASE", "DC-NL", 5)
    return (await world.place(draft("W-80", [line("VASE", 2, "50.00")], shipping="5.00"))).order_id
