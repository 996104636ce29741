"""Binds what keeps feeds going: parked events whose time has come, gaps and counts that last too long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.database.tx import Tx
from hub.flows.stock.receive_counts import abandon_counts
from hub.flows.upkeep.mend_feeds import tell_missing
from hub.gate.change import Surroundings
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.tasks import ApplyParked
from hub.messages.timers import CountAbandoned, FeedGapDue, ParkedEventDue
from hub.tasks.parked_events import ParkedEvents
from hub.work.handlers import Messages, Refused, Task, flow_task


def handlers(surroundings: Surroundings) -> list[Task]:
    """What is done with the messages and timers of feeds."""
    parked, late = ParkedEvents(surroundings), _Late(surroundings)
    return [
        flow_task(ApplyParked, parked.apply),
        flow_task(ParkedEventDue, parked.late),
        flow_task(FeedGapDue, late.gaps),
        flow_task(CountAbandoned, late.counts),
    ]


class _Late(Struct, frozen=True):
    """What takes too long."""

    surroundings: Surroundings

    async def gaps(self, tx: Tx, messages: Messages[FeedGapDue], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.feed_gap`: its subject is the source."""
        flow = await self._flow_context(tx)
        await tell_missing(flow, [message.payload.source for message in messages])
        return None

    async def counts(self, tx: Tx, messages: Messages[CountAbandoned], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.snapshot_abandoned`: its subject is the count."""
        flow = await self._flow_context(tx)
        await abandon_counts(flow, [message.payload.snapshot_id for message in messages])
        return None

    async def _flow_context(self, tx: Tx) -> FlowContext:
        return await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
