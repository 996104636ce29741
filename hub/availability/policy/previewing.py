"""What other rules would change in the stock as it is; of a SKU only the cells that are judged otherwise are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from hub.availability.model import EVERYTHING, CellChange, Kept, Window, Withheld
from hub.availability.policy.levels import sellable
from hub.inventory.model.supply import Claimant

Differing = Mapping[str, Mapping[str, tuple[int, int]]]
"""Channel -> node -> units withheld now and then, where they differ."""
_NOTHING: Final[Withheld] = {}


@dataclass(slots=True)
class Preview:
    """Counts cells, SKU x node x channel, and keeps the first of those that would change as examples.

    Channels that sell from the same nodes are counted together, and two values of what is withheld are compared once.
    """

    windows: Mapping[str, Window]
    limit: int
    cells: int = 0
    changed: int = 0
    withheld_units: int = 0
    examples: list[CellChange] = field(default_factory=list)
    _sellers: Mapping[frozenset[str], int] = field(init=False)
    _compared: dict[tuple[int, int], tuple[Withheld | None, Withheld | None, Differing]] = field(
        init=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        sellers: dict[frozenset[str], int] = {}
        for window in self.windows.values():
            sellers[window.node_ids] = sellers.get(window.node_ids, 0) + 1
        self._sellers = sellers

    def look(self, sku: str, spare: Mapping[str, int], now: Kept, then: Mapping[str, Withheld] | None) -> None:
        """Looks at a SKU, as it is and as it would be judged then; None: there would be no rules."""
        self.cells += sum(count * sum(node_id in nodes for node_id in spare) for nodes, count in self._sellers.items())
        before = _NOTHING if now.withheld is None else now.withheld.get(sku)
        after = _NOTHING if then is None else then.get(sku)
        for channel_id, nodes in self._differing(before, after).items():
            claimant = self.windows[channel_id].claimant
            if claimant is not None:
                for node_id in sorted(node_id for node_id in spare if node_id in nodes):
                    was, will = (_free(sku, node_id, spare, claimant, units, now) for units in nodes[node_id])
                    if was != will:
                        self._count(sku, node_id, channel_id, was, will)

    def _count(self, sku: str, node_id: str, channel_id: str, was: int, will: int) -> None:
        self.changed += 1
        self.withheld_units += was - will
        if len(self.examples) < self.limit:
            self.examples.append(CellChange(sku, node_id, channel_id, was, will))

    def _differing(self, before: Withheld | None, after: Withheld | None) -> Differing:
        """Cells of which two values withhold different units. None withholds everything: it was not judged."""
        key = (id(before), id(after))
        known = self._compared.get(key)
        if known is None:  # both values are kept with what was found, so that their identities stay theirs
            known = self._compared[key] = (before, after, self._compare(before, after))
        return known[2]

    def _compare(self, before: Withheld | None, after: Withheld | None) -> Differing:
        if before is after or before == after:
            return {}
        return {
            channel_id: nodes
            for channel_id, window in self.windows.items()
            if (nodes := _unlike(_named(before, channel_id, window), _named(after, channel_id, window)))
        }


def _named(withheld: Withheld | None, channel_id: str, window: Window) -> Mapping[str, int]:
    """Units withheld of a channel by node, of the nodes that sell to it."""
    if withheld is None:
        return dict.fromkeys(window.node_ids, EVERYTHING)
    of_channel = withheld.get(channel_id, {})
    return {node_id: units for node_id, units in of_channel.items() if node_id in window.node_ids}


def _unlike(before: Mapping[str, int], after: Mapping[str, int]) -> Mapping[str, tuple[int, int]]:
    nodes: Iterable[str] = before.keys() | after.keys()
    pairs = {node_id: (before.get(node_id, 0), after.get(node_id, 0)) for node_id in nodes}
    return {node_id: (was, will) for node_id, (was, will) in pairs.items() if was != will}


def _free(sku: str, node_id: str, spare: Mapping[str, int], claimant: Claimant, withheld: int, kept: Kept) -> int:
    return sellable(sku, node_id, spare[node_id], claimant, withheld, kept)
