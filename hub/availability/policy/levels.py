"""Which nodes count for somebody who asks, and what of their stock can be sold there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from hub.availability.model import EVERYTHING, Asking, Kept, Level, Method, Window
from hub.inventory.model.supply import ANYBODY, Claimant
from hub.inventory.policy.protection import floor
from hub.network.model import Network
from hub.network.policy import channel_seen

_NOTHING: Mapping[str, int] = {}


def window(network: Network, asking: Asking, *, judged: bool, shipping: Collection[str] | None = None) -> Window:
    """The nodes in scope that may sell to the channel by the method. Raises UnknownChannel, also where out of scope.

    Goods are shipped from nodes with a lane, and collected in stores. A closed node sells to no channel. Without a
    channel and a method every node counts, and no rule and no buffer applies. `shipping` has the nodes with a lane,
    where the caller knows them: then no lane is looked at, and of nodes only those that are asked for.
    """
    claimant = Claimant(asking.channel_id, asking.demand_class)
    channel = None
    if asking.channel_id:
        channel = channel_seen(network, asking.scope, asking.channel_id, "ask about")
    if asking.method is Method.SHIP and shipping is None:
        shipping = network.shipping_nodes
    named = [network.nodes[name] for name in asking.node_ids or network.nodes if name in network.nodes]
    ids = frozenset(
        node.node_id
        for node in named
        if asking.scope.sees(node_id=node.node_id)
        and (channel is None or (not node.closed and channel.draws_on(node.node_id)))
        and (asking.method is not Method.SHIP or node.node_id in (shipping or ()))
        and (asking.method is not Method.PICKUP or node.holds_for_collection)
    )
    if claimant == ANYBODY:
        return Window(ids)
    buffer = channel.stock_buffer if channel else 0
    return Window(ids, claimant, buffer, judged and bool(asking.channel_id))


def level(sku: str, spare: Mapping[str, int], seen: Window, kept: Kept) -> Level:
    """What can be sold of a SKU through a window, given what is spare per node and what is kept."""
    held: Mapping[str, int] | None = _NOTHING
    if seen.claimant is not None:
        held = withheld_from(sku, seen, kept)
    by_node: dict[str, int] = {}
    for node_id in _counted(spare, seen.node_ids) if held is not None else ():
        free = spare[node_id]
        if seen.claimant is not None and held is not None:
            free = sellable(sku, node_id, free, seen.claimant, held.get(node_id, 0), kept)
        if free > 0:
            by_node[node_id] = free
    return Level(sku, max(0, sum(by_node.values()) - seen.buffer), by_node)


def _counted(spare: Mapping[str, int], node_ids: frozenset[str]) -> Iterable[str]:
    """The nodes that have a row and count, found from the fewer of both."""
    if len(node_ids) < len(spare):
        return [node_id for node_id in sorted(node_ids) if node_id in spare]
    return [node_id for node_id in spare if node_id in node_ids]


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
