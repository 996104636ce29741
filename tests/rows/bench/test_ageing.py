"""Old orders that the bench makes by statements are whole orders, as if they had lived."""

from __future__ import annotations

from uuid import uuid4

import psycopg

from bench.ageing import grow_old
from bench.counting import counted
from bench.lifetimes import COHORT, lives_on
from bench.scene import database_on
from hub import audit

WHOLE = {
    "line_quantity",
    "ended_orders",
    "shipped_units",
    "shipment_values",
    "moves_replay",
    "moves_caused",
    "order_versions",
    "finished_orders",
    "feed_without_gaps",
}
"""Invariants that hold of orders whose messages of weeks ago are gone."""


async def test_copies_of_a_cohort_are_orders_of_their_own_spread_over_a_month(embedded_url: str) -> None:
    name = f"aged_{uuid4().hex[:8]}"
    url = await database_on(embedded_url, name, skus=COHORT)
    try:
        async with lives_on(url, series="A", skus=COHORT) as lives:
            await grow_old(lives, url, 10 * COHORT)
            rows = await counted(lives.hub.database)
            async with lives.hub.database.reading() as tx:
                results = {one.name: one for one in await audit.run(tx)}
                (span,) = await tx.fetch("SELECT max(placed_at) - min(placed_at) AS days FROM orders")
            await lives.live()
    finally:
        with psycopg.connect(embedded_url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name}")

    assert rows["orders"] == 11 * COHORT
    assert 2 * COHORT < rows["request"] < rows["orders"], "keys are kept for a week"
    assert 26 <= span["days"].days <= 30
    assert {name: results[name].violations for name in WHOLE} == dict.fromkeys(WHOLE, 0)
    assert results["order_versions"].checked == rows["orders"]
