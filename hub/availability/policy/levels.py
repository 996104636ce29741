"""Which nodes count for somebody who asks, and what of their stock can be sold there."""

from __future__ import annotations

from collections.abc import Mapping

from hub.availability.model import EVERYTHING, Asking, Kept, Level, Method, Window
from hub.inventory.model.supply import ANYBODY, Claimant
from hub.inventory.policy.protection import floor
from hub.network.model import Network, NodeKind
from hub.network.policy import channel_seen

_NOTHING: Mapping[str, int] = {}


def window(network: Network, asking: Asking, *, judged: bool) -> Window:
    """The nodes in scope that may sell to the channel by the method. Raises UnknownChannel, also where out of scope.

    Goods are shipped from nodes with a lane, and collected in stores. A closed node sells to no channel. Without a
    channel and a method every node counts, and no rule and no buffer applies.
    """
    claimant = Claimant(asking.channel_id, asking.demand_class)
    if not asking.channel_id:
        nodes = list(network.nodes.values())
        buffer = 0
    else:
        channel = channel_seen(network, asking.scope, asking.channel_id, "ask about")
        nodes, buffer = [node for node in network.nodes_for(channel) if not node.closed], channel.stock_buffer
    if asking.method is Method.SHIP:
        shipping = {from_node_id for from_node_id, _, _ in network.lanes}
        nodes = [node for node in nodes if node.node_id in shipping]
    elif asking.method is Method.PICKUP:
        nodes = [node for node in nodes if node.kind is NodeKind.STORE]
    named = frozenset(asking.node_ids)
    ids = frozenset(
        node.node_id
        for node in nodes
        if asking.scope.sees(node_id=node.node_id) and (not named or node.node_id in named)
    )
    if claimant == ANYBODY:
        return Window(ids)
    return Window(ids, claimant, buffer, judged and bool(asking.channel_id))


def level(sku: str, spare: Mapping[str, int], seen: Window, kept: Kept) -> Level:
    """What can be sold of a SKU through a window, given what is spare per node and what is kept."""
    by_node: dict[str, int] = {}
    if seen.claimant is None:
        by_node = {node_id: units for node_id, units in spare.items() if units > 0 and node_id in seen.node_ids}
    else:
        held = withheld_from(sku, seen, kept)
        for node_id, units in spare.items():
            if node_id in seen.node_ids and held is not None:
                free = sellable(sku, node_id, units, seen.claimant, held.get(node_id, 0), kept)
                if free > 0:
                    by_node[node_id] = free
    return Level(sku, max(0, sum(by_node.values()) - seen.buffer), by_node)


def withheld_from(sku: str, seen: Window, kept: Kept) -> Mapping[str, int] | None:
    """Units that rules withhold of a SKU by node; None: all of it, for it was not judged by the rules in force."""
    if not seen.judged or kept.withheld is None or seen.claimant is None:
        return _NOTHING
    judged = kept.withheld.get(sku)
    return None if judged is None else judged.get(seen.claimant.channel_id, _NOTHING)


def sellable(sku: str, node_id: str, spare: int, claimant: Claimant, withheld: int, kept: Kept) -> int:
    """Units that can be sold to a claimant of what is spare at a node, at least 0."""
    if withheld == EVERYTHING:
        return 0
    floors = 0
    if kept.protections:
        protections = [*kept.protections.get("", ()), *kept.protections.get(sku, ())]
        floors = floor(protections, sku, node_id, claimant) if protections else 0
    return max(0, spare - floors - withheld)
