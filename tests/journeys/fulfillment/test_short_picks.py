"""Units that nodes do not have or do not want to ship: they go on from elsewhere."""

from __future__ import annotations

from datetime import timedelta

from hub.api.fulfillment.changes import RECORD_SHORTS
from hub.cases.case import Case
from hub.fulfillment.model import NOWHERE, FulfillmentLine, ShortReason, ShortReport
from hub.orders.lifecycle import OrderState
from tests.support.drafts import draft, line
from tests.support.world import World


async def test_scenario_03_a_partial_short_pick_is_sourced_again(world: World) -> None:
    await world.stock("CUP", "ST-AMS", 5, there=3)
    await world.stock("CUP", "DC-NL", 20)
    placed = await world.place(draft("W-5", [line("CUP", 5, "20.00")], shipping="4.95"))
    await world.settle()
    assert await world.on_shelf("CUP", "ST-AMS") == (5, 0, 5)

    await world.advance(timedelta(minutes=61))

    assert await world.on_shelf("CUP", "ST-AMS") == (3, 0, 3)
    assert await world.on_shelf("CUP", "DC-NL") == (20, 0, 2)

    await world.advance(timedelta(minutes=60))
    assert world.money("payment.capture") == ["64.95"]
    assert await world.on_shelf("CUP", "ST-AMS") == (0, 0, 0)

    await world.advance(timedelta(days=3))

    case = await world.case(placed.order_id)
    assert case.order.state is OrderState.CLOSED
    assert [(one.node_id, one.lines[0].quantity) for one in case.shipments] == [("ST-AMS", 3), ("DC-NL", 2)]
    assert world.money("payment.capture") == ["64.95", "40.00"]
    assert world.notices("ORDER_DELAYED") == ["ORDER_DELAYED"]
    assert await world.exceptions() == []


async def test_a_node_that_rejects_is_not_asked_again(world: World) -> None:
    await world.network(profiles={"stores": {"reject_nodes": ["ST-AMS"]}})
    await world.stock("CUP", "ST-AMS", 5)
    await world.stock("CUP", "DC-NL", 20)
    placed = await world.place(draft("W-6", [line("CUP", 2, "20.00")]))

    await world.advance(timedelta(days=3))

    case = await world.case(placed.order_id)
    assert case.order.state is OrderState.CLOSED
    assert [one.node_id for one in case.fulfillment_orders] == ["ST-AMS", "DC-NL"]
    assert [one.node_id for one in case.shipments] == ["DC-NL"]
    assert await world.on_shelf("CUP", "ST-AMS") == (5, 0, 0)
    assert world.money("payment.capture") == ["40.00"]


async def test_units_that_nobody_has_any_more_wait_with_an_exception_until_stock_comes(world: World) -> None:
    await world.stock("CUP", "ST-AMS", 5, there=3)
    placed = await world.place(draft("W-7", [line("CUP", 5, "20.00")], shipping="4.95"))
    await world.advance(timedelta(hours=3))
    assert await world.exceptions() == ["STOCK_SHORT"]
    assert (await world.case(placed.order_id)).order.state is OrderState.CONFIRMED

    await world.stock("CUP", "DC-NL", 2)
    await world.advance(timedelta(days=2))

    case = await world.case(placed.order_id)
    assert case.order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["64.95", "40.00"]
    assert await world.exceptions() == []


async def test_orders_that_reserved_what_is_not_there_are_sourced_again(world: World) -> None:
    await world.network(profiles={"screening": {"review_names": ["Ada"]}})
    await world.stock("CUP", "ST-AMS", 5, there=3)
    held = await world.place(draft("W-8", [line("CUP", 1, "20.00")]))
    await world.settle()
    await world.network()
    placed = await world.place(draft("W-9", [line("CUP", 4, "20.00")]))
    await world.settle()
    await world.stock("CUP", "DC-NL", 20)

    await world.advance(timedelta(minutes=61))

    assert await world.on_shelf("CUP", "ST-AMS") == (3, 0, 3)
    nodes = {one.node_id for one in (await world.case(held.order_id)).slices}
    assert nodes <= {"DC-NL", None}
    assert {one.node_id for one in (await world.case(placed.order_id)).slices} == {"ST-AMS", "DC-NL"}


async def test_each_short_is_told_to_the_customer_once_also_weeks_after_the_first(world: World) -> None:
    await world.network(
        profiles={"wms": {"pick_after_minutes": 99_999, "pack_after_minutes": 99_999, "ship_after_minutes": 99_999}}
    )
    await world.stock("CUP", "DC-NL", 9)
    placed = await world.place(draft("W-10", [line("CUP", 1, "20.00")]))
    await world.settle()

    await damaged(world, placed)
    await world.advance(timedelta(days=40))
    await damaged(world, placed)
    await world.advance(timedelta(days=1))

    assert world.notices("ORDER_DELAYED") == ["ORDER_DELAYED"] * 2


async def damaged(world: World, placed: Case) -> None:
    """The node that works the order breaks its unit, twice told."""
    work = (await world.case(placed.order_id)).slices[0].fulfillment_order_id or NOWHERE
    report = ShortReport(work, "S-1", await world.now(), (FulfillmentLine(1, 1),), ShortReason.DAMAGED)
    for _ in range(2):
        await world.ask(RECORD_SHORTS, report)
    await world.settle()
