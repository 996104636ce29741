"""What a network must be before it is in force, and how much of it a principal sees."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from hub.kernel.scope import Scope
from hub.network.errors import ConfigurationInvalid, UnknownChannel
from hub.network.model import Channel, Network, Replacement
from hub.network.policy.problems import problems


def checked(
    network: Network, *, compile_rule: Callable[[str], object], compile_change_rule: Callable[[str], object]
) -> Network:
    """The network itself, when it may be put in force. To be called before the transaction that puts it.

    Raises ConfigurationInvalid with all its problems; and, from `compile_rule`, RuleInvalid for a hold rule that does
    not compile, from `compile_change_rule` for a rule about changes.
    """
    if found := problems(network):
        raise ConfigurationInvalid(found)
    for channel in network.channels.values():
        if channel.hold_rule:
            compile_rule(channel.hold_rule)
        for rule in (channel.change_terms.staff_rule, channel.change_terms.customer_rule):
            if rule:
                compile_change_rule(rule)
    return network


def successor(before: Network, replacement: Replacement) -> Network:
    """Return the network that replaces `before`: its nodes are closed where they are now, new ones are open.

    It has the next version, or the same where nothing changes; what is to come stays. Raises ConfigurationInvalid where
    it still has a part that the replacement names as removed.
    """
    network = replacement.network
    kept = [
        *(f"node {name}" for name in sorted(replacement.removed_nodes & network.nodes.keys())),
        *(f"account {name}" for name in sorted(replacement.removed_accounts & network.accounts.keys())),
        *(f"channel {name}" for name in sorted(replacement.removed_channels & network.channels.keys())),
    ]
    if kept:
        raise ConfigurationInvalid([f"{part} is named as removed and is still there" for part in kept])
    closed = {name for name, node in before.nodes.items() if node.closed}
    nodes = {name: replace(node, closed=name in closed) for name, node in network.nodes.items()}
    channels = {name: _as_stopped(before, channel) for name, channel in network.channels.items()}
    after = replace(network, nodes=nodes, channels=channels, coming=before.coming, version=before.version)
    return after if after == before else replace(after, version=before.version + 1)


def _as_stopped(before: Network, channel: Channel) -> Channel:
    """The channel with its trial stopped where one of that name was."""
    trial, known = channel.sourcing_trial, before.channels.get(channel.channel_id)
    was = known.sourcing_trial if known else None
    if trial is None or was is None or was.name != trial.name:
        return channel
    return replace(channel, sourcing_trial=replace(trial, stopped_because=was.stopped_because))


def with_trial_stopped(network: Network, channel_id: str, because: str) -> Network:
    """The network with the trial of a channel stopped; those to come keep theirs. Raises UnknownChannel."""
    channel = network.channel(channel_id)
    if channel.sourcing_trial is None:
        return network
    stopped = replace(channel, sourcing_trial=replace(channel.sourcing_trial, stopped_because=because))
    return replace(network, channels={**network.channels, channel_id: stopped}, version=network.version + 1)


def with_node_closed(network: Network, node_id: str, *, closed: bool) -> Network:
    """The network with a node that takes no new work, or takes it again, there and in those to come.

    Raises UnknownNode.
    """
    node = replace(network.node(node_id), closed=closed)
    coming = [
        replace(
            one,
            replacement=replace(
                one.replacement, network=with_node_closed(one.replacement.network, node_id, closed=closed)
            ),
        )
        if node_id in one.replacement.network.nodes
        else one
        for one in network.coming
    ]
    return replace(network, nodes={**network.nodes, node_id: node}, coming=tuple(coming))


def visible(network: Network, scope: Scope) -> Network:
    """The network without the nodes and channels outside a scope, and without lanes of nodes left out."""
    return replace(
        network,
        nodes={key: node for key, node in network.nodes.items() if scope.sees(node_id=key)},
        lanes={
            key: lane
            for key, lane in network.lanes.items()
            if not lane.from_node_id or scope.sees(node_id=lane.from_node_id)
        },
        channels={
            key: channel
            for key, channel in network.channels.items()
            if scope.sees(channel_id=key, seller_id=channel.seller_id)
        },
    )


def channel_seen(network: Network, scope: Scope, channel_id: str, purpose: str) -> Channel:
    """Return a channel of a caller's scope, which its seller must lie in too.

    Raises UnknownChannel; `purpose` ends the sentence "It is not a channel that you may ...".
    """
    channel = network.channels.get(channel_id)
    if channel is None or not scope.sees(channel_id=channel_id, seller_id=channel.seller_id):
        raise UnknownChannel(f"{channel_id} is not a channel that you may {purpose}.", channel_id=channel_id)
    return channel
