"""A page of stock costs what it shows: of a few nodes, however much stock the others have."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bench.counting import rows_read
from hub.database.tx import Tx
from hub.inventory import operations as inventory
from hub.inventory.model import StockKey
from hub.inventory.store.stock import FEW_NODES
from hub.kernel.scope import HUB, Scope
from tests.rows.rooms.building import seen_by

_NODES, _SKUS, _PAGE = 60, 200, 20


@pytest.fixture
async def stocked(tx: Tx) -> Tx:
    """A transaction that sees every SKU at every node; one in three nodes has only every fifth SKU."""
    await tx.execute(
        "INSERT INTO stock (sku, node_id, on_hand) SELECT 'SKU-' || lpad(sku::text, 4, '0'),"
        " 'N-' || lpad(node::text, 3, '0'), 5 FROM generate_series(1, %(skus)s) AS sku,"
        " generate_series(1, %(nodes)s) AS node WHERE node %% 3 > 0 OR sku %% 5 = 0",
        {"skus": _SKUS, "nodes": _NODES},
    )
    await tx.execute("ANALYZE stock")
    return tx


async def listed(
    tx: Tx, node_ids: Sequence[str], *, scope: Scope = HUB, skus: Sequence[str] = (), size: int = _PAGE
) -> list[StockKey]:
    """Every key that a listing shows, page after page."""
    keys: list[StockKey] = []
    while page := await inventory.page(tx, scope, list(skus), list(node_ids), keys[-1] if keys else None, size):
        keys += [(row.sku, row.node_id) for row in page]
    return keys


async def all_of(tx: Tx, node_ids: Sequence[str]) -> list[StockKey]:
    rows = await tx.fetch("SELECT sku, node_id FROM stock WHERE node_id = ANY(%(nodes)s)", {"nodes": list(node_ids)})
    return sorted((row["sku"], row["node_id"]) for row in rows)


@pytest.mark.parametrize("count", [1, 2, FEW_NODES, FEW_NODES + 1])
async def test_pages_of_nodes_show_each_row_once_in_order(stocked: Tx, count: int) -> None:
    nodes = [f"N-{number:03}" for number in range(1, count + 1)]

    assert await listed(stocked, nodes, size=7) == await all_of(stocked, nodes)
    assert await listed(stocked, [], scope=seen_by(nodes=frozenset(nodes)), size=7) == await all_of(stocked, nodes)


async def test_a_page_of_nodes_shows_only_what_is_asked_for_and_in_scope(stocked: Tx) -> None:
    scope = seen_by(nodes=frozenset({"N-001", "N-002"}))

    assert await listed(stocked, ["N-002", "N-004"], scope=scope) == await all_of(stocked, ["N-002"])
    assert await listed(stocked, ["N-004"], scope=scope) == []
    assert await listed(stocked, ["N-001"], skus=["SKU-0007"]) == [("SKU-0007", "N-001")]


@pytest.mark.parametrize("count", [1, 4])
async def test_a_page_of_a_few_nodes_reads_no_more_than_a_page_of_each(stocked: Tx, count: int) -> None:
    nodes = [f"N-{number:03}" for number in range(1, count + 1)]
    before = await rows_read(stocked, "stock")

    await inventory.page(stocked, HUB, [], nodes, ("SKU-0150", "N-001"), _PAGE)

    assert await rows_read(stocked, "stock") - before <= count * (_PAGE + 1)
