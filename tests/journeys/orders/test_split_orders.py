"""Orders that ship in several parcels: what they cost is paid once, whatever the way they are split."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal

from hub.orders.lifecycle import OrderState
from hub.orders.model import Discount
from tests.support.drafts import card, draft, gift_card, line
from tests.support.world import World


async def test_scenario_02_an_order_split_by_stock_pays_shipping_once(world: World) -> None:
    await world.stock("MUG", "DC-NL", 7)
    await world.stock("MUG", "ST-BER", 9)
    placed = await world.place(draft("W-2", [line("MUG", 10, "12.50")], shipping="4.95"))

    await world.advance(timedelta(days=4))

    case = await world.case(placed.order_id)
    assert case.order.state is OrderState.CLOSED
    shipped = Counter({one.node_id: one.lines[0].quantity for one in case.shipments})
    assert shipped in (Counter({"DC-NL": 7, "ST-BER": 3}), Counter({"DC-NL": 1, "ST-BER": 9}))
    assert sorted(one.charges_minor for one in case.shipments) == [0, 495]
    captured = [Decimal(amount) for amount in world.money("payment.capture")]
    assert len(captured) == 2
    assert sum(captured) == Decimal("129.95")
    assert world.money("payment.authorize") == ["129.95"]
    assert await world.on_shelf("MUG", "DC-NL") == (7 - shipped["DC-NL"], 0, 0)
    assert await world.on_shelf("MUG", "ST-BER") == (9 - shipped["ST-BER"], 0, 0)


async def test_scenario_22_a_gift_card_pays_first_and_the_card_the_rest(world: World) -> None:
    await world.network(profiles={"wms": {"units_per_parcel": 1}})
    await world.stock("LAMP", "DC-NL", 5)
    await world.stock("DESK", "DC-NL", 5)
    lines = [line("LAMP", 1, "60.00"), line("DESK", 1, "90.00")]
    placed = await world.place(draft("W-3", lines, instruments=[gift_card("40.00"), card()]))
    await world.settle()
    assert sorted(world.money("payment.authorize")) == ["110.00", "40.00"]

    await world.advance(timedelta(days=2))

    case = await world.case(placed.order_id)
    assert case.order.state is OrderState.CLOSED
    by_parcel = {one.shipment_id: one.value_minor for one in case.shipments}
    rank = {one.instrument_id: one.rank for one in case.payments.instruments}
    paid = sorted(
        (by_parcel[one.shipment_id], rank[one.instrument_id], one.amount_minor)
        for one in case.payments.transactions
        if one.shipment_id and one.instrument_id
    )
    assert paid == [(6000, 1, 4000), (6000, 2, 2000), (9000, 2, 9000)]
    assert sorted(world.money("payment.capture")) == ["20.00", "40.00", "90.00"]


async def test_parcels_of_one_fulfillment_order_sum_to_the_line(world: World) -> None:
    await world.network(profiles={"wms": {"units_per_parcel": 2}})
    await world.stock("PEN", "DC-NL", 5)
    discounted = line("PEN", 3, "9.99", discounts=(Discount(500),))
    placed = await world.place(draft("W-4", [discounted], shipping="2.00"))

    await world.advance(timedelta(days=2))

    case = await world.case(placed.order_id)
    assert case.order.state is OrderState.CLOSED
    assert len(case.fulfillment_orders) == 1
    assert sorted(world.money("payment.capture")) == ["18.65", "8.32"]
    assert [one.value_minor for one in sorted(case.shipments, key=lambda one: -one.value_minor)] == [1865, 832]
