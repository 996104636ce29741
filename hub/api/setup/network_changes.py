"""Changes of the network: replaced as a whole by one that is checked first, now or later; nodes closed and opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.context import FlowContext, PlanStale
from hub.cases.stock.network_parts import NOT_REPLACED, await_network, refuse_loss
from hub.exceptions import operations as exceptions
from hub.flows.stock.judge_availability import PlannedNetwork, plan_network, put_network
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.kernel.errors import Refusal, refuse_other_version
from hub.kernel.instant import Instant
from hub.network import operations as networks
from hub.network.model import Network, Node, Replacement
from hub.network.policy import checked, with_node_closed
from hub.network.policy.coming import announced, without_coming


class PlannedReplacement(Struct, frozen=True):
    """A replacement that was checked, with what rules withhold in its network."""

    replacement: Replacement
    planned: PlannedNetwork


class PlannedClosing(Struct, frozen=True):
    """A node to close or open, with the network that it makes and what rules withhold there."""

    node_id: str
    planned: PlannedNetwork


class PlannedCancel(Struct, frozen=True):
    """The instant of a network that is to come no more, and what rules withhold in the one in force."""

    valid_from: Instant
    planned: PlannedNetwork


class ClosedNode(Struct, frozen=True):
    """A node that was closed or opened, and the version of the network in which it was."""

    version: int
    node: Node


async def succeed(flow: FlowContext, before: Network, replacement: Replacement) -> Network:
    """Return the network that replaces `before`, or knows the replacement as one that is to come, with its version.

    Raises StateChanged where another version was expected, ConfigurationInvalid and NetworkPartInUse.
    """
    refuse_other_version("The network", replacement.expected_version, before.version)
    network = announced(before, replacement, flow.at)
    await refuse_loss(flow.tx, before, replacement, flow.at)
    return network


async def rehearse(flow: FlowContext, replacement: Replacement) -> Network:
    """Return what replacing the network would answer; nothing is stored. Raises what the change refuses."""
    networks.refuse_partial(flow.scope)
    await _sound(flow, replacement.network)
    return await succeed(flow, flow.network, replacement)


async def _check(flow: FlowContext, given: Sequence[Replacement]) -> list[PlannedReplacement | Refusal]:
    answers: list[PlannedReplacement | Refusal] = []
    for one in given:
        try:
            network = await _sound(flow, one.network)
            in_force = network if one.valid_from is None else flow.network
            answers.append(PlannedReplacement(one, await plan_network(flow, in_force)))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


async def _sound(flow: FlowContext, network: Network) -> Network:
    """Return a network that may be put in force. Raises ConfigurationInvalid and RuleInvalid."""
    rules, node_rules, change_rules = flow.rules, flow.node_rules, flow.change_rules
    if rules is None or node_rules is None or change_rules is None:
        raise ValueError("rules are compiled where units have them")
    await flow.tx.aside(lambda: checked(network, compile_rule=rules.compile, compile_change_rule=change_rules.compile))
    node_rules.check(network)
    return network


async def _replace(flow: FlowContext, planned: Sequence[PlannedReplacement]) -> list[int | Refusal]:
    answers: list[int | Refusal] = []
    for one in planned:
        try:
            network = await succeed(flow, await networks.keep(flow.tx, flow.network), one.replacement)
            answers.append((await put_network(flow, replace(one.planned, network=network))).version)
            await exceptions.resolve(flow.tx, [NOT_REPLACED], at=flow.at)
            await await_network(flow.tx, one.replacement)
        except Refusal as refusal:
            answers.append(refusal)
    return answers


async def _plan_closing(flow: FlowContext, given: Sequence[tuple[str, bool]]) -> list[PlannedClosing | Refusal]:
    answers: list[PlannedClosing | Refusal] = []
    for node_id, closed in given:
        try:
            network = with_node_closed(flow.network, node_id, closed=closed)
            answers.append(PlannedClosing(node_id, await plan_network(flow, network)))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


async def _close_nodes(flow: FlowContext, planned: Sequence[PlannedClosing]) -> list[ClosedNode | Refusal]:
    """Each over the network it was planned from."""
    answers: list[ClosedNode | Refusal] = []
    for one in planned:
        try:
            if (await networks.keep(flow.tx, flow.network)).version != one.planned.network.version:
                raise PlanStale("Another network came into force meanwhile; plan again.")
            network = await put_network(flow, one.planned)
            answers.append(ClosedNode(network.version, network.node(one.node_id)))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


async def _plan_cancels(flow: FlowContext, given: Sequence[Instant]) -> list[PlannedCancel]:
    return [PlannedCancel(valid_from, await plan_network(flow, flow.network)) for valid_from in given]


async def _cancel(flow: FlowContext, planned: Sequence[PlannedCancel]) -> list[int | Refusal]:
    """Each from the network in force, which stays as it is."""
    answers: list[int | Refusal] = []
    for one in planned:
        try:
            network = without_coming(await networks.keep(flow.tx, flow.network), one.valid_from)
            answers.append((await put_network(flow, replace(one.planned, network=network))).version)
        except Refusal as refusal:
            answers.append(refusal)
    return answers


async def _versions(_: FlowContext, stored: Sequence[Stored]) -> list[int | Refusal]:
    return [one["version"] for one in stored]


async def _nodes(flow: FlowContext, stored: Sequence[Stored]) -> list[ClosedNode | Refusal]:
    return [ClosedNode(one["version"], flow.network.node(one["node_id"])) for one in stored]


PUT_NETWORK: Final[Change[Replacement, int]] = Change(
    "PutNetwork", _replace, lambda version: {"version": version}, _versions, prepare=_check
)
CANCEL_NETWORK: Final[Change[Instant, int]] = Change(
    "CancelNetwork", _cancel, lambda version: {"version": version}, _versions, prepare=_plan_cancels
)
CLOSE_NODE: Final[Change[tuple[str, bool], ClosedNode]] = Change(
    "CloseNode",
    _close_nodes,
    lambda answer: {"version": answer.version, "node_id": answer.node.node_id},
    _nodes,
    prepare=_plan_closing,
)
