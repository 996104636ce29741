"""Answers that a partner promises for later: each is asked for again, and one that does not come is named."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from hub.connect.line import Line
from hub.flows.money.record_payments import PaymentAnswer, record_payments
from hub.flows.money.report_payments import report_payments
from hub.orders.lifecycle import OrderState
from hub.outbox.model import Answer, Message, Outcome
from hub.payments.model import PaymentEventKind, PaymentReport, TransactionKind, TransactionState
from tests.support.drafts import draft, line
from tests.support.world import World

CHECKS = ("payment.authorize", "fraud.screen", "tax.determine")


@dataclass
class Slow:
    """Partners that do operations of these kinds at once, and say PENDING until `tells`."""

    kinds: tuple[str, ...]
    tells: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Slow:
    slow, operate_for = Slow(request.param), Line.operate_for

    async def later(self: Line, message: Message[Any], stub: Any, rpc: str, *rest: Any) -> Answer[Any]:
        answer = await operate_for(self, message, stub, rpc, *rest)
        if message.kind not in slow.kinds:
            return answer
        slow.asked.append((message.kind, rpc))
        return answer if slow.tells and rpc == "FindOperation" else replace(answer, outcome=Outcome.PENDING)

    monkeypatch.setattr(Line, "operate_for", later)
    return slow


@pytest.mark.parametrize("slow", [(kind,) for kind in CHECKS] + [CHECKS], indirect=True)
async def test_a_check_that_is_answered_later_holds_the_order_until_it_is(world: World, slow: Slow) -> None:
    await world.stock("CUP", "DC-NL", 1)
    placed = await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.advance(timedelta(minutes=1))

    case = await world.case(placed.order_id)
    assert (case.order.state, case.holds) == (OrderState.PLACED, ())
    assert await world.exceptions() == []

    slow.tells = True
    await world.advance(timedelta(minutes=5))

    assert (await world.case(placed.order_id)).order.state is OrderState.CONFIRMED
    assert len(world.effects("double_payment", "payment.authorize")) == 1
    assert {(kind, "FindOperation") for kind in slow.kinds} <= set(slow.asked)


@pytest.mark.parametrize("slow", [("payment.authorize",)], indirect=True)
async def test_an_authorization_is_requested_until_the_provider_reports_it(world: World, slow: Slow) -> None:
    await world.stock("CUP", "DC-NL", 1)
    placed = await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.settle()
    (asked,) = (await world.case(placed.order_id)).payments.transactions
    assert asked.state is TransactionState.REQUESTED

    (reserved,) = world.effects("double_payment", "payment.authorize")
    report = PaymentReport(
        transaction_id=asked.transaction_id,
        kind=PaymentEventKind.AUTHORIZED,
        reference=str(reserved.detail["authorization_reference"]),
        occurred_at=await world.now(),
    )
    await world.run(report_payments, [report])
    await world.settle()

    case = await world.case(placed.order_id)
    assert [one.state for one in case.payments.transactions] == [TransactionState.SUCCEEDED]
    assert case.order.state is OrderState.CONFIRMED
    await world.advance(timedelta(days=2))
    assert await world.exceptions() == []
    assert slow.asked == [("payment.authorize", "Authorize")]


@pytest.mark.parametrize(
    "slow", [("fraud.screen",), ("tax.determine",), ("erp.post",), ("channel.report",)], indirect=True
)
async def test_a_partner_that_never_answers_is_named_after_a_day_until_it_does(world: World, slow: Slow) -> None:
    await world.stock("CUP", "DC-NL", 1)
    await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.advance(timedelta(hours=23))
    assert await world.exceptions() == []

    await world.advance(timedelta(hours=2))
    assert set(await world.exceptions()) == {"ANSWER_OVERDUE"}

    slow.tells = True
    await world.advance(timedelta(days=1))
    assert await world.exceptions() == []


@pytest.mark.parametrize("slow", [("payment.capture",)], indirect=True)
async def test_a_capture_that_is_to_be_answered_later_and_is_not_is_named_until_it_is(world: World, slow: Slow) -> None:
    await world.stock("CUP", "DC-NL", 1)
    placed = await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.advance(timedelta(hours=20))
    assert await world.exceptions() == []

    await world.advance(timedelta(days=3))
    assert await world.exceptions() == ["ANSWER_OVERDUE"]
    assert (await world.case(placed.order_id)).order.state is OrderState.CONFIRMED

    (capture,) = [
        one for one in (await world.case(placed.order_id)).payments.transactions if one.kind is TransactionKind.CAPTURE
    ]
    await world.run(record_payments, [PaymentAnswer(capture.transaction_id, "CAP-1")])

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert await world.exceptions() == []
    assert len(world.effects("double_payment", "payment.capture")) == 1
