"""What channels were told is written where it stands."""

from __future__ import annotations

from hub.database.pool import Database
from hub.inventory import operations as inventory

SKUS = [f"SKU-{number:04}" for number in range(400)]
CHANGED = 20


async def test_a_level_that_changes_writes_no_index(database: Database) -> None:
    told = ({"WEB-NL": 0}, ["DC-NL"])
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO stock (sku, node_id, on_hand) SELECT sku, 'DC-NL', 5 FROM unnest(%(skus)s::text[]) AS sku",
            {"skus": SKUS},
        )
        await inventory.changed_levels(tx, *told, SKUS)

    async with database.transaction() as tx:
        await tx.execute("UPDATE stock SET on_hand = 6 WHERE sku = ANY(%(skus)s)", {"skus": SKUS[:CHANGED]})
        changed = await inventory.changed_levels(tx, *told, SKUS[:CHANGED])
        (row,) = await tx.fetch("SELECT pg_stat_get_xact_tuples_hot_updated('published_level'::regclass) AS hot")

    assert (len(changed["WEB-NL"]), row["hot"]) == (CHANGED, CHANGED)
