"""Answers that a partner promises for later: each is waited for, and one that does not come is named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hub.connect.line import Line
from hub.flows.money.record_payments import PaymentAnswer, record_payments
from hub.orders.lifecycle import OrderState
from hub.outbox.model import Answer, Message, Outcome
from hub.payments.model import TransactionKind
from tests.support.drafts import draft, line
from tests.support.world import World


async def test_a_capture_that_is_to_be_answered_later_and_is_not_is_named_until_it_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    operate = Line.operate

    async def later(self: Line, message: Message[Any], *rest: Any) -> Answer[None]:
        if message.kind == "payment.capture":
            return Answer(Outcome.PENDING, None)
        return await operate(self, message, *rest)

    monkeypatch.setattr(Line, "operate", later)
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
