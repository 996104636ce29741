"""Compares orders with what a tried sourcing policy makes of them, and stops a trial that does worse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.intake.comparing import compared
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.flows.stock.judge_availability import PlannedNetwork, plan_network, put_network
from hub.gate.change import Surroundings
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.timers import TrialDue
from hub.network.model import SourcingTrial
from hub.network.policy import with_trial_stopped
from hub.orders import operations as orders
from hub.outbox import operations as outbox
from hub.outbox.model import Timer
from hub.sourcing import operations as sourcing
from hub.sourcing.model import Shipped, Trial
from hub.sourcing.policy.trials import verdict
from hub.work.handlers import Call, Messages, Refused, Task, flow_task

INTERVAL: Final = timedelta(minutes=15)
"""Business time between two looks at a trial."""
SOME_ORDERS: Final = 200
"""Orders that are compared at a time."""
_FIRST: Final = UUID(int=0)


class Compared(Struct, frozen=True):
    """What a look at a trial found: its figures, whether more orders are there, and the network where it is stopped."""

    trial: Trial
    more: bool = False
    stopped: PlannedNetwork | None = None


class Trials(Struct, frozen=True):
    """Runs the comparison for messages."""

    surroundings: Surroundings

    def handlers(self) -> list[Task | Call]:
        """Kind of message -> what is done with it."""
        return [flow_task(TrialDue, self.keep, self.compare)]

    async def compare(self, database: Database, messages: Messages[TrialDue], at: Instant) -> Sequence[Compared | None]:
        """Compare orders of each channel with what its tried policy makes of them; nothing where none is tried."""
        async with database.reading() as tx:
            flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
            return [await _compared(flow, message.payload) for message in messages]

    async def keep(
        self, tx: Tx, messages: Messages[TrialDue], planned: Sequence[Compared | None], at: Instant
    ) -> Refused:
        """`timer.trial`: keep the figures of trials, stop those that do worse, and look again after a while."""
        flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
        for one in planned:
            if one is None:
                continue
            await sourcing.keep_trial(tx, one.trial)
            if one.stopped is not None:
                await put_network(flow, one.stopped)
                continue
            again = flow.at if one.more else flow.at + INTERVAL
            await outbox.ensure_timers(tx, [Timer(TrialDue(one.trial.channel_id, again))])
        return None


async def _compared(flow: FlowContext, due: TrialDue) -> Compared | None:
    channel = flow.network.channels.get(due.channel_id)
    tried = channel.sourcing_trial if channel else None
    if tried is None or tried.stopped_because:
        return None
    known = await sourcing.trial(flow.tx, due.channel_id, tried.name)
    trial = known or Trial(due.channel_id, tried.name, (due.due_at - INTERVAL, _FIRST))
    placed = await orders.placed_after(flow.tx, due.channel_id, trial.after, SOME_ORDERS)
    counted, shipped = await _figures(flow, [order_id for _, order_id in placed], tried)
    trial = replace(
        trial,
        after=placed[-1] if placed else trial.after,
        counted=trial.counted.plus(counted),
        tried=trial.tried.plus(shipped),
    )
    because = verdict(tried, trial.counted, trial.tried)
    stopped = with_trial_stopped(flow.network, due.channel_id, because) if because else None
    return Compared(trial, len(placed) == SOME_ORDERS, await plan_network(flow, stopped) if stopped else None)


async def _figures(flow: FlowContext, order_ids: Sequence[UUID], tried: SourcingTrial) -> tuple[Shipped, Shipped]:
    counted, shipped = Shipped(), Shipped()
    known = await orders.load(flow.tx, HUB, order_ids, lock=False)
    for decision in await sourcing.first_of_orders(flow.tx, order_ids):
        order = known.get(decision.order_id)
        if order is None:
            continue
        counting = flow.network.channel(order.channel_id).sourcing_policy
        by_trial = tried.takes(order.channel_reference)
        decided, other = await compared(flow, order, decision, counting if by_trial else tried.policy)
        by_each = (other, decided) if by_trial else (decided, other)
        counted, shipped = counted.plus(by_each[0].shipped), shipped.plus(by_each[1].shipped)
    return counted, shipped
