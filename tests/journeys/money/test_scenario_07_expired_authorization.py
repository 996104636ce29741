"""Scenario 7: an authorization that ends before the goods are there, or while a node has them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hub.api.orders.changes import ADD_INSTRUMENT
from hub.cases.case import Case
from hub.flows.money.add_instruments import AddedCard
from hub.holds.model import HoldStatus, HoldType
from hub.network.model import ShortagePolicy
from hub.orders.lifecycle import OrderState
from hub.payments.errors import NothingToCollect
from hub.slices.lifecycle import SliceState
from tests.support.drafts import card, draft, line
from tests.support.world import World

DAY = timedelta(days=1)


async def waiting_for_goods(world: World, token: str = "tok_visa") -> Case:
    """An order of 200.00 that is authorized for seven days, and whose goods come on day nine."""
    await world.items("DESK")
    placed = await world.place(
        draft(
            "W-7",
            [line("DESK", 1, "200.00")],
            instruments=[card(token=token)],
            shortage_policy=ShortagePolicy.BACKORDER,
        )
    )
    await world.advance(9 * DAY)
    assert world.money("payment.authorize") == ["200.00"]
    return await world.case(placed.order_id)


def called(world: World) -> list[tuple[str, str]]:
    """What the provider did, in order: kind and amount."""
    effects = [one for one in world.effects("double_payment") if one.kind.startswith("payment.")]
    return [(one.kind.removeprefix("payment."), str(one.detail["amount"])) for one in effects]


async def test_scenario_7_goods_that_are_ready_on_day_nine_are_authorized_again_before_they_are_released(
    world: World,
) -> None:
    case = await waiting_for_goods(world)
    assert called(world) == [("authorize", "200.00"), ("reverse", "200.00")]

    await world.stock("DESK", "DC-NL", 1)
    await world.advance(timedelta(minutes=1))

    assert called(world)[2:] == [("authorize", "200.00")]
    events = await world.events(case.order_id)
    assert events.count("PaymentAuthorized") == 2
    assert events.index("FulfillmentOrderReleased") > events.index("PaymentReversed")
    assert "PaymentAuthorized" not in events[events.index("FulfillmentOrderReleased") :]
    await world.advance(3 * DAY)
    assert called(world)[3:] == [("capture", "200.00")]
    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED


async def test_scenario_7_a_card_that_is_declined_then_holds_the_units_until_another_card_covers_them(
    world: World,
) -> None:
    case = await waiting_for_goods(world)
    await world.network(profiles={"cards": {"declined_tokens": ["tok_visa"]}})
    await world.stock("DESK", "DC-NL", 1)
    await world.advance(timedelta(minutes=1))

    case = await world.case(case.order_id)
    (held,) = [one for one in case.holds if one.status is HoldStatus.ACTIVE]
    assert (held.type, [one.state for one in case.slices]) == (HoldType.PAYMENT, [SliceState.RESERVED])
    (told,) = await world.rows("SELECT * FROM exception_record WHERE resolved_at IS NULL")
    assert (told["owner"], str(case.order_id) in told["suggested_command"]) == ("customer-service", True)

    await world.advance(DAY)
    await world.ask(ADD_INSTRUMENT, AddedCard(case.order_id, "CARD", "tok_master"))
    await world.advance(timedelta(minutes=1))

    case = await world.case(case.order_id)
    assert [one.state for one in case.slices] == [SliceState.RELEASED]
    assert await world.exceptions() == []
    assert (await world.case(case.order_id)).order.promises == {1: datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC)}
    await world.advance(4 * DAY)
    assert called(world) == [
        ("authorize", "200.00"),
        ("reverse", "200.00"),
        ("authorize", "200.00"),
        ("capture", "200.00"),
    ]
    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED


async def test_what_a_node_has_is_authorized_again_before_its_authorization_ends(world: World) -> None:
    await world.network(profiles={"wms": {"ship_after_minutes": 9 * 1440}})
    await world.stock("DESK", "DC-NL", 1)
    placed = await world.place(draft("W-7", [line("DESK", 1, "200.00")]))

    await world.advance(12 * DAY)

    assert called(world) == [
        ("authorize", "200.00"),
        ("authorize", "200.00"),
        ("reverse", "200.00"),
        ("capture", "200.00"),
    ]
    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED


async def test_parcels_on_their_way_are_charged_while_a_decline_holds_the_rest(world: World) -> None:
    await world.network(profiles={"wms": {"ship_after_minutes": 3 * 1440}})
    await world.stock("LAMP", "DC-NL", 1)
    await world.items("DESK")
    lines = [line("LAMP", 1, "50.00"), line("DESK", 1, "150.00")]
    placed = await world.place(draft("W-7", lines, shortage_policy=ShortagePolicy.BACKORDER))
    await world.advance(DAY)
    await world.network(profiles={"wms": {"ship_after_minutes": 3 * 1440}, "cards": {"declined_tokens": ["tok_visa"]}})

    await world.advance(9 * DAY)
    await world.stock("DESK", "DC-NL", 1)
    await world.advance(DAY)

    assert world.money("payment.capture") == ["50.00"]
    case = await world.case(placed.order_id)
    assert sorted(one.state.value for one in case.slices) == ["DELIVERED", "RESERVED"]
    assert await world.exceptions() == ["ON_HOLD"]


async def test_a_card_is_not_added_to_an_order_that_is_covered_or_has_ended(world: World) -> None:
    await world.stock("DESK", "DC-NL", 1)
    placed = await world.place(draft("W-7", [line("DESK", 1, "200.00")]))
    with pytest.raises(NothingToCollect, match="still owes an answer"):
        await world.ask(ADD_INSTRUMENT, AddedCard(placed.order_id, "CARD", "tok_master"))
    await world.settle()
    with pytest.raises(NothingToCollect, match="is covered"):
        await world.ask(ADD_INSTRUMENT, AddedCard(placed.order_id, "CARD", "tok_master"))
    await world.advance(5 * DAY)
    with pytest.raises(NothingToCollect, match="CLOSED"):
        await world.ask(ADD_INSTRUMENT, AddedCard(placed.order_id, "CARD", "tok_master"))
    assert world.money("payment.authorize") == ["200.00"]
