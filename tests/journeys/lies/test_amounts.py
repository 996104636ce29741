"""Holders of money that say another amount than was asked: booked as it was moved, the rest named; or not believed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from adapters.sdk.doubles.faults import FaultKind
from hub.api.orders.changes import CANCEL_LINES, REPORT_PAYMENTS, RESOLVE_HOLD
from hub.flows.orders.resolve_holds import HoldDecision
from hub.holds.model import HoldStatus
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest
from hub.payments.model import PaymentEventKind, PaymentReport, TransactionKind
from tests.support.drafts import draft, line, prepaid
from tests.support.returns import balance, bring_back, sold
from tests.support.world import TUESDAY, World

TEN = "amount.units=10;amount.nanos=0"
DOLLARS = "amount.currency_code=USD"
MORE = "amount.units=900"
NONE = "amount="


async def ordered(world: World, **changes: object) -> UUID:
    await world.stock("VASE", "DC-NL", 5)
    placed = await world.place(draft("W-80", [line("VASE", 2, "50.00")], shipping="5.00", **changes))  # type: ignore[arg-type]
    return placed.order_id


async def booked(world: World, order_id: UUID, kind: TransactionKind) -> list[tuple[str, int, str]]:
    case = await world.case(order_id)
    steps = [one for one in case.payments.transactions if one.kind is kind]
    return sorted((one.state.value, one.amount_minor, one.failure_code) for one in steps)


async def test_a_capture_of_less_is_booked_as_taken_and_the_rest_is_uncovered(world: World) -> None:
    world.doubles.fault("double_payment", "Capture", FaultKind.SAY, TEN)
    placed = await ordered(world)

    await world.advance(timedelta(days=2))

    captures = await booked(world, placed, TransactionKind.CAPTURE)
    assert captures == [("FAILED", 9500, "NOT_MOVED"), ("SUCCEEDED", 1000, "PARTLY_MOVED")]
    assert await booked(world, placed, TransactionKind.UNCOLLECTABLE) == [("SUCCEEDED", 9500, "")]
    assert (await balance(world, "cash"), await balance(world, "uncollectable")) == (1000, 9500)
    assert "CAPTURE_FAILED" in await world.exceptions()


@pytest.mark.parametrize("lie", [DOLLARS, MORE, NONE])
@pytest.mark.parametrize("method", ["Authorize", "Capture"])
async def test_an_amount_that_cannot_be_true_is_asked_for_again_and_nothing_is_repeated(
    world: World, method: str, lie: str
) -> None:
    world.doubles.fault("double_payment", method, FaultKind.SAY, lie)
    placed = await ordered(world)

    await world.advance(timedelta(days=2))

    assert (await world.case(placed)).order.state is OrderState.CLOSED
    assert world.money(f"payment.{method.lower()}") == ["105.00"]
    assert [one.method for one in world.doubles.log("double_payment").calls()].count(method) == 1
    assert await world.exceptions() == []


@pytest.mark.parametrize("lie", [TEN, "expire_time.seconds=60"])
async def test_an_authorization_of_less_or_of_the_past_counts_as_declined_and_is_asked_again(
    world: World, lie: str
) -> None:
    world.doubles.fault("double_payment", "Authorize", FaultKind.SAY, lie)
    placed = await ordered(world)
    await world.settle()
    assert await world.exceptions() == ["ON_HOLD"]

    (hold,) = (await world.case(placed)).holds
    await world.ask(RESOLVE_HOLD, HoldDecision(placed, hold.hold_id, HoldStatus.RESOLVED))
    await world.advance(timedelta(days=2))

    assert (await world.case(placed)).order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["105.00"]
    assert await world.exceptions() == []


async def test_a_reversal_of_less_says_what_was_not_given_back(world: World) -> None:
    world.doubles.fault("double_payment", "Reverse", FaultKind.SAY, TEN)
    placed = await ordered(world)
    await world.settle()

    await world.ask(CANCEL_LINES, CancelRequest(placed, "changed their mind", ()))
    await world.advance(timedelta(days=1))

    assert await booked(world, placed, TransactionKind.REVERSAL) == [
        ("FAILED", 9500, "NOT_MOVED"),
        ("SUCCEEDED", 1000, "PARTLY_MOVED"),
    ]
    assert await world.exceptions() == ["PARTNER_REFUSED"]


async def test_a_refund_of_less_leaves_the_rest_owed_and_named(world: World) -> None:
    case = await sold(world, 1)
    world.doubles.fault("double_payment", "Refund", FaultKind.SAY, TEN)

    await bring_back(world, case.order_id)

    assert (await balance(world, "payable"), await balance(world, "customer")) == (-4000, 0)
    assert await world.exceptions() == ["REFUND_FAILED"]


@pytest.mark.parametrize(("lie", "left"), [(TEN, ["REFUND_FAILED"]), (DOLLARS, []), (NONE, [])])
async def test_a_channel_that_gives_back_another_amount_is_held_to_it_too(
    world: World, lie: str, left: list[str]
) -> None:
    world.doubles.fault("double_channel", "RefundPayment", FaultKind.SAY, lie)
    placed = await ordered(world, instruments=[prepaid()])
    await world.settle()

    await world.ask(CANCEL_LINES, CancelRequest(placed, "changed their mind", ()))
    await world.advance(timedelta(days=1))

    assert await world.exceptions() == left
    assert len(world.effects("double_channel", "channel.refund")) == 1


@pytest.mark.parametrize(
    ("amount_minor", "currency", "exceptions"),
    [
        (10500, "EUR", []),
        (None, "", []),
        (10501, "EUR", ["PAYMENT_CONTRADICTED"]),
        (10500, "USD", ["PAYMENT_CONTRADICTED"]),
    ],
)
async def test_a_notified_amount_is_compared_with_what_was_asked(
    world: World, amount_minor: int | None, currency: str, exceptions: list[str]
) -> None:
    world.doubles.fault("double_payment", "Capture", FaultKind.UNAVAILABLE, times=2000)
    placed = await ordered(world)
    await world.advance(timedelta(hours=8))
    (capture,) = [
        one for one in (await world.case(placed)).payments.transactions if one.kind is TransactionKind.CAPTURE
    ]
    assert capture.state.value == "REQUESTED"

    told = PaymentReport(
        capture.transaction_id, PaymentEventKind.CAPTURED, TUESDAY, amount_minor=amount_minor, currency=currency
    )
    await world.ask(REPORT_PAYMENTS, told)

    assert sorted(await world.exceptions()) == sorted(["MESSAGES_OVERDUE", *exceptions])
    states = [state for state, _, _ in await booked(world, placed, TransactionKind.CAPTURE)]
    assert states == (["REQUESTED"] if exceptions else ["SUCCEEDED"])
    await world.advance(timedelta(days=1))
