"""Refunds that fail, stay unanswered or are blocked: the customer is owed until paid, once, and nothing is lost."""

from __future__ import annotations

import pytest

from adapters.sdk.doubles.faults import FaultKind
from hub.api.orders.changes import RESOLVE_HOLD
from hub.api.returns.return_changes import GRANT_CREDITS
from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.flows.orders.resolve_holds import HoldDecision
from hub.holds import operations as holds
from hub.holds.errors import BlockedByHold
from hub.holds.model import Hold, HoldStatus, HoldType, Operation
from hub.orders.lifecycle import OrderState
from hub.payments.model import TransactionKind
from hub.returns.model import CreditRequest
from tests.support.returns import authorize, balance, bring_back, credited, inspect, receive, request, sold
from tests.support.world import World

TROUBLE = (FaultKind.TIMEOUT_AFTER, FaultKind.TIMEOUT_BEFORE, FaultKind.RESET_AFTER, FaultKind.UNAVAILABLE)


@pytest.mark.parametrize("fault", TROUBLE)
async def test_a_refund_that_fails_on_the_way_is_made_once(world: World, fault: FaultKind) -> None:
    case = await sold(world, 1)
    world.doubles.fault("double_payment", "Refund", fault)

    await bring_back(world, case.order_id)

    assert world.money("payment.refund") == ["50.00"]
    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED
    assert await balance(world, "customer") == 0


async def test_a_refund_whose_answer_was_lost_is_looked_up_and_never_repeated(world: World) -> None:
    case = await sold(world, 1)
    world.doubles.fault("double_payment", "Refund", FaultKind.TIMEOUT_AFTER)

    await bring_back(world, case.order_id)

    calls = [one.method for one in world.doubles.log("double_payment").calls()]
    assert calls[-2:] == ["Refund", "FindOperation"]


async def test_a_refund_that_the_provider_refuses_stays_owed_and_a_person_is_told(world: World) -> None:
    case = await sold(world, 1)
    world.doubles.fault("double_payment", "Refund", FaultKind.REFUSE)

    await bring_back(world, case.order_id)

    assert world.money("payment.refund") == []
    assert await world.exceptions() == ["REFUND_FAILED"]
    assert (await balance(world, "payable"), await balance(world, "customer")) == (-5000, 0)


async def test_a_hold_that_blocks_refunds_keeps_the_money_until_it_is_lifted(world: World) -> None:
    case = await sold(world, 2)
    held = await blocked(world, case)
    with pytest.raises(BlockedByHold):
        await authorize(world, request(case.order_id, keep=True))
    with pytest.raises(BlockedByHold):
        await world.ask(GRANT_CREDITS, CreditRequest(case.order_id, 100, "EUR", "late"))

    back = await authorize(world, request(case.order_id))
    await receive(world, back)
    inspected = await inspect(world, back)
    await world.settle()
    assert credited(inspected) == [5000]
    assert refunds(await world.case(case.order_id)) == []

    await world.ask(RESOLVE_HOLD, HoldDecision(case.order_id, held.hold_id, HoldStatus.RESOLVED))
    await world.settle()
    assert world.money("payment.refund") == ["50.00"]


async def blocked(world: World, case: Case) -> Hold:
    """Puts a hold on an order that blocks refunds."""
    blocks = frozenset({Operation.REFUND})
    held = Hold(
        world.identity(), case.order_id, HoldType.FRAUD, HoldStatus.ACTIVE, "stolen?", blocks, await world.now()
    )

    async def put(flow: FlowContext, several: list[Hold]) -> list[Hold]:
        await holds.save(flow.tx, several)
        return several

    await world.run(put, [held])  # type: ignore[arg-type]
    return held


def refunds(case: Case) -> list[int]:
    return [one.amount_minor for one in case.payments.transactions if one.kind is TransactionKind.REFUND]
