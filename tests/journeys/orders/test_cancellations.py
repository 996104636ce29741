"""Cancellations: at once where nobody works on the units, else as the node answers; never refunded and shipped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from adapters.sdk.doubles.faults import FOR_EVER, FaultKind
from hub.api.orders.changes import CANCEL_LINES
from hub.cases.case import Case
from hub.flows.orders.cancel_lines import Canceled
from hub.network.model import ShortagePolicy
from hub.orders.errors import OrderActionNotAllowed, QuantityNotCancelable
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest
from hub.slices.lifecycle import SliceState
from tests.support.drafts import contact, draft, line
from tests.support.world import World


async def test_an_order_canceled_before_its_release_is_reversed_and_its_stock_is_free(world: World) -> None:
    await world.stock("HAT", "DC-NL", 3)
    placed = await world.place(draft("W-70", [line("HAT", 3, "30.00")], customer=contact("Review Me")))
    await world.settle()

    canceled = await cancel(world, placed)
    await world.advance(timedelta(days=1))

    assert (canceled.canceled, canceled.requested) == (3, 0)
    assert (await world.case(placed.order_id)).order.state is OrderState.CANCELED
    assert world.money("payment.reverse") == ["90.00"]
    assert world.effects("double_warehouse", "warehouse.release") == []
    assert await world.on_shelf("HAT", "DC-NL") == (3, 0, 0)
    assert await world.exceptions() == []


async def test_units_that_wait_are_canceled_at_once_and_the_rest_ships(world: World) -> None:
    await world.stock("HAT", "DC-NL", 1)
    lines = [line("HAT", 3, "30.00")]
    placed = await world.place(draft("W-71", lines, shipping="5.00", shortage_policy=ShortagePolicy.BACKORDER))
    await world.settle()

    canceled = await cancel(world, placed, (1, 2))
    await world.advance(timedelta(days=2))

    assert (canceled.canceled, canceled.requested) == (2, 0)
    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["35.00"]
    assert world.money("payment.reverse") == ["60.00"]


async def test_a_node_that_accepts_gives_the_units_back(world: World) -> None:
    placed = await released(world, {})
    canceled = await cancel(world, placed)
    await world.advance(timedelta(days=2))

    assert (canceled.canceled, canceled.requested) == (0, 3)
    await ends_canceled(world, placed)


async def test_a_node_that_accepts_later_gives_the_units_back(world: World) -> None:
    placed = await released(world, {"cancel": "later:40"})
    await cancel(world, placed)
    await world.advance(timedelta(minutes=39))
    assert (await world.case(placed.order_id)).order.state is OrderState.CONFIRMED

    await world.advance(timedelta(days=2))

    await ends_canceled(world, placed)


async def test_part_of_a_fulfillment_order_canceled_leaves_the_rest_to_ship(world: World) -> None:
    placed = await released(world, {})
    await cancel(world, placed, (1, 1))

    await world.advance(timedelta(days=2))

    case = await world.case(placed.order_id)
    assert case.order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["60.00"]
    assert world.money("payment.reverse") == ["30.00"]
    assert await world.on_shelf("HAT", "DC-NL") == (1, 0, 0)


async def test_scenario_06_a_warehouse_that_refuses_to_cancel_ships_and_the_customer_may_return(world: World) -> None:
    placed = await released(world, {"cancel": "later:40:reject"})
    await cancel(world, placed)

    await world.advance(timedelta(days=2))

    await ends_shipped(world, placed)


async def test_scenario_06_no_answer_by_sixty_minutes_counts_as_a_refusal(world: World) -> None:
    placed = await released(world, {"cancel": "later:600"})
    await cancel(world, placed)
    await world.advance(timedelta(minutes=59))
    assert world.notices("RETURN_OFFERED") == []

    await world.advance(timedelta(minutes=1))
    assert world.notices("RETURN_OFFERED") == ["RETURN_OFFERED"]
    await world.advance(timedelta(days=2))

    await ends_shipped(world, placed)


async def test_what_has_left_cannot_be_canceled(world: World) -> None:
    placed = await released(world, {})
    await world.advance(timedelta(minutes=121))
    with pytest.raises(QuantityNotCancelable):
        await cancel(world, placed)

    await world.advance(timedelta(days=2))
    with pytest.raises(OrderActionNotAllowed):
        await cancel(world, placed)


async def test_units_asked_for_once_are_not_asked_for_again(world: World) -> None:
    placed = await released(world, {"cancel": "later:40"})
    await cancel(world, placed, (1, 2))

    with pytest.raises(QuantityNotCancelable):
        await cancel(world, placed, (1, 2))

    await world.advance(timedelta(days=2))
    assert world.money("payment.capture") == ["30.00"]


async def test_a_line_named_twice_counts_for_what_it_sums_to(world: World) -> None:
    await world.stock("HAT", "DC-NL", 3)
    placed = await world.place(draft("W-72", [line("HAT", 3, "30.00")], customer=contact("Review Me")))
    await world.settle()

    with pytest.raises(QuantityNotCancelable):
        await cancel(world, placed, (1, 2), (1, 2))
    canceled = await cancel(world, placed, (1, 1), (1, 2))

    assert canceled.canceled == 3


async def test_a_cancel_before_the_authorization_answers_is_reversed_when_it_does(world: World) -> None:
    await world.stock("HAT", "DC-NL", 3)
    placed = await world.place(draft("W-73", [line("HAT", 3, "30.00")]))

    await cancel(world, placed)
    await world.settle()

    case = await world.case(placed.order_id)
    assert case.order.state is OrderState.CANCELED
    assert world.money("payment.authorize") == world.money("payment.reverse") == ["90.00"]
    assert world.effects("double_warehouse", "warehouse.release") == []


async def released(world: World, profile: Mapping[str, Any]) -> Case:
    await world.network(profiles={"wms": {"ship_after_minutes": 120, **profile}})
    await world.stock("HAT", "DC-NL", 3)
    placed = await world.place(draft("W-74", [line("HAT", 3, "30.00")]))
    await world.advance(timedelta(minutes=10))
    case = await world.case(placed.order_id)
    assert {one.state for one in case.slices} == {SliceState.ACCEPTED}
    return case


async def cancel(world: World, case: Case, *lines: tuple[int, int]) -> Canceled:
    return await world.ask(CANCEL_LINES, CancelRequest(case.order_id, "the customer changed their mind", lines))


async def ends_canceled(world: World, placed: Case) -> None:
    case = await world.case(placed.order_id)
    assert case.order.state is OrderState.CANCELED
    assert world.money("payment.reverse") == ["90.00"]
    assert world.money("payment.capture") == []
    assert world.effects("double_warehouse", "shipped") == []
    assert await world.on_shelf("HAT", "DC-NL") == (3, 0, 0)
    assert await world.exceptions() == []


async def ends_shipped(world: World, placed: Case) -> None:
    case = await world.case(placed.order_id)
    assert case.order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["90.00"]
    assert world.money("payment.reverse") == []
    assert world.effects("double_warehouse", "warehouse.cancel") == []
    assert world.notices("RETURN_OFFERED") == ["RETURN_OFFERED"]
    assert await world.exceptions() == ["CANCEL_REFUSED"]


async def test_a_reversal_the_provider_refuses_is_named_and_not_asked_for_again(world: World) -> None:
    await world.stock("HAT", "DC-NL", 3)
    placed = await world.place(draft("W-75", [line("HAT", 3, "30.00")], customer=contact("Review Me")))
    await world.settle()
    world.doubles.fault("double_payment", "Reverse", FaultKind.REFUSE, "not_possible", times=FOR_EVER)

    await cancel(world, placed)
    await world.settle()

    assert (await world.case(placed.order_id)).order.state is OrderState.CANCELED
    assert len(world.doubles.log("double_payment").calls("Reverse")) == 1
    assert await world.exceptions() == ["PARTNER_REFUSED"]
