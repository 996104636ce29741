"""Tasks about exchanges: the order of new demand is placed and tied to its return, and settled when it came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from hub.cases.context import PlanStale
from hub.cases.intake.plan_orders import Planned
from hub.cases.returns.exchanges import plan_exchanges
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.flows.orders.place_orders import place_orders
from hub.flows.returns.decide_claims import settle_claims
from hub.flows.returns.exchange_orders import (
    Placed,
    Settlement,
    Unused,
    link_exchanges,
    refund_unused,
    settle_exchanges,
)
from hub.gate.change import Surroundings
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.tasks import PlaceExchange, RefundUnused, SettleClaim, SettleExchange
from hub.tasks.running import run_flow
from hub.work.handlers import Messages, Refused, Task, flow_task


class Exchanges(Struct, frozen=True):
    """Runs the flows for messages."""

    surroundings: Surroundings

    def handlers(self) -> list[Task]:
        """What is done with the messages about exchanges."""
        return [
            flow_task(PlaceExchange, self.place, self.plan),
            flow_task(SettleClaim, self.settle_claims),
            flow_task(SettleExchange, self.settle),
            flow_task(RefundUnused, self.refund),
        ]

    async def plan(self, database: Database, messages: Messages[PlaceExchange], _: Instant) -> Sequence[Any]:
        """Plans the orders of `return.exchange`, from a transaction that only reads."""
        async with database.reading() as tx:
            flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
            return await plan_exchanges(flow, [message.payload.return_id for message in messages])

    async def place(self, tx: Tx, messages: Messages[PlaceExchange], plans: Sequence[Any], _: Instant) -> Refused:
        """`return.exchange`; a plan that went stale is raised, so that the message comes again and is planned anew."""
        flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
        placed = iter(await place_orders(flow, [plan for plan in plans if isinstance(plan, Planned)]))
        answers = [next(placed) if isinstance(plan, Planned) else plan for plan in plans]
        for answer in answers:
            if isinstance(answer, PlanStale):
                raise answer
        linked = [Placed(one.payload.return_id, answer) for one, answer in zip(messages, answers, strict=True)]
        await link_exchanges(flow, linked)
        self.surroundings.record(flow.touched)
        return None

    async def settle_claims(self, tx: Tx, messages: Messages[SettleClaim], _: Sequence[Any], at: Instant) -> Refused:
        """`claim.settle`: the order of units that are sent again is placed, or cannot be."""
        settled = [(message.payload.order_id, message.payload.return_id) for message in messages]
        await run_flow(self.surroundings, tx, messages, settle_claims, settled)
        return None

    async def settle(self, tx: Tx, messages: Messages[SettleExchange], _: Sequence[Any], at: Instant) -> Refused:
        """`exchange.settle`: it is known what came back."""
        flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
        asked = [
            Settlement(message.payload.order_id, message.payload.accepted_minor, message.payload.accepted_units)
            for message in messages
        ]
        answers: list[Any] = await settle_exchanges(flow, asked)
        self.surroundings.record(flow.touched)
        return None if not any(isinstance(answer, Refusal) for answer in answers) else answers

    async def refund(self, tx: Tx, messages: Messages[RefundUnused], _: Sequence[Any], at: Instant) -> Refused:
        """`exchange.unused`: goods came back and what they were exchanged for was canceled."""
        flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
        unused = [Unused(message.payload.return_id, message.payload.amount_minor) for message in messages]
        answers: list[Any] = await refund_unused(flow, unused)
        self.surroundings.record(flow.touched)
        return None if not any(isinstance(answer, Refusal) for answer in answers) else answers
