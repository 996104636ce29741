"""Computes what a channel's units are worth where they lie, some SKUs at a time; the search runs apart."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from random import Random
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.stock.stock_values import piece_of
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.gate.change import Surroundings
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.timers import StockValuesDue
from hub.outbox import operations as outbox
from hub.outbox.model import Timer
from hub.sourcing import operations as sourcing
from hub.sourcing.model import ValueRun
from hub.sourcing.policy.stock_values import StockValue, ValueProblem, stock_values
from hub.work.handlers import Call, Messages, Refused, Task, flow_task

INTERVAL: Final = timedelta(hours=6)
"""Business time between two versions."""
Value = Callable[[ValueProblem], Awaitable[Sequence[StockValue]]]
"""Works out the values of a problem."""


def valued(problem: ValueProblem) -> list[StockValue]:
    """Return the values of a problem: the same for the same problem."""
    return stock_values(problem, Random)


async def value_here(problem: ValueProblem) -> Sequence[StockValue]:
    """Return the values of a problem, worked out in this process: nothing else runs meanwhile."""
    return valued(problem)


class ValuedPiece(Struct, frozen=True):
    """The values of some SKUs, how far the version was before them, and how far it is with them."""

    before: ValueRun
    after: ValueRun
    values: Sequence[StockValue]


class StockValues(Struct, frozen=True):
    """Runs the computing for messages."""

    surroundings: Surroundings
    value: Value

    def handlers(self) -> list[Task | Call]:
        """Kind of message -> what is done with it."""
        return [flow_task(StockValuesDue, self.keep, self.compute)]

    async def compute(
        self, database: Database, messages: Messages[StockValuesDue], _: Instant
    ) -> Sequence[ValuedPiece | None]:
        """Compute a piece for each channel, once the reading transaction is over; nothing where nothing is valued."""
        return [await self._piece(database, message.payload.channel_id) for message in messages]

    async def keep(self, tx: Tx, messages: Messages[StockValuesDue], computed: Sequence[Any], at: Instant) -> Refused:
        """`timer.stock_values`: keep the piece, and go on with the next, or with the next version after a while."""
        flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
        for piece in computed:
            if piece is None:
                continue
            after: ValueRun = piece.after
            building = after.version + (after.after_sku is not None)
            await sourcing.keep_values(tx, piece.before, after, building, piece.values)
            again = flow.at + INTERVAL if after.after_sku is None else flow.at
            await outbox.ensure_timers(tx, [Timer(StockValuesDue(after.channel_id, again))])
        return None

    async def _piece(self, database: Database, channel_id: str) -> ValuedPiece | None:
        async with database.reading() as tx:
            flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
            channel = flow.network.channels.get(channel_id)
            if channel is None or not channel.sourcing_policy.values_stock:
                return None
            run = (await sourcing.value_runs(tx, [channel_id]))[channel_id]
            piece = await piece_of(flow, channel, run.after_sku or "", run.version + 1)
        values = await self.value(piece.problem)
        if piece.more:
            return ValuedPiece(run, replace(run, after_sku=piece.last_sku), values)
        whole = ValueRun(channel_id, run.version + 1, computed_at=flow.at)
        return ValuedPiece(run, whole, values)
