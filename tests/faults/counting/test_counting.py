"""64 buyers, one SKU, two hub processes: nothing oversold, nothing refused while it was free, no phantom order."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

from tests.faults.counting.buyers import crowd
from tests.faults.counting.counts import counted
from tests.faults.counting.hubs import connections, installation

FULL: Final = "CROSSDOCK_TEST_FULL"
"""Set to 1, all 20 seeds are played; else the first two."""
SEEDS: Final = range(1, 21) if os.environ.get(FULL) == "1" else range(1, 3)
BUYERS: Final = 64
ROUNDS: Final = 8
UNITS: Final = 60
"""Fewer than are wanted at once, so that most of the time the last unit is fought for."""


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
async def test_64_buyers_at_two_hubs_get_exactly_what_there_is(seed: int, database_url: str, tmp_path: Path) -> None:
    async with installation(database_url, tmp_path, hubs=2, units=UNITS) as shop, connections(shop, 2) as channels:
        asked = await crowd(shop, channels, seed=seed, buyers=BUYERS, rounds=ROUNDS)
        count = await counted(shop, asked, UNITS)
        audited = await shop.audited()

    assert count.oversold == []
    assert count.refused_while_free == []
    assert count.phantoms == []
    assert audited == ""
    assert {one.reason for one in asked} <= {"", "INSUFFICIENT_STOCK", "RESERVATION_ENDED"}
    assert count.refused > 50, "the last unit was never fought for"
    assert {one.kind for one in asked if one.identity} == {"reserve", "release", "extend", "order", "confirm", "cancel"}
