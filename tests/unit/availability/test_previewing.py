"""A preview finds what a comparison of every cell finds, and looks only at cells that are judged otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from hub.availability.model import EVERYTHING, Kept, Window, Withheld
from hub.availability.policy import previewing
from hub.availability.policy.levels import level, sellable
from hub.availability.policy.previewing import Preview
from hub.inventory.model.supply import Claimant, Protection

NODES = [f"N-{number}" for number in range(6)]
CHANNELS = ["WEB", "SHOP", "APP"]


def windows(random: Random) -> dict[str, Window]:
    nodes = {channel: frozenset(random.sample(NODES, random.randint(1, 6))) for channel in CHANNELS}
    return {channel: Window(nodes[channel], Claimant(channel), 1) for channel in CHANNELS}


def patterns(random: Random) -> list[Withheld]:
    units = (1, 3, EVERYTHING)
    return [
        {},
        *(
            {
                channel: {node: random.choice(units) for node in random.sample(NODES, random.randint(1, 6))}
                for channel in random.sample(CHANNELS, random.randint(1, 3))
            }
            for _ in range(3)
        ),
    ]


def compared(seen: Mapping[str, Window], sku: str, spare: Mapping[str, int], now: Kept, then: Kept) -> list[Any]:
    """Each cell of a SKU with its units now and then, by the levels that callers are answered."""
    cells = []
    for channel, window in seen.items():
        before, after = (
            level(
                sku, spare, Window(window.node_ids, window.claimant, 0, judged=kept.withheld is not None), kept
            ).by_node
            for kept in (now, then)
        )
        cells += [(node, channel, before.get(node, 0), after.get(node, 0)) for node in window.node_ids & spare.keys()]
    return cells


@pytest.mark.parametrize("seed", range(40))
def test_a_preview_counts_what_a_comparison_of_every_cell_counts(seed: int) -> None:
    random = Random(seed)
    seen, known = windows(random), patterns(random)
    skus = {f"SKU-{number}": {node: random.randint(-2, 6) for node in random.sample(NODES, 4)} for number in range(8)}
    protections = {"": [Protection("N-1", "", "WEB", "", 2)], "SKU-1": [Protection("N-2", "SKU-1", "APP", "", 3)]}
    judged: list[dict[str, Withheld] | None] = [None] + [
        {sku: random.choice(known) for sku in skus if random.random() < 0.8} for _ in range(2)
    ]
    now, then = Kept(random.choice(judged), protections), random.choice(judged)
    preview = Preview(seen, limit=1000)

    cells = []
    for sku, spare in skus.items():
        preview.look(sku, spare, now, then)
        cells += [(sku, *cell) for cell in compared(seen, sku, spare, now, Kept(then, protections))]
    changed = [cell for cell in cells if cell[3] != cell[4]]

    assert preview.cells == len(cells)
    assert preview.changed == len(changed)
    assert preview.withheld_units == sum(was - will for *_, was, will in changed)
    found = [(one.sku, one.node_id, one.channel_id, one.available, one.available_then) for one in preview.examples]
    assert sorted(found) == sorted(changed)


def test_cells_that_are_judged_alike_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def counted(sku: str, *given: Any) -> int:
        looked.append(sku)
        return sellable(sku, *given)

    monkeypatch.setattr(previewing, "sellable", counted)
    seen = {channel: Window(frozenset(NODES), Claimant(channel)) for channel in CHANNELS}
    preview = Preview(seen, limit=1)
    winter: Withheld = {"WEB": {"N-1": EVERYTHING}}

    for number in range(100):
        preview.look(f"SKU-{number}", dict.fromkeys(NODES, 5), Kept(), {f"SKU-{number}": {} if number else winter})

    assert looked == ["SKU-0", "SKU-0"]
    assert (preview.cells, preview.changed, preview.withheld_units) == (100 * len(NODES) * len(CHANNELS), 1, 5)
