"""What rules withhold of items, at which nodes and from which channels: evaluated as seldom as their texts allow.

A rule sees an item, a node and a channel only through the facts that its text names. Where two cells look alike to it,
they have one verdict, so a rule over categories and countries runs a few times, however many items, nodes and channels
there are. Items of which the rules say the same share one value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from hub.availability.model import EVERYTHING, Withheld, WithholdingRule
from hub.availability.policy.named_facts import Facts, Key, Name, named, projected
from hub.catalog.model import Item
from hub.network.model import Channel, Network, Node

Condition = Callable[[Facts], bool]
"""A compiled condition: whether it is true of a cell, {"item": ..., "node": ..., "channel": ...}."""
Compile = Callable[[str], Condition]
Verdict = tuple[int, ...]
"""Numbers of the groups of cells of which a rule is true."""


@dataclass(slots=True)
class Judge:
    """Judges items by rules over one network; remembers verdicts of cells that look alike to a rule."""

    rules: list[WithholdingRule]
    compile: Compile
    network: Network
    _seen: list[_Seen] = field(init=False)
    _known: dict[tuple[Verdict, ...], Withheld] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        nodes = [(node, node_facts(node)) for node in self.network.nodes.values()]
        channels = [(channel, channel_facts(channel)) for channel in self.network.channels.values()]
        weakest_first = sorted(self.rules, key=lambda rule: (not rule.units, rule.units))
        self._seen = [_Seen(rule, self.compile(rule.condition), nodes, channels) for rule in weakest_first]

    @property
    def values(self) -> int:
        """How many different things it has withheld so far: each new one takes long to put together."""
        return len(self._known)

    def judged(self, items: Iterable[Item]) -> dict[str, Withheld]:
        """What is withheld of each item, by SKU; nothing of those that no rule touches."""
        return {item.sku: self._of(item_facts(item)) for item in items}

    def _of(self, item: Facts) -> Withheld:
        verdicts = tuple(seen.verdict_of(item) for seen in self._seen)
        known = self._known.get(verdicts)
        if known is None:
            known = self._known[verdicts] = self._combined(verdicts)
        return known

    def _combined(self, verdicts: tuple[Verdict, ...]) -> Withheld:
        """Put together what rules withhold. Where several withhold of a cell the strongest does: it comes last."""
        withheld: dict[str, dict[str, int]] = {}
        for seen, verdict in zip(self._seen, verdicts, strict=True):
            for number in verdict:
                for channel_id, nodes in seen.withheld_of(number).items():
                    withheld.setdefault(channel_id, {}).update(nodes)
        return withheld


@dataclass(slots=True)
class _Group:
    """Nodes and channels that look alike to a rule, with the facts of the first of each."""

    nodes: list[Node]
    channels: list[Channel]
    node_facts: Facts
    channel_facts: Facts

    def sells(self) -> bool:
        """Whether any of the nodes may sell to any of the channels."""
        return any(channel.draws_on(node.node_id) for channel in self.channels for node in self.nodes)


@dataclass(slots=True)
class _Seen:
    """What one rule sees of cells, and its verdicts by what it sees of items."""

    rule: WithholdingRule
    condition: Condition
    nodes: list[tuple[Node, Facts]]
    channels: list[tuple[Channel, Facts]]
    _item_names: tuple[Name, ...] | None = field(init=False)
    _groups: list[_Group] = field(init=False)
    _verdicts: dict[Key, Verdict] = field(init=False, default_factory=dict)
    _withheld: dict[int, Withheld] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        names = named(self.rule.condition)
        self._item_names = names["item"]
        nodes = _grouped(self.nodes, names["node"])
        channels = _grouped(self.channels, names["channel"])
        groups = [
            _Group([node for node, _ in alike], [channel for channel, _ in shops], alike[0][1], shops[0][1])
            for shops in channels
            for alike in nodes
        ]
        self._groups = [group for group in groups if group.sells()]

    def verdict_of(self, item: Facts) -> Verdict:
        """Numbers of the groups of which the condition is true, with the item."""
        key = projected(item, self._item_names)
        known = self._verdicts.get(key)
        if known is None:
            known = self._verdicts[key] = tuple(
                number
                for number, group in enumerate(self._groups)
                if self.condition({"item": item, "node": group.node_facts, "channel": group.channel_facts})
            )
        return known

    def withheld_of(self, number: int) -> Withheld:
        """What is withheld of each cell of a group, gone through once."""
        known = self._withheld.get(number)
        if known is None:
            group, units = self._groups[number], self.rule.units or EVERYTHING
            cells = {
                channel.channel_id: {node.node_id: units for node in group.nodes if channel.draws_on(node.node_id)}
                for channel in group.channels
            }
            known = self._withheld[number] = {channel_id: nodes for channel_id, nodes in cells.items() if nodes}
        return known


def _grouped(parts: Iterable[tuple[Any, Facts]], names: tuple[Name, ...] | None) -> list[list[tuple[Any, Facts]]]:
    groups: dict[Key, list[tuple[Any, Facts]]] = {}
    for part, facts in parts:
        groups.setdefault(projected(facts, names), []).append((part, facts))
    return list(groups.values())


def item_facts(item: Item) -> Facts:
    """An item, as rules see it."""
    return {
        "sku": item.sku,
        "state": item.state.value,
        "origin_country_code": item.origin_country,
        "hs_code": item.hs_code,
        "weight_grams": item.weight_grams,
        "prices_minor": {currency: price.minor for currency, price in item.prices.items()},
        "attributes": dict(item.attributes),
    }


def node_facts(node: Node) -> Facts:
    """A node, as rules see it."""
    return {
        "node_id": node.node_id,
        "kind": node.kind.value,
        "country_code": node.country_code,
        "region_code": node.address.region_code,
        "postal_code": node.address.postal_code,
        "attributes": dict(node.attributes),
    }


def channel_facts(channel: Channel) -> Facts:
    """A channel, as rules see it."""
    return {
        "channel_id": channel.channel_id,
        "seller_id": channel.seller_id,
        "attributes": dict(channel.attributes),
    }
