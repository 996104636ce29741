"""The steps of the retailer's bench cost what they show, counted in rows of stock and in transactions."""

from __future__ import annotations

from uuid import uuid4

import pytest
from msgspec.structs import replace

from bench.chain import QUICK
from bench.retailer import Cost, measured
from bench.scene import empty_database
from hub.flows.stock import publish_stock

SIZE = replace(QUICK, nodes=40, lanes=12, channels=3, skus=300, rows=10)
STEP = 100


@pytest.fixture
async def costs(embedded_url: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Cost]:
    """What each step of a small scene cost."""
    monkeypatch.setattr(publish_stock, "LEVELS_A_STEP", STEP)
    url = await empty_database(embedded_url, f"retailer_{uuid4().hex[:8]}")
    return {cost.step: cost for cost in await measured(url, SIZE, seed=7)}


async def test_every_step_reads_what_it_shows_or_what_changed(costs: dict[str, Cost]) -> None:
    cells = SIZE.skus * SIZE.rows
    first, later = costs["first publication"], costs["publication of the changes"]

    assert costs["restart"].count == cells
    assert costs["GetNetwork, a page"].stock_rows == costs["views never asked for, a node each"].stock_rows == 0
    assert costs["ListStock of a node, a page"].stock_rows <= 101
    assert costs["preview of nine rules"].stock_rows <= 2 * cells
    assert costs["activation of nine rules"].stock_rows == 0
    assert 1 < costs["activation of nine rules"].count < SIZE.skus / 3
    assert first.count >= SIZE.channels * SIZE.skus / STEP
    assert first.stock_rows <= 4 * cells, "all channels sell from the same nodes: each row is read for them together"
    assert costs["changes of stock"].count == SIZE.skus // 100
    assert later.count == 1
    assert later.stock_rows <= 4 * (SIZE.skus // 100) * SIZE.rows
