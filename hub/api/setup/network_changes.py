"""Changes of the network: replaced as a whole by a version that is checked first, and nodes closed and opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.context import FlowContext, PlanStale
from hub.cases.stock.network_parts import refuse_loss
from hub.flows.stock.judge_availability import PlannedNetwork, plan_network, put_networks
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.kernel.errors import Refusal, refuse_other_version
from hub.network import operations as networks
from hub.network.model import Network, Replacement
from hub.network.policy import checked, successor, with_node_closed


class PlannedReplacement(Struct, frozen=True):
    """A replacement that was checked, with what rules withhold in its network."""

    replacement: Replacement
    planned: PlannedNetwork


async def succeed(flow: FlowContext, before: Network, replacement: Replacement) -> Network:
    """Return the network that replaces `before`, with its version, as it may be put in force now.

    Raises StateChanged where another version was expected, ConfigurationInvalid and NetworkPartInUse.
    """
    refuse_other_version("The network", replacement.expected_version, before.version)
    network = successor(before, replacement)
    await refuse_loss(flow.tx, before, replacement)
    return network


async def rehearse(flow: FlowContext, replacement: Replacement) -> Network:
    """Return what replacing the network would answer; nothing is stored. Raises what the change refuses."""
    networks.refuse_partial(flow.scope)
    checked(replacement.network, compile_rule=_compiler(flow))
    return await succeed(flow, flow.network, replacement)


async def _check(flow: FlowContext, given: Sequence[Replacement]) -> list[PlannedReplacement | Refusal]:
    answers: list[PlannedReplacement | Refusal] = []
    for one in given:
        try:
            network = checked(one.network, compile_rule=_compiler(flow))
            answers.append(PlannedReplacement(one, await plan_network(flow, network)))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


def _compiler(flow: FlowContext) -> Callable[[str], object]:
    if flow.rules is None:
        raise ValueError("rules are compiled where units have them")
    return flow.rules.compile


async def _replace(flow: FlowContext, planned: Sequence[PlannedReplacement]) -> list[Network | Refusal]:
    answers: list[Network | Refusal] = []
    for one in planned:
        try:
            network = await succeed(flow, await networks.keep(flow.tx), one.replacement)
        except Refusal as refusal:
            answers.append(refusal)
        else:
            answers += await put_networks(flow, [replace(one.planned, network=network)])
    return answers


async def _plan_closing(flow: FlowContext, given: Sequence[tuple[str, bool]]) -> list[PlannedNetwork | Refusal]:
    answers: list[PlannedNetwork | Refusal] = []
    for node_id, closed in given:
        try:
            answers.append(await plan_network(flow, with_node_closed(flow.network, node_id, closed=closed)))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


async def _close_nodes(flow: FlowContext, planned: Sequence[PlannedNetwork]) -> list[Network | Refusal]:
    """Each over the network it was planned from."""
    answers: list[Network | Refusal] = []
    for one in planned:
        if (await networks.keep(flow.tx)).version != one.network.version:
            answers.append(PlanStale("Another network came into force meanwhile; plan again."))
        else:
            answers += await put_networks(flow, [one])
    return answers


async def _networks(flow: FlowContext, stored: Sequence[Stored]) -> list[Network | Refusal]:
    current = await networks.current(flow.tx)
    return [current for _ in stored]


PUT_NETWORK: Final[Change[Replacement, Network]] = Change(
    "PutNetwork", _replace, lambda network: {"version": network.version}, _networks, prepare=_check
)
CLOSE_NODE: Final[Change[tuple[str, bool], Network]] = Change(
    "CloseNode", _close_nodes, lambda network: {"version": network.version}, _networks, prepare=_plan_closing
)
