"""Binds what returns, their refunds and claims wait for to the flows that act when the wait is over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from hub.database.tx import Tx
from hub.flows.returns.authorize_returns import expire_returns
from hub.flows.returns.await_refunds import await_refunds
from hub.flows.returns.decide_claims import name_undecided
from hub.gate.change import Surroundings
from hub.kernel.instant import Instant
from hub.messages.timers import ClaimDue, RefundDue, ReturnDeadline
from hub.tasks.running import run_flow
from hub.work.handlers import Messages, Refused, Task, flow_task


class ReturnDeadlines(Struct, frozen=True):
    """What is done when the time of a return, a refund or a claim is over."""

    surroundings: Surroundings

    def handlers(self) -> list[Task]:
        """Return what is bound."""
        return [
            flow_task(ReturnDeadline, self.expire_returns),
            flow_task(RefundDue, self.await_refunds),
            flow_task(ClaimDue, self.name_undecided),
        ]

    async def expire_returns(
        self, tx: Tx, messages: Messages[ReturnDeadline], _: Sequence[Any], at: Instant
    ) -> Refused:
        """Returns whose units did not come in time."""
        await run_flow(
            self.surroundings, tx, messages, expire_returns, [message.payload.return_id for message in messages]
        )
        return None

    async def await_refunds(self, tx: Tx, messages: Messages[RefundDue], _: Sequence[Any], at: Instant) -> Refused:
        """Returns of withdrawals whose refund is due soon."""
        await run_flow(
            self.surroundings, tx, messages, await_refunds, [message.payload.return_id for message in messages]
        )
        return None

    async def name_undecided(self, tx: Tx, messages: Messages[ClaimDue], _: Sequence[Any], at: Instant) -> Refused:
        """Claims that nobody decided in time."""
        claims = [(message.payload.order_id, message.payload.claim_id) for message in messages]
        await run_flow(self.surroundings, tx, messages, name_undecided, claims)
        return None
