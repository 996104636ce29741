"""What shipped and nothing covers is named until it is collected or comes back: then nobody is asked to collect it."""

from __future__ import annotations

import pytest

from adapters.sdk.doubles.faults import FaultKind
from hub.api.orders.changes import COLLECT_PAYMENT
from hub.api.returns.return_changes import GRANT_CREDITS
from hub.cases.case import Case
from hub.orders.lifecycle import OrderState
from hub.payments.errors import NothingToCollect
from hub.returns.errors import CreditExceedsPaid
from hub.returns.model import CreditRequest
from tests.support.drafts import draft, line
from tests.support.returns import bring_back, delivered, sold
from tests.support.world import World


async def uncovered(world: World) -> Case:
    world.doubles.fault("double_payment", "Capture", FaultKind.REFUSE)
    await world.stock("SHIRT", "DC-NL", 2)
    case = await delivered(world, draft("W-1", [line("SHIRT", 2, "50.00")]))
    assert await details(world) == ["100.00 EUR shipped and not covered by any instrument."]
    return case


async def details(world: World) -> list[str]:
    rows = await world.rows(
        "SELECT detail FROM exception_record WHERE resolved_at IS NULL AND reason = 'CAPTURE_FAILED'"
    )
    return [str(row["detail"]) for row in rows]


async def test_goods_that_nobody_paid_for_and_that_came_back_are_not_to_be_collected_any_more(world: World) -> None:
    case = await uncovered(world)

    await bring_back(world, case.order_id)
    assert await details(world) == ["50.00 EUR shipped and not covered by any instrument."]
    await bring_back(world, case.order_id)

    assert await world.exceptions() == []


async def test_what_nothing_covered_is_collected_once_by_the_customers_card(world: World) -> None:
    case = await uncovered(world)

    await world.ask(COLLECT_PAYMENT, case.order_id)
    await world.settle()

    assert world.money("payment.capture") == ["100.00"]
    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED
    assert await world.exceptions() == []
    with pytest.raises(NothingToCollect):
        await world.ask(COLLECT_PAYMENT, case.order_id)


async def test_what_could_not_be_refunded_is_not_given_a_second_time_as_a_credit(world: World) -> None:
    case = await sold(world, 1)
    world.doubles.fault("double_payment", "Refund", FaultKind.REFUSE)
    await bring_back(world, case.order_id)
    assert await world.exceptions() == ["REFUND_FAILED"]

    with pytest.raises(CreditExceedsPaid):
        await world.ask(GRANT_CREDITS, CreditRequest(case.order_id, 5000, "EUR", "refund failed"))
