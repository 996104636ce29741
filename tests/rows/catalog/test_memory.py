"""Items remembered by a process are those the transaction sees."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.catalog import operations
from hub.catalog.model import Item
from hub.catalog.operations import ItemMemory
from hub.database.pool import Database
from hub.kernel.instant import instant
from hub.kernel.scope import HUB

AT = instant("2026-03-10T10:00:00Z")
CUP, POT = Item("CUP", title="A cup"), Item("POT", title="A pot")


async def put(database: Database, *items: Item) -> None:
    async with database.transaction() as tx:
        await operations.put(tx, HUB, items, at=AT)


async def seen(database: Database, memory: ItemMemory, *skus: str) -> dict[str, Item]:
    async with database.reading() as tx:
        return await memory.load(tx, skus)


async def test_what_is_remembered_follows_every_change_of_the_catalog(database_url: str) -> None:
    async with Database(database_url) as database:
        memory = ItemMemory()
        await put(database, CUP)
        assert await seen(database, memory, "CUP", "POT") == {"CUP": replace(CUP, version=1)}

        blue = replace(CUP, title="A blue cup")
        await put(database, blue, POT)

        assert await seen(database, memory, "CUP", "POT", "NONE") == {
            "CUP": replace(blue, version=2),
            "POT": replace(POT, version=1),
        }


async def test_what_another_process_drafts_is_seen(database_url: str) -> None:
    async with Database(database_url) as database:
        memory = ItemMemory()
        assert await seen(database, memory, "CUP") == {}

        async with database.transaction() as tx:
            await operations.draft(tx, ["CUP"], at=AT)

        assert (await seen(database, memory, "CUP")).keys() == {"CUP"}


async def test_a_transaction_that_began_before_a_change_sees_the_catalog_of_its_instant(database_url: str) -> None:
    async with Database(database_url) as database:
        memory = ItemMemory()
        await put(database, CUP)
        async with database.reading() as early:
            assert await memory.load(early, ["POT"]) == {}
            await put(database, replace(CUP, title="A blue cup"))
            assert (await seen(database, memory, "CUP"))["CUP"].title == "A blue cup"

            assert await memory.load(early, ["CUP"]) == {"CUP": replace(CUP, version=1)}

        assert (await seen(database, memory, "CUP"))["CUP"].title == "A blue cup"


@pytest.mark.parametrize("again", [CUP, replace(CUP)])
async def test_putting_the_same_again_forgets_nothing(database_url: str, again: Item) -> None:
    async with Database(database_url) as database:
        memory = ItemMemory()
        await put(database, CUP)
        first = (await seen(database, memory, "CUP"))["CUP"]

        await put(database, again)

        assert (await seen(database, memory, "CUP"))["CUP"] is first
