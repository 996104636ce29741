"""Has orders screened: those that were placed, those that a list touches, and those whose clearing is over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field

from hub.cases.context import FlowContext, PlanStale
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.flows.orders.screen_orders import (
    Screened,
    Touched,
    end_decisions,
    plan,
    plan_again,
    screen_again,
    screen_orders,
)
from hub.gate.change import Surroundings
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.tasks import ScreenAgain, ScreenParties
from hub.messages.timers import DecisionDue
from hub.screening.operations import ListsMemory
from hub.work.handlers import Call, Messages, Refused, Task, flow_task


class Screenings(Struct, frozen=True):
    """Runs the flows for messages; `memory` keeps the lists as they are compared."""

    surroundings: Surroundings
    memory: ListsMemory = field(default_factory=ListsMemory)

    def handlers(self) -> list[Task | Call]:
        """Kind of message -> what is done with it."""
        return [
            flow_task(ScreenParties, self.screen, self.compare),
            flow_task(ScreenAgain, self.again, self.touched),
            flow_task(DecisionDue, self.end),
        ]

    async def compare(
        self, database: Database, messages: Messages[ScreenParties], _: Instant
    ) -> Sequence[Screened | Refusal]:
        """Compare orders, in a transaction that only reads."""
        async with database.reading() as tx:
            flow = await self._context(tx)
            return await plan(flow, [message.payload.order_id for message in messages], self.memory)

    async def screen(self, tx: Tx, messages: Messages[ScreenParties], planned: Sequence[Any], at: Instant) -> Refused:
        """`order.screen_parties`; what went stale is raised, so that the messages come again."""
        flow = await self._context(tx)
        answers = iter(await screen_orders(flow, [one for one in planned if not isinstance(one, Refusal)]))
        taken = [one if isinstance(one, Refusal) else next(answers) for one in planned]
        for one in taken:
            if isinstance(one, PlanStale):
                raise one
        self.surroundings.record(flow.touched)
        return [one if isinstance(one, Refusal) else None for one in taken]

    async def touched(self, database: Database, messages: Messages[ScreenAgain], _: Instant) -> Sequence[Touched]:
        """Find orders that changes of lists touch, in a transaction that only reads."""
        async with database.reading() as tx:
            flow = await self._context(tx)
            return [await plan_again(flow, message.payload, self.memory) for message in messages]

    async def again(self, tx: Tx, messages: Messages[ScreenAgain], planned: Sequence[Touched], at: Instant) -> Refused:
        """`screening.again`: a list changed."""
        flow = await self._context(tx)
        for message, one in zip(messages, planned, strict=True):
            await screen_again(flow, message.payload, one)
        return None

    async def end(self, tx: Tx, messages: Messages[DecisionDue], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.screening_decision`: the time of decisions is over."""
        flow = await self._context(tx)
        await end_decisions(flow, [message.payload.decision_id for message in messages])
        return None

    async def _context(self, tx: Tx) -> FlowContext:
        return await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
