"""Sources orders again before they are released: together at the end of their cool-down, alone as their day comes.

The search of many runs apart, in no transaction.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from random import Random
from typing import Any, Final

from msgspec import Struct

from hub.cases.intake.together import batch_of, bound_late, switches
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.flows.orders.source_together import Together, gather, gather_dated, source_together
from hub.gate.change import Surroundings
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.timers import CoolDownDue, ReleaseDue
from hub.sourcing.policy.joint import Batch, Joint, sourced_together
from hub.work.handlers import ApplyTask, Messages, Prepare, Refused

ROUNDS: Final = 10
"""Rounds in which groups of orders choose anew."""
Solve = Callable[[Batch, int, int], Awaitable[Joint]]
"""Sources a batch together, in so many rounds, with chance from a seed."""


def solved(batch: Batch, rounds: int, seed: int) -> Joint:
    """Return the joint plan of a batch: the same for the same batch, rounds and seed."""
    return sourced_together(batch, rounds=rounds, chance=Random(seed))  # noqa: S311 (a search keeps no secret)


async def solve_here(batch: Batch, rounds: int, seed: int) -> Joint:
    """Return the joint plan of a batch, searched in this process: nothing else runs meanwhile."""
    return solved(batch, rounds, seed)


class CoolDowns(Struct, frozen=True):
    """Runs the flow for messages."""

    surroundings: Surroundings
    solve: Solve

    async def plan(self, database: Database, messages: Messages[CoolDownDue], _: Instant) -> Sequence[Together]:
        """Gathers the orders, and searches their joint plan once the reading transaction is over."""
        return [await self._plan(database, message.payload) for message in messages]

    async def source(self, tx: Tx, messages: Messages[CoolDownDue], prepared: Sequence[Any], at: Instant) -> Refused:
        """`timer.cool_down`: the cool-down of a channel's orders is over."""
        flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
        for together in prepared:
            await source_together(flow, together)
        self.surroundings.record(flow.touched)
        return None

    async def _plan(self, database: Database, due: CoolDownDue) -> Together:
        async with database.reading() as tx:
            flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
            order_ids, gathering = await gather(flow, due.channel_id, due.due_at)
        if gathering is None:
            return Together(order_ids)
        joint = await self.solve(batch_of(gathering), ROUNDS, int(due.due_at.timestamp()))
        return Together(order_ids, switches(gathering, joint))


class Dated(Struct, frozen=True):
    """What was planned for the release of an order: the nodes that it moves to, if any, and the release itself."""

    together: Together
    released: Any


class LateBinding(Struct, frozen=True):
    """Sources orders again whose dated lines may leave now; the others are released as they are."""

    surroundings: Surroundings
    plan_release: Prepare[ReleaseDue]
    release: ApplyTask[ReleaseDue]

    async def plan(self, database: Database, messages: Messages[ReleaseDue], at: Instant) -> Sequence[Dated]:
        """Looks from where each order ships for less by now, in a transaction that only reads."""
        released = await self.plan_release(database, messages, at)
        async with database.reading() as tx:
            flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
            order_ids = [message.payload.order_id for message in messages]
            gatherings = [await gather_dated(flow, order_id) for order_id in order_ids]
        found = [bound_late(one) if one else () for one in gatherings]
        together = [Together((order_id,), moves) for order_id, moves in zip(order_ids, found, strict=True)]
        return [Dated(*both) for both in zip(together, released, strict=True)]

    async def source(self, tx: Tx, messages: Messages[ReleaseDue], prepared: Sequence[Any], at: Instant) -> Refused:
        """`timer.release`: orders that move are released by the task that follows, all others now."""
        flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
        staying = [number for number, dated in enumerate(prepared) if not dated.together.switches]
        for dated in prepared:
            if dated.together.switches:
                await source_together(flow, dated.together)
        self.surroundings.record(flow.touched)
        refused = list[Any]([None] * len(prepared))
        if staying:
            plans = [prepared[number].released for number in staying]
            answers = await self.release(tx, [messages[number] for number in staying], plans, at)
            for number, answer in zip(staying, answers or [None] * len(staying), strict=True):
                refused[number] = answer
        return refused
