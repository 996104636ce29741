"""Binds what keeps feeds going: parked events whose time has come, gaps and counts that last too long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from hub.cases.awaited import APPLY_TASK
from hub.cases.context import FlowContext
from hub.cases.feeds.feeds import FEED_TIMER
from hub.cases.feeds.parked_events import PARKED_TIMER
from hub.cases.stock.count_permissions import ABANDONED_TIMER
from hub.database.tx import Tx
from hub.flows.stock.receive_counts import abandon_counts
from hub.flows.upkeep.mend_feeds import tell_missing
from hub.gate.change import Surroundings
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.outbox.model import Message
from hub.tasks.parked_events import ParkedEvents
from hub.work.handlers import FlowTask, Refused


def handlers(surroundings: Surroundings) -> list[FlowTask]:
    """What is done with the messages and timers of feeds."""
    parked, late = ParkedEvents(surroundings), _Late(surroundings)
    return [
        FlowTask(APPLY_TASK, parked.apply),
        FlowTask(f"timer.{PARKED_TIMER}", parked.late),
        FlowTask(f"timer.{FEED_TIMER}", late.gaps),
        FlowTask(f"timer.{ABANDONED_TIMER}", late.counts),
    ]


class _Late(Struct, frozen=True):
    """What takes too long."""

    surroundings: Surroundings

    async def gaps(self, tx: Tx, messages: Sequence[Message], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.feed_gap`: its subject is the source."""
        flow = await self._flow_context(tx)
        await tell_missing(flow, [message.payload["subject"] for message in messages])
        return None

    async def counts(self, tx: Tx, messages: Sequence[Message], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.snapshot_abandoned`: its subject is the count."""
        flow = await self._flow_context(tx)
        await abandon_counts(flow, [UUID(message.payload["subject"]) for message in messages])
        return None

    async def _flow_context(self, tx: Tx) -> FlowContext:
        return await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
