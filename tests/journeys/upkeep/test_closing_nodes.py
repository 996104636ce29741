"""A node is closed: what it has not worked ships from elsewhere, what it works is asked back and its answer decides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hub.api.orders.changes import CANCEL_LINES, SOURCE_AGAIN
from hub.api.setup.network_changes import CLOSE_NODE
from hub.cases.case import Case
from hub.flows.orders.source_again import SourceAgain
from hub.holds.model import HoldType
from hub.network.errors import UnknownNode
from hub.orders.errors import OrderActionNotAllowed, OrderNotFound
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest
from tests.support.drafts import draft, line
from tests.support.world import World

DAY = timedelta(days=1)
SLOW = {"pick_after_minutes": 300, "pack_after_minutes": 310, "ship_after_minutes": 320}


async def placed_at_the_center(world: World) -> Case:
    await world.stock("SHIRT", "DC-NL", 10)
    await world.stock("SHIRT", "ST-BER", 10)
    return await world.place(draft("W-1", [line("SHIRT", 2, "50.00")]))


def shipped_from(case: Case) -> list[str]:
    return [one.node_id for one in case.shipments]


async def test_units_that_are_only_reserved_are_given_up_at_once(world: World) -> None:
    await world.network(channel={"hold_rule": "true"})
    case = await placed_at_the_center(world)
    await world.settle()
    assert await world.on_shelf("SHIRT", "DC-NL") == (10, 2, 0)
    await world.ask(CLOSE_NODE, ("DC-NL", True))

    done = await world.ask(SOURCE_AGAIN, SourceAgain(case.order_id, "DC-NL"))

    assert (done.freed, done.requested) == (2, 0)
    assert await world.on_shelf("SHIRT", "DC-NL") == (10, 0, 0)
    assert [one.type for one in done.case.holds] == [HoldType.MANUAL], "holds stay"


@pytest.mark.parametrize(
    ("answers", "leaves"),
    [("accept", ["ST-BER"]), ("reject", ["DC-NL"]), ("later:90", ["DC-NL"])],
)
async def test_units_that_a_node_works_ship_from_elsewhere_once_it_gives_them_up_in_time(
    world: World, answers: str, leaves: list[str]
) -> None:
    await world.network(profiles={"wms": {**SLOW, "cancel": answers}})
    case = await placed_at_the_center(world)
    await world.advance(timedelta(minutes=30))
    await world.ask(CLOSE_NODE, ("DC-NL", True))

    done = await world.ask(SOURCE_AGAIN, SourceAgain(case.order_id, "DC-NL"))
    await world.advance(timedelta(minutes=61))

    assert (done.freed, done.requested) == (0, 2)
    assert world.notices("RETURN_OFFERED") == [], "nobody canceled, so nobody is offered a return"
    at = "DC-NL" if leaves == ["DC-NL"] else "ST-BER"
    case = await world.case(case.order_id)
    assert {one.node_id for one in case.slices} == {at}


async def test_what_was_given_up_ships_from_elsewhere_and_is_paid_once(world: World) -> None:
    await world.network(profiles={"wms": SLOW})
    case = await placed_at_the_center(world)
    await world.advance(timedelta(minutes=30))
    await world.ask(CLOSE_NODE, ("DC-NL", True))
    await world.ask(SOURCE_AGAIN, SourceAgain(case.order_id, "DC-NL"))

    await world.advance(3 * DAY)

    case = await world.case(case.order_id)
    assert (case.order.state, shipped_from(case)) == (OrderState.CLOSED, ["ST-BER"])
    assert world.money("payment.capture") == ["100.00"]
    assert await world.exceptions() == []


async def test_an_order_reserved_at_a_node_that_closes_is_sourced_again_when_it_is_released(world: World) -> None:
    case = await placed_at_the_center(world)
    await world.ask(CLOSE_NODE, ("DC-NL", True))

    await world.advance(2 * DAY)

    assert shipped_from(await world.case(case.order_id)) == ["ST-BER"]


async def test_units_asked_back_are_canceled_once_the_node_gives_them_back(world: World) -> None:
    await world.network(profiles={"wms": {**SLOW, "cancel": "later:30"}})
    case = await placed_at_the_center(world)
    await world.settle()
    await world.ask(SOURCE_AGAIN, SourceAgain(case.order_id))

    await world.ask(CANCEL_LINES, CancelRequest(case.order_id, "changed mind"))
    await world.advance(DAY)

    assert (await world.case(case.order_id)).order.state is OrderState.CANCELED
    assert await world.exceptions() == []


async def test_what_cannot_be_sourced_again_is_refused(world: World) -> None:
    case = await placed_at_the_center(world)
    await world.ask(CANCEL_LINES, CancelRequest(case.order_id, "no more"))

    with pytest.raises(OrderActionNotAllowed):
        await world.ask(SOURCE_AGAIN, SourceAgain(case.order_id))
    with pytest.raises(OrderNotFound):
        await world.ask(SOURCE_AGAIN, SourceAgain(world.identity()))
    with pytest.raises(UnknownNode):
        await world.ask(CLOSE_NODE, ("NOWHERE", True))
