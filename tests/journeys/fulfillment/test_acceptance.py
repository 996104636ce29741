"""Nodes that have a time to accept work (`accept_within`): what they do not acknowledge ships from elsewhere, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hub.api.fulfillment.changes import ACKNOWLEDGE, RECORD_SHIPMENTS
from hub.api.orders.changes import CANCEL_LINES, SOURCE_AGAIN
from hub.cases.case import Case
from hub.flows.orders.source_again import SourceAgain
from hub.fulfillment.errors import FulfillmentActionNotAllowed
from hub.fulfillment.lifecycle import FulfillmentState
from hub.fulfillment.model import FulfillmentLine, FulfillmentOrder, ProgressKind, ProgressReport, ShipmentReport
from hub.kernel.instant import Instant
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest
from tests.journeys.upkeep.node_troubles import SILENT
from tests.support.drafts import draft, line
from tests.support.world import World

MINUTES = timedelta(minutes=1)


async def offered(world: World, *, elsewhere: int = 1) -> Case:
    """An order of a cup at a store that has half an hour to accept it, and tells nothing by itself."""
    await world.network(profiles={"stores": SILENT}, nodes={"ST-AMS": {"accept_within_seconds": 1_800}})
    await world.stock("CUP", "ST-AMS", 1)
    await world.stock("CUP", "DC-NL", elsewhere)
    placed = await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.settle()
    return await world.case(placed.order_id)


def taken_on(work: FulfillmentOrder, at: Instant) -> ProgressReport:
    return ProgressReport(work.fulfillment_order_id, ProgressKind.ACKNOWLEDGED, at, ())


async def test_work_that_a_node_does_not_accept_in_its_time_ships_from_elsewhere_once(world: World) -> None:
    case = await offered(world)
    (work,) = case.fulfillment_orders
    assert work.node_id == "ST-AMS"
    await world.advance(29 * MINUTES)
    assert len((await world.case(case.order_id)).fulfillment_orders) == 1

    await world.advance(2 * MINUTES)

    case = await world.case(case.order_id)
    nodes = [(one.node_id, one.state) for one in sorted(case.fulfillment_orders, key=lambda one: one.created_at)]
    assert nodes[0] == ("ST-AMS", FulfillmentState.REJECTED)
    assert [node_id for node_id, _ in nodes] == ["ST-AMS", "DC-NL"]
    assert [one.subject for one in world.effects("double_warehouse", "warehouse.cancel")] != []
    assert await world.on_shelf("CUP", "ST-AMS") == (1, 0, 0)
    assert "AcceptanceMissed" in await world.events(case.order_id)

    with pytest.raises(FulfillmentActionNotAllowed, match="stop working it"):
        await world.ask(ACKNOWLEDGE, taken_on(work, await world.now()))
    await world.advance(timedelta(days=3))
    case = await world.case(case.order_id)
    assert [one.node_id for one in case.shipments] == ["DC-NL"]
    assert case.order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["20.00"]
    assert await world.audit() == []


async def test_a_parcel_that_left_all_the_same_is_to_be_intercepted(world: World) -> None:
    case = await offered(world)
    (work,) = case.fulfillment_orders
    await world.advance(31 * MINUTES)

    parcel = ShipmentReport(work.fulfillment_order_id, "P-1", await world.now(), "", (FulfillmentLine(1, 1),))
    with pytest.raises(FulfillmentActionNotAllowed):
        await world.ask(RECORD_SHIPMENTS, parcel)
    await world.advance(timedelta(days=3))

    assert await world.exceptions() == ["PARCEL_TO_INTERCEPT"]
    assert [one.node_id for one in (await world.case(case.order_id)).shipments] == ["DC-NL"]


async def test_work_that_was_accepted_in_time_stays_where_it_is(world: World) -> None:
    case = await offered(world)
    (work,) = case.fulfillment_orders
    await world.advance(29 * MINUTES)
    await world.ask(ACKNOWLEDGE, taken_on(work, await world.now()))

    await world.advance(60 * MINUTES)

    case = await world.case(case.order_id)
    assert [(one.node_id, one.state) for one in case.fulfillment_orders] == [("ST-AMS", FulfillmentState.ACKNOWLEDGED)]


async def test_units_that_were_to_be_canceled_are_canceled_then(world: World) -> None:
    case = await offered(world)
    await world.ask(CANCEL_LINES, CancelRequest(case.order_id, "changed my mind"))

    await world.advance(31 * MINUTES)

    case = await world.case(case.order_id)
    assert (case.order.state, case.shipments) == (OrderState.CANCELED, ())
    assert await world.audit() == []


async def test_such_a_node_is_offered_the_order_again_only_by_a_person(world: World) -> None:
    case = await offered(world, elsewhere=0)
    await world.advance(31 * MINUTES)
    assert len((await world.case(case.order_id)).fulfillment_orders) == 1

    await world.ask(SOURCE_AGAIN, SourceAgain(case.order_id, "ST-AMS"))
    await world.settle()

    again = (await world.case(case.order_id)).fulfillment_orders
    assert sorted(one.state.value for one in again) == ["CANCELED", "RELEASED"]
    assert {one.node_id for one in again} == {"ST-AMS"}
