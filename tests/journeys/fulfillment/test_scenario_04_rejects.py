"""A chain of rejects: no node is asked twice, and the order ends with its authorization given back if nobody ships."""

from __future__ import annotations

from datetime import timedelta

from hub.api.orders.changes import SOURCE_AGAIN
from hub.flows.orders.source_again import SourceAgain
from hub.orders.lifecycle import OrderState
from tests.support.drafts import draft, line
from tests.support.world import TUESDAY, World

TEN_DAYS = timedelta(days=10)


async def rejected_twice(world: World) -> None:
    await world.network(profiles={"stores": {"reject_nodes": ["ST-AMS", "ST-BER"]}})
    for node_id in ("ST-AMS", "ST-BER"):
        await world.stock("CUP", node_id, 1)


async def test_scenario_04_two_nodes_reject_none_is_asked_again_and_the_order_ends_after_ten_days(world: World) -> None:
    await rejected_twice(world)
    placed = await world.place(draft("W-4", [line("CUP", 1, "20.00", cancel_after=TUESDAY + TEN_DAYS)]))

    await world.advance(timedelta(days=2))

    case = await world.case(placed.order_id)
    assert [one.node_id for one in case.fulfillment_orders] == ["ST-AMS", "ST-BER"]
    assert {slice_.node_id for slice_ in case.slices} == {None}
    assert await world.exceptions() == ["STOCK_SHORT"]
    await world.stock("CUP", "ST-AMS", 5)
    await world.advance(timedelta(days=7))
    assert len((await world.case(placed.order_id)).fulfillment_orders) == 2, "no node is asked again"

    await world.advance(timedelta(days=2))

    case = await world.case(placed.order_id)
    assert case.order.state is OrderState.CANCELED
    assert world.money("payment.authorize") == ["20.00"]
    assert world.money("payment.reverse") == ["20.00"]
    assert world.money("payment.capture") == []
    assert await world.exceptions() == []


async def test_a_node_that_rejected_is_asked_again_only_by_a_person(world: World) -> None:
    await rejected_twice(world)
    placed = await world.place(draft("W-5", [line("CUP", 1, "20.00")]))
    await world.advance(timedelta(days=1))
    await world.network()

    await world.ask(SOURCE_AGAIN, SourceAgain(placed.order_id, "ST-BER"))
    await world.advance(timedelta(days=5))

    case = await world.case(placed.order_id)
    assert [one.node_id for one in case.shipments] == ["ST-BER"]
    assert world.money("payment.capture") == ["20.00"]
