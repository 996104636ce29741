"""Scenario 18: what is ordered before it is there is authorized as it is released, and charged as it ships."""

from __future__ import annotations

from datetime import timedelta

from hub.api.orders.changes import CANCEL_LINES
from hub.api.stock.supply_changes import RECEIVE_SUPPLY
from hub.inventory.model.supply import Receipt, SupplyKey
from hub.network.model import PromiseTerms
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest
from tests.journeys.orders.test_promised_orders import freeze, order
from tests.journeys.orders.test_quotes import DAY, ORDER, expect
from tests.support.drafts import card, draft, line
from tests.support.world import TUESDAY, World


async def test_scenario_18_of_five_preorders_the_three_that_are_served_are_authorized_and_charged_as_they_ship(
    world: World,
) -> None:
    await world.network(channel={"promise_terms": PromiseTerms(demand_tiers=("GOLD",))})
    await expect(world, 5, TUESDAY + 7 * DAY)
    placed = []
    for number, demand_class in enumerate(("", "", "GOLD", "", "GOLD")):
        quote = await freeze(world, 1, demand_class=demand_class)
        placed.append(await order(world, quote.quote_id, f"W-18{number}", 1, demand_class=demand_class))
    await world.advance(7 * DAY)
    assert [one.order.state for one in placed] == [OrderState.PLACED] * 5
    assert world.effects("double_payment") == []

    await expect(world, 5, TUESDAY + 30 * DAY, key=SupplyKey("erp", "PO-2", "10"))
    await world.ask(RECEIVE_SUPPLY, Receipt(world.identity(), ORDER, "R-1", 3, final=True))
    await world.advance(timedelta(minutes=20))
    assert world.money("payment.authorize") == ["10.00"] * 3
    assert world.money("payment.capture") == []
    await world.advance(3 * DAY)

    assert world.money("payment.authorize") == world.money("payment.capture") == ["10.00"] * 3
    states = {one.order.channel_reference: (await world.case(one.order_id)).order.state for one in placed}
    served = {reference for reference, state in states.items() if state is OrderState.CLOSED}
    assert served == {"W-182", "W-184", "W-180"}
    waiting = [one.order_id for one in placed if one.order.channel_reference not in served]
    shipped = await world.rows("SELECT order_id FROM shipment WHERE order_id = ANY(%(ids)s)", ids=waiting)
    assert shipped == []


async def test_an_order_that_ships_in_a_month_is_authorized_as_it_is_released(world: World) -> None:
    await world.stock("LAMP", "DC-NL", 1)
    later = TUESDAY + 30 * DAY
    placed = await world.place(draft("W-18", [line("LAMP", 1, "60.00", ship_not_before=later)]))

    await world.advance(29 * DAY)
    assert (await world.case(placed.order_id)).order.state is OrderState.CONFIRMED
    assert world.effects("double_payment") == []

    await world.advance(6 * DAY)
    assert world.money("payment.authorize") == world.money("payment.capture") == ["60.00"]
    events = await world.events(placed.order_id)
    assert events.index("PaymentAuthorized") < events.index("FulfillmentOrderReleased")


async def test_an_order_of_which_something_leaves_now_is_authorized_now(world: World) -> None:
    await world.stock("LAMP", "DC-NL", 1)
    await world.stock("DESK", "DC-NL", 1)
    lines = [line("LAMP", 1, "60.00", ship_not_before=TUESDAY + 30 * DAY), line("DESK", 1, "40.00")]
    await world.place(draft("W-18", lines))
    await world.settle()

    assert world.money("payment.authorize") == ["100.00"]


async def test_a_preorder_that_is_canceled_costs_nobody_anything(world: World) -> None:
    await world.stock("LAMP", "DC-NL", 1)
    later = TUESDAY + 30 * DAY
    placed = await world.place(draft("W-18", [line("LAMP", 1, "60.00", ship_not_before=later)], instruments=[card()]))
    await world.settle()

    await world.ask(CANCEL_LINES, CancelRequest(placed.order_id, "not any more"))
    await world.advance(40 * DAY)

    assert (await world.case(placed.order_id)).order.state is OrderState.CANCELED
    assert world.effects("double_payment") == []
