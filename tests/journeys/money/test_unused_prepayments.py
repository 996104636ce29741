"""What a channel took and no shipment uses is given back by the channel, once; where it cannot be, a person is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.sdk.doubles.faults import FaultKind
from hub.api.orders.changes import CANCEL_LINES
from hub.cases.case import Case
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest
from tests.support.drafts import card, contact, draft, line, prepaid
from tests.support.returns import balance
from tests.support.world import World


async def canceled(world: World, case: Case, units: int | None = None) -> None:
    lines = ((1, units),) if units else ()
    await world.ask(CANCEL_LINES, CancelRequest(case.order_id, "the customer changed their mind", lines))
    await world.settle()


async def placed(world: World, buyer: str = "Ada Visser", **changes: object) -> Case:
    await world.stock("SHIRT", "DC-NL", 2)
    asked = draft(
        "W-1",
        [line("SHIRT", 2, "50.00")],
        shipping="5.00",
        customer=contact(buyer),
        **({"instruments": [prepaid()]} | changes),  # type: ignore[arg-type]
    )
    case = await world.place(asked)
    await world.settle()
    return case


def given_back(world: World) -> list[str]:
    return [str(one.detail["amount"]) for one in world.effects("double_channel", "channel.refund")]


@pytest.mark.parametrize(("buyer", "state"), [("Ada Visser", OrderState.CANCELED), ("Fraud Ster", OrderState.REJECTED)])
async def test_the_channel_gives_back_all_that_it_took_for_an_order_of_which_nothing_ships(
    world: World, buyer: str, state: OrderState
) -> None:
    case = await placed(world, buyer)
    if state is OrderState.CANCELED:
        await canceled(world, case)
    await world.advance(timedelta(days=1))

    assert (await world.case(case.order_id)).order.state is state
    assert given_back(world) == ["105.00"]
    assert [await balance(world, one) for one in ("prepayment", "channel_clearing")] == [0, 0]
    assert await world.exceptions() == []


async def test_a_canceled_unit_is_given_back_at_once_and_the_rest_pays_for_what_ships(world: World) -> None:
    case = await placed(world)

    await canceled(world, case, 1)
    assert given_back(world) == ["50.00"]
    await world.advance(timedelta(days=2))

    case = await world.case(case.order_id)
    assert case.order.state is OrderState.CLOSED
    assert given_back(world) == ["50.00"]
    assert [one.value_minor for one in case.shipments] == [5500]
    assert [await balance(world, one) for one in ("prepayment", "channel_clearing")] == [0, 5500]


async def test_units_that_nobody_finds_are_given_back_when_they_are_canceled(world: World) -> None:
    await world.items("SHIRT")
    await world.stock("SHIRT", "DC-NL", 2, there=1)
    case = await world.place(draft("W-1", [line("SHIRT", 2, "50.00")], shipping="5.00", instruments=[prepaid()]))
    await world.advance(timedelta(days=2))
    await canceled(world, case)

    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED
    assert given_back(world) == ["50.00"]


async def test_money_of_a_channel_without_an_account_is_named_for_a_person_to_give_back(world: World) -> None:
    await world.network(channel={"channel_account_id": ""})
    case = await placed(world)

    await canceled(world, case)
    await world.advance(timedelta(days=1))

    assert (await world.case(case.order_id)).order.state is OrderState.CANCELED
    assert given_back(world) == []
    assert await world.exceptions() == ["REFUND_FAILED"]


async def test_money_that_the_channel_does_not_give_back_is_named_for_a_person_to_give_back(world: World) -> None:
    world.doubles.fault("double_channel", "RefundPayment", FaultKind.REFUSE)
    case = await placed(world)

    await canceled(world, case, 1)
    assert await world.exceptions() == ["REFUND_FAILED"]
    await canceled(world, case)

    assert given_back(world) == ["55.00"]
    assert await balance(world, "prepayment") == -5000


async def test_a_card_that_nothing_needs_any_more_is_given_back_at_once_beside_what_the_channel_took(
    world: World,
) -> None:
    case = await placed(world, instruments=[prepaid("60.00"), card("45.00")])

    await canceled(world, case, 1)
    assert (given_back(world), world.money("payment.reverse")) == (["5.00"], ["45.00"])
    await world.advance(timedelta(days=2))

    assert (given_back(world), world.money("payment.reverse")) == (["5.00"], ["45.00"])
    assert world.money("payment.capture") == []
    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED


async def test_of_a_card_what_still_has_to_pay_is_kept_until_its_parcel_is_charged(world: World) -> None:
    case = await placed(world, instruments=[prepaid("40.00"), card("65.00")])

    await canceled(world, case, 1)
    assert (given_back(world), world.money("payment.reverse")) == ([], ["50.00"])
    await world.advance(timedelta(days=2))

    assert (given_back(world), world.money("payment.reverse")) == ([], ["50.00"])
    assert world.money("payment.capture") == ["15.00"]
    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED
