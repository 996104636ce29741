"""Customers who withdraw: what has not left is canceled, what they have may come back, and all of it is receipted."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from adapters.sdk.doubles.faults import FaultKind
from hub.api.returns.return_changes import CONFIRM_WITHDRAWALS, RECORD_RETURNS_IN_TRANSIT
from hub.cases.returns.return_cases import ReturnResult
from hub.flows.returns.confirm_withdrawals import WithdrawalDraft
from hub.orders.lifecycle import OrderState
from hub.returns import operations as returns
from hub.returns.errors import CustomerMismatch, WithdrawalNotPossible
from hub.returns.model import Withdrawal
from hub.returns.policy.withdrawals import INFORMED
from hub.slices.lifecycle import SliceState
from tests.support.drafts import draft, item, line
from tests.support.returns import dispose, inspect, receive, withdrawn
from tests.support.world import TUESDAY, World

DAY = timedelta(days=1)


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


async def test_the_refund_of_goods_that_came_is_named_two_days_before_it_is_late_until_they_are_inspected(
    world: World,
) -> None:
    back = await sent_back_goods(world)
    await receive(world, back)

    await world.advance(11 * DAY)
    assert await world.exceptions() == []
    await world.advance(DAY)
    assert await world.exceptions() == ["WITHDRAWAL_REFUND_DUE"]
    (named,) = await world.rows("SELECT * FROM exception_record WHERE resolved_at IS NULL")
    assert named["deadline_at"] <= await refund_by(world, back.case.order_id)
    assert named["suggested_command"].endswith(f"inspect {back.rma.return_id} 1:1:accepted")

    await inspect(world, back)
    await world.settle()
    assert await world.exceptions() == []
    assert world.money("payment.refund") == ["30.00"]
    await world.advance(3 * DAY)
    assert await world.exceptions() == []


async def test_a_refund_is_withheld_until_the_goods_or_the_proof_of_their_sending_are_there(world: World) -> None:
    back = await sent_back_goods(world)
    await world.advance(15 * DAY)
    assert await world.exceptions() == []

    await world.ask(RECORD_RETURNS_IN_TRANSIT, back.rma.return_id)
    await world.advance(DAY)
    assert await world.exceptions() == ["WITHDRAWAL_REFUND_DUE"]

    await bring_in(world, back)
    assert await world.exceptions() == []
    assert await world.audit() == []


async def test_standard_delivery_is_refunded_with_the_last_goods_of_a_full_withdrawal_and_not_of_a_part(
    world: World,
) -> None:
    await world.stock("SHIRT", "DC-NL", 2)
    placed = await world.place(draft("W-8", [line("SHIRT", 2, "30.00")], shipping="4.95"))
    await world.advance(3 * DAY)

    await withdraw(world, placed.order_id, (1, 1))
    await bring_in(world, await withdrawn(world, placed.order_id))
    assert world.money("payment.refund") == ["30.00"]

    second = await withdraw(world, placed.order_id, (1, 1))
    async with world.database.reading() as tx:
        known = (await returns.load(tx, [placed.order_id]))[placed.order_id]
    (rma,) = [one for one in known if one.return_id == second.return_id]
    await bring_in(world, ReturnResult(await world.case(placed.order_id), rma))
    assert world.money("payment.refund") == ["30.00", "34.95"]
    assert await world.audit() == []


async def sent_back_goods(world: World) -> ReturnResult:
    """The return of one of two shirts that the customer withdrew from."""
    await world.stock("SHIRT", "DC-NL", 2)
    placed = await world.place(draft("W-7", [line("SHIRT", 2, "30.00")], shipping="4.95"))
    await world.advance(3 * DAY)
    await withdraw(world, placed.order_id, (1, 1))
    return await withdrawn(world, placed.order_id)


async def bring_in(world: World, back: ReturnResult) -> None:
    await receive(world, back)
    await inspect(world, back)
    await dispose(world, back)
    await world.settle()


async def refund_by(world: World, order_id: UUID) -> datetime:
    async with world.database.reading() as tx:
        (stated,) = await returns.load_withdrawals(tx, [order_id])
    return stated.refund_by
