"""Binds the timers of money, and what balances are asked, to their flows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from hub.database.tx import Tx
from hub.flows.money.await_actions import end_actions
from hub.flows.money.renew_authorizations import renew_authorizations
from hub.flows.money.review_credit import review_credit
from hub.flows.money.settle_balances import settle_balances
from hub.gate.change import Surroundings
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.tasks import ReviewCredit, SettleBalance
from hub.messages.timers import AuthorizationDue, CustomerActionDue
from hub.work.handlers import Messages, Refused, Task, flow_task


class PaymentTimers(Struct, frozen=True):
    """What is done when the time of money is over, and with balances that the hub keeps."""

    surroundings: Surroundings

    async def renew(self, tx: Tx, messages: Messages[AuthorizationDue], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.authorization`: its subject is the authorization."""
        flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
        await renew_authorizations(flow, [message.payload.order_id for message in messages])
        self.surroundings.record(flow.touched)
        return None

    async def end_actions(
        self, tx: Tx, messages: Messages[CustomerActionDue], _: Sequence[Any], at: Instant
    ) -> Refused:
        """`timer.customer_action`: its subject is the authorization."""
        flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
        await end_actions(flow, [message.payload for message in messages])
        self.surroundings.record(flow.touched)
        return None

    async def settle_balances(
        self, tx: Tx, messages: Messages[SettleBalance], _: Sequence[Any], at: Instant
    ) -> Refused:
        """`balance.settle`: an order asks for an amount of a balance."""
        flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
        await settle_balances(flow, [message.payload for message in messages])
        self.surroundings.record(flow.touched)
        return None

    async def review_credit(self, tx: Tx, messages: Messages[ReviewCredit], _: Sequence[Any], at: Instant) -> Refused:
        """`credit.review`: orders wait for an account, or something of it became free."""
        flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
        await review_credit(flow, [message.payload for message in messages])
        self.surroundings.record(flow.touched)
        return None

    def handlers(self) -> list[Task]:
        """What is done with each timer of money, and with what balances are asked."""
        return [
            flow_task(AuthorizationDue, self.renew),
            flow_task(CustomerActionDue, self.end_actions),
            flow_task(SettleBalance, self.settle_balances),
            flow_task(ReviewCredit, self.review_credit),
        ]
