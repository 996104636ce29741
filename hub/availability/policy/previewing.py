"""What other rules would change in the stock as it is, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hub.availability.model import CellChange, Kept, Level, Window, Withheld
from hub.availability.policy.levels import level
from hub.network.model import Network


@dataclass(slots=True)
class Preview:
    """Counts cells, SKU x node x channel, and keeps the first of those that would change as examples."""

    network: Network
    windows: Mapping[str, Window]
    limit: int
    cells: int = 0
    changed: int = 0
    withheld_units: int = 0
    examples: list[CellChange] = field(default_factory=list)

    def look(self, sku: str, spare: Mapping[str, int], now: Kept, then: Mapping[str, Withheld] | None) -> None:
        """Looks at a SKU, as it is and as it would be judged then; None: there would be no rules."""
        later = Kept(then, now.protections)
        for channel_id, window in self.windows.items():
            before = self._level(sku, spare, window, now)
            after = self._level(sku, spare, window, later)
            for node_id in sorted(window.node_ids & spare.keys()):
                self._count(sku, node_id, channel_id, before, after)

    def _level(self, sku: str, spare: Mapping[str, int], window: Window, kept: Kept) -> Level:
        judged = Window(window.node_ids, window.claimant, window.buffer, kept.withheld is not None)
        return level(sku, spare, judged, kept)

    def _count(self, sku: str, node_id: str, channel_id: str, before: Level, after: Level) -> None:
        was, will = before.by_node.get(node_id, 0), after.by_node.get(node_id, 0)
        self.cells += 1
        if was != will:
            self.changed += 1
            self.withheld_units += was - will
            if len(self.examples) < self.limit:
                self.examples.append(CellChange(sku, node_id, channel_id, was, will))
