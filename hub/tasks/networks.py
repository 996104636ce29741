"""Has a network that was loaded for an instant replace the one in force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.stock.network_parts import NOT_REPLACED, refuse_loss
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.exceptions import operations as exceptions
from hub.exceptions.policy import raised
from hub.flows.stock.judge_availability import plan_network, put_network
from hub.gate.change import Surroundings
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.timers import NetworkDue
from hub.network import operations as networks
from hub.network.model import Network, Replacement
from hub.network.policy import successor
from hub.network.policy.coming import due
from hub.work.handlers import Messages, Refused


class Networks(Struct, frozen=True):
    """Runs the flows for messages."""

    surroundings: Surroundings

    async def plan(self, database: Database, _: Messages[NetworkDue], at: Instant) -> Sequence[Any]:
        """Judges all items over the network that is due."""
        async with database.reading() as tx:
            flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
            return [await plan_network(flow, flow.network.at(flow.at))]

    async def replace(self, tx: Tx, messages: Messages[NetworkDue], planned: Sequence[Any], at: Instant) -> Refused:
        """`timer.network`: the last of the networks that are due comes into force; nothing happens where none is."""
        flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
        left, replacement = due(await networks.keep(tx, flow.network), flow.at)
        if replacement is not None:
            network = await _successor(flow, left, replacement, messages[0].payload)
            await put_network(flow, replace(planned[0], network=network))
        return None


async def _successor(flow: FlowContext, left: Network, replacement: Replacement, late: NetworkDue) -> Network:
    """The network that comes into force; the one in force where it cannot be replaced, and an exception says why."""
    try:
        network = successor(left, replacement)
        await refuse_loss(flow.tx, left, replacement, flow.at)
    except Refusal as refusal:
        reason, subject = NOT_REPLACED
        record = raised(
            exception_id=flow.new_id(),
            reason=reason,
            subject=subject,
            detail=f"The network that was to be in force from {late.valid_from} on is not: {refusal.message}",
            suggested_command="crossdock network load FILE",
            at=flow.at,
        )
        await exceptions.open_all(flow.tx, [record])
        return left
    return network
