"""Which nodes count for somebody who asks, and what of their stock can be sold there."""

from __future__ import annotations

from collections.abc import Mapping

from hub.availability.model import EVERYTHING, Asking, Level, Method, Window, Withheld
from hub.network.errors import UnknownChannel
from hub.network.model import Network, NodeKind

_NOTHING: Withheld = {}


def window(network: Network, asking: Asking, *, judged: bool) -> Window:
    """The nodes in scope that may sell to the channel by the method. Raises UnknownChannel, also where out of scope.

    Goods are shipped from nodes with a lane, and collected in stores. Without a channel and a method every node counts,
    and no rule and no buffer applies.
    """
    if not asking.channel_id:
        nodes = list(network.nodes.values())
        buffer = 0
    else:
        channel = network.channel(asking.channel_id)
        if not asking.scope.sees(channel_id=channel.channel_id, seller_id=channel.seller_id):
            raise UnknownChannel(f"{asking.channel_id} is not a channel you may ask for.", channel_id=asking.channel_id)
        nodes, buffer = network.nodes_for(channel), channel.stock_buffer
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
    return Window(ids, asking.channel_id, buffer, judged and bool(asking.channel_id))


def level(sku: str, spare: Mapping[str, int], seen: Window, withheld: Withheld | None) -> Level:
    """What can be sold of a SKU through a window, given what is spare per node and what rules withhold.

    `withheld` is None where the SKU was not judged by the rules in force.
    """
    if seen.judged and withheld is None:
        return Level(sku, 0, {})
    held = (withheld or _NOTHING) if seen.judged else _NOTHING
    by_node: dict[str, int] = {}
    for node_id, units in spare.items():
        if node_id in seen.node_ids:
            kept = held.get((seen.channel_id, node_id), 0) if held else 0
            free = 0 if kept == EVERYTHING else units - kept
            if free > 0:
                by_node[node_id] = free
    return Level(sku, max(0, sum(by_node.values()) - seen.buffer), by_node)
