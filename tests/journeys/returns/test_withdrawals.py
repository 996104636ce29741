"""Customers who withdraw: what has not left is canceled, what they have may come back, and all of it is receipted."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from adapters.sdk.doubles.faults import FaultKind
from hub.api.returns.return_changes import CONFIRM_WITHDRAWALS
from hub.flows.returns.confirm_withdrawals import WithdrawalDraft
from hub.orders.lifecycle import OrderState
from hub.returns import operations as returns
from hub.returns.errors import CustomerMismatch, WithdrawalNotPossible
from hub.returns.model import Withdrawal
from hub.returns.policy.withdrawals import INFORMED
from hub.slices.lifecycle import SliceState
from tests.support.drafts import draft, item, line
from tests.support.world import TUESDAY, World


async def withdraw(
    world: World, order_id: UUID, *lines: tuple[int, int], email: str = "ada@example.com", again: UUID | None = None
) -> Withdrawal:
    """Has a customer confirm it; raises its refusal."""
    confirmed = WithdrawalDraft(order_id, email, lines, INFORMED)
    return await world.ask(CONFIRM_WITHDRAWALS, confirmed, request_id=again)


async def test_what_has_not_left_is_canceled_and_its_money_given_back(world: World) -> None:
    await world.network(profiles={"wms": {"acknowledge_after_minutes": 30}})
    await world.stock("SHIRT", "DC-NL", 2)
    placed = await world.place(draft("W-1", [line("SHIRT", 2, "30.00")], shipping="4.95"))
    await world.settle()

    stated = await withdraw(world, placed.order_id)
    await world.settle()

    assert (stated.canceled + stated.requested, stated.return_id, stated.under_way) == (2, None, 0)
    assert (await world.case(placed.order_id)).order.state is OrderState.CANCELED
    assert world.money("payment.reverse") == ["64.95"]
    assert world.money("payment.capture") == []
    assert await world.on_shelf("SHIRT", "DC-NL") == (2, 0, 0)


async def test_what_was_delivered_may_come_back_on_the_terms_of_the_law(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 2)
    placed = await world.place(draft("W-2", [line("SHIRT", 2, "30.00")], shipping="4.95"))
    await world.advance(timedelta(days=3))

    stated = await withdraw(world, placed.order_id, (1, 1))
    await world.settle()

    case = await world.case(placed.order_id)
    assert case.order.state is OrderState.CONFIRMED
    assert sorted(one.state.value for one in case.slices) == ["DELIVERED", "RETURN_AUTHORIZED"]
    async with world.database.reading() as tx:
        (rma,) = (await returns.load(tx, [placed.order_id]))[placed.order_id]
    assert (rma.return_id, rma.policy_id, rma.fee_minor) == (stated.return_id, "withdrawal", 0)
    assert stated.refund_by - stated.stated_at == timedelta(days=14)
    assert "1 of SHIRT (line 1)" in stated.receipt
    assert f"{stated.stated_at:%Y-%m-%d at %H:%M:%S} UTC" in stated.receipt
    assert world.notices("WITHDRAWAL_CONFIRMED") == ["WITHDRAWAL_CONFIRMED"]


async def test_the_receipt_comes_with_the_answer_while_the_notice_partner_is_down(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 1)
    placed = await world.place(draft("W-3", [line("SHIRT")]))
    await world.settle()
    world.doubles.fault("double_notice", "SendNotice", FaultKind.UNAVAILABLE, times=3)

    stated = await withdraw(world, placed.order_id)

    assert stated.stated_at == TUESDAY
    assert "withdrawal from order W-3" in stated.receipt
    await world.advance(timedelta(hours=2))
    assert world.notices("WITHDRAWAL_CONFIRMED") == ["WITHDRAWAL_CONFIRMED"]


async def test_units_under_way_are_named(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 1)
    placed = await world.place(draft("W-4", [line("SHIRT")]))
    await world.advance(timedelta(hours=3))
    assert (await world.case(placed.order_id)).slices[0].state is SliceState.SHIPPED

    stated = await withdraw(world, placed.order_id)

    assert stated.under_way == 1
    assert await world.exceptions() == ["WITHDRAWN_UNDER_WAY"]


async def test_a_repeat_is_answered_with_the_same_withdrawal(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 1)
    placed = await world.place(draft("W-5", [line("SHIRT")]))
    await world.settle()
    request_id = world.identity()

    first = await withdraw(world, placed.order_id, again=request_id)

    assert await withdraw(world, placed.order_id, again=request_id) == first


async def test_what_cannot_be_withdrawn_from_is_refused_with_what_can_be_done(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 1)
    await world.stock("RING", "DC-NL", 1)
    await world.items(item("RING", attributes={"withdrawal_exemption": "CUSTOM_MADE"}))
    placed = await world.place(draft("W-6", [line("SHIRT"), line("RING")]))

    with pytest.raises(WithdrawalNotPossible, match="Line 2 is exempt"):
        await withdraw(world, placed.order_id, (2, 1))
    with pytest.raises(WithdrawalNotPossible, match="1 units to withdraw from, not 2"):
        await withdraw(world, placed.order_id, (1, 2))
    with pytest.raises(CustomerMismatch):
        await withdraw(world, placed.order_id, email="eve@example.com")
    await world.advance(timedelta(days=30))
    with pytest.raises(WithdrawalNotPossible, match="period is over"):
        await withdraw(world, placed.order_id, (1, 1))
