"""Runs a flow for messages: its spans hang on the traces of their orders, and what it touched is recorded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from hub.cases.context import FlowContext, PlanStale
from hub.database.tx import Tx
from hub.gate.change import Surroundings
from hub.kernel.scope import HUB
from hub.kernel.trace import TraceContext, from_traceparent
from hub.messages.payload import Payload
from hub.work.handlers import Messages


async def run_flow(
    surroundings: Surroundings,
    tx: Tx,
    messages: Messages[Payload],
    run: Callable[[FlowContext, Sequence[Any]], Awaitable[Sequence[Any]]],
    commands: Sequence[Any],
) -> None:
    """Run a flow with the commands of messages. Raises PlanStale where its plan has to be made again."""
    flow = await flow_of(surroundings, tx, messages)
    for answer in await run(flow, commands):
        if isinstance(answer, PlanStale):
            raise answer
    surroundings.record(flow.touched)


async def flow_of(surroundings: Surroundings, tx: Tx, messages: Messages[Payload]) -> FlowContext:
    """Return the context of a flow that messages began."""
    return await surroundings.flow_context(tx, HUB, causes=_causes(messages), last=False)


def _causes(messages: Messages[Payload]) -> Mapping[UUID, TraceContext]:
    found = {message.order_id: from_traceparent(message.traceparent) for message in messages if message.order_id}
    return {order_id: cause for order_id, cause in found.items() if cause is not None}
