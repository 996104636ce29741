"""Binds labels: what partners are asked about them, what they answer, and labels that do not come in time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.connect.transport import Transport
from hub.database.tx import Tx
from hub.flows.fulfillment.buy_labels import LabelAnswer, name_late_labels, take_labels
from hub.gate.change import Surroundings
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.timers import LabelDue
from hub.messages.transport import BuyLabel, LabelSold, RefundLabel
from hub.outbox.model import Outcome
from hub.work.handlers import Answered, Call, Messages, Refused, Task, flow_task, partner_call


class Labels(Struct, frozen=True):
    """What is done with the answers of partners about labels."""

    surroundings: Surroundings

    async def bought(self, tx: Tx, answered: Answered[BuyLabel, LabelSold | None], at: Instant) -> Refused:
        """Answers to `transport.label`; a pending one is asked for again."""
        answers = [
            LabelAnswer(
                message.payload.order_id,
                message.payload.fulfillment_order_id,
                message.message_id,
                "" if answer.outcome is Outcome.DONE else answer.code or "refused",
                answer.result,
            )
            for message, answer in answered
            if answer.outcome is not Outcome.PENDING
        ]
        return await self._run(tx, take_labels, answers)

    async def refunded(self, tx: Tx, answered: Answered[RefundLabel, object], at: Instant) -> Refused:
        """Answers to `transport.refund_label`; a pending one is asked for again."""
        answers = [
            LabelAnswer(
                message.payload.order_id,
                message.payload.fulfillment_order_id,
                message.payload.label_id,
                "" if answer.outcome is Outcome.DONE else answer.code or "refused",
                voiding=True,
            )
            for message, answer in answered
            if answer.outcome is not Outcome.PENDING
        ]
        return await self._run(tx, take_labels, answers)

    async def late(self, tx: Tx, messages: Messages[LabelDue], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.label`: its subject is the label."""
        return await self._run(tx, name_late_labels, [message.payload for message in messages])

    def handlers(self, transport: Transport, later: Any) -> list[Task | Call]:
        """What partners are asked about labels, and the end of the wait for them."""
        return [
            partner_call(BuyLabel, transport.buy_label, transport.find_label, self.bought, later=later),
            partner_call(RefundLabel, transport.refund_label, transport.find_refund, self.refunded, later=later),
            flow_task(LabelDue, self.late),
        ]

    async def _run(
        self, tx: Tx, run: Callable[[FlowContext, Sequence[Any]], Awaitable[Sequence[Any]]], commands: Sequence[Any]
    ) -> Refused:
        if commands:
            flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
            await run(flow, commands)
            self.surroundings.record(flow.touched)
        return None
