"""What rules withhold of items, at which nodes and from which channels: evaluated as seldom as their texts allow.

A rule sees an item, a node and a channel only through the facts that its text names. Where two cells look alike to it,
they have one verdict, so a rule over categories and countries runs a few times, however many items there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from hub.availability.model import EVERYTHING, Withheld, WithholdingRule
from hub.catalog.model import Item
from hub.network.model import Channel, Network, Node

Facts = Mapping[str, Any]
Condition = Callable[[Facts], bool]
"""A compiled condition: whether it is true of a cell, {"item": ..., "node": ..., "channel": ...}."""
Compile = Callable[[str], Condition]

_NAMED: Final = re.compile(r"\bcell\s*\.\s*(item|node|channel)\s*\.\s*(\w+)")
_MENTIONED: Final = re.compile(r"\bcell\b")
_NOTHING: Final[Withheld] = {}
Key = tuple[Any, ...]


@dataclass(slots=True)
class Judge:
    """Judges items by rules over one network; remembers verdicts of cells that look alike to a rule."""

    rules: list[WithholdingRule]
    compile: Compile
    network: Network
    _seen: list[_Seen] = field(init=False)
    _known: dict[Key, Withheld] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        nodes = [(node, node_facts(node)) for node in self.network.nodes.values()]
        cells = [
            (channel_facts(channel), node_facts)
            for channel in self.network.channels.values()
            for node, node_facts in nodes
            if not channel.node_ids or node.node_id in channel.node_ids
        ]
        self._seen = [_Seen(rule, self.compile(rule.condition), cells) for rule in self.rules]

    def judged(self, items: Iterable[Item]) -> dict[str, Withheld]:
        """What is withheld of each item, by SKU; nothing of those that no rule touches."""
        return {item.sku: self._of(item_facts(item)) for item in items}

    def _of(self, item: Facts) -> Withheld:
        key = tuple(one.key_of(item) for one in self._seen)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._worked_out(item)
        return known

    def _worked_out(self, item: Facts) -> Withheld:
        found: dict[str, dict[str, int]] = {}
        for seen in self._seen:
            units = seen.rule.units or EVERYTHING
            for channel_id, node_id in seen.true_of(item):
                nodes = found.setdefault(channel_id, {})
                nodes[node_id] = most_withheld(nodes.get(node_id, 0), units)
        return found or _NOTHING


@dataclass(slots=True)
class _Seen:
    """What one rule sees of cells, and its verdicts."""

    rule: WithholdingRule
    condition: Condition
    cells: list[tuple[Facts, Facts]]
    _names: Mapping[str, tuple[str, ...] | None] = field(init=False)
    _verdicts: dict[Key, bool] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._names = named(self.rule.condition)

    def key_of(self, item: Facts) -> Key:
        """The item, as far as the rule sees it."""
        return _projected(item, self._names["item"])

    def true_of(self, item: Facts) -> list[tuple[str, str]]:
        """Channel and node of each cell of the item of which the condition is true."""
        of_item = self.key_of(item)
        found = []
        for channel, node in self.cells:
            key = (of_item, _projected(node, self._names["node"]), _projected(channel, self._names["channel"]))
            verdict = self._verdicts.get(key)
            if verdict is None:
                verdict = self._verdicts[key] = self.condition({"item": item, "node": node, "channel": channel})
            if verdict:
                found.append((channel["channel_id"], node["node_id"]))
        return found


def named(condition: str) -> Mapping[str, tuple[str, ...] | None]:
    """The facts that a condition names, of item, node and channel; None: all, for it mentions cells otherwise."""
    found = _NAMED.findall(condition)
    if len(_MENTIONED.findall(condition)) != len(found):
        return dict.fromkeys(("item", "node", "channel"))
    return {
        part: tuple(sorted({name for whose, name in found if whose == part})) for part in ("item", "node", "channel")
    }


def most_withheld(one: int, other: int) -> int:
    """What is withheld where two rules withhold."""
    return EVERYTHING if EVERYTHING in (one, other) else max(one, other)


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


def _projected(facts: Facts, names: tuple[str, ...] | None) -> Key:
    wanted = sorted(facts) if names is None else names
    return tuple(_hashable(facts.get(name)) for name in wanted)


def _hashable(value: Any) -> Any:
    return tuple(sorted(value.items())) if isinstance(value, Mapping) else value
