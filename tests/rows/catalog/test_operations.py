"""Items written and read: created, replaced, drafted, paged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from hub.catalog import operations
from hub.catalog.errors import UnknownSku
from hub.catalog.model import Component, Item, ItemState, Resale
from hub.database.pool import Database
from hub.kernel.errors import InvalidField, Refusal
from hub.kernel.instant import instant
from hub.kernel.money import Money
from hub.kernel.scope import HUB

AT = instant("2026-03-10T10:00:00Z")
CUP = Item(
    "CUP",
    title="Tasse für Tee",
    hs_code="691200",
    origin_country="PT",
    weight_grams=310,
    prices={"EUR": Money(1250, "EUR"), "JPY": Money(1900, "JPY")},
    attributes={"color": "blue"},
    volume_cm3=1200,
    item_class="ENGRAVED",
    required_skills=frozenset({"HAZMAT", "GIFT_WRAP"}),
    resales=(Resale(Money(900, "EUR"), Decimal("0.85"), node_kind="STORE"), Resale(Money(700, "EUR"))),
)
POT = Item("POT", state=ItemState.ENDED, unit_code="CS")
SET = Item("SET", components=(Component("CUP", 4), Component("POT", 1)))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url) as opened:
        yield opened


def unversioned(item: Item) -> Item:
    return replace(item, version=0)


async def put(database: Database, *items: Item) -> Sequence[Item | Refusal]:
    """The answers, apart from the versions that items get."""
    async with database.transaction() as tx:
        answers = await operations.put(tx, HUB, items, at=AT)
    return [unversioned(one) if isinstance(one, Item) else one for one in answers]


async def load(database: Database, *skus: str) -> dict[str, Item]:
    async with database.transaction() as tx:
        return {sku: unversioned(item) for sku, item in (await operations.load(tx, skus)).items()}


async def test_items_come_back_as_they_were_put(database: Database) -> None:
    answers = await put(database, SET, CUP, POT)

    assert answers == [SET, CUP, POT]
    assert await load(database, "CUP", "POT", "SET", "NONE") == {"CUP": CUP, "POT": POT, "SET": SET}


@pytest.mark.parametrize(
    "resale",
    [Resale(Money(-1, "EUR")), Resale(Money(1, "EUR"), Decimal("1.01")), Resale(Money(1, "EUR"), Decimal("-0.1"))],
    ids=["below zero", "more than all", "less than none"],
)
async def test_a_resale_that_cannot_be_is_refused(database: Database, resale: Resale) -> None:
    (answer,) = await put(database, Item("CUP", resales=(resale,)))

    assert isinstance(answer, InvalidField)
    assert list(answer.metadata) == ["resales"]


async def test_a_known_sku_is_replaced_whole(database: Database) -> None:
    await put(database, CUP)

    await put(database, Item("CUP", title="Cup"))

    assert await load(database, "CUP") == {"CUP": Item("CUP", title="Cup")}


async def test_the_same_again_changes_nothing(database: Database) -> None:
    await put(database, CUP, POT)

    async with database.transaction() as tx:
        await operations.put(tx, HUB, [CUP, Item("POT", title="Pot")], at=AT + timedelta(hours=1))
        rows = await tx.fetch("SELECT sku, changed_at FROM item ORDER BY sku")

    assert [(row["sku"], row["changed_at"]) for row in rows] == [("CUP", AT), ("POT", AT + timedelta(hours=1))]


async def test_a_refused_item_leaves_its_neighbors(database: Database) -> None:
    refused, taken = await put(database, SET, POT)

    assert isinstance(refused, UnknownSku)
    assert taken == POT
    assert list(await load(database, "SET", "POT")) == ["POT"]


async def test_one_sku_twice_in_a_batch_keeps_the_later(database: Database) -> None:
    first, second = await put(database, CUP, Item("CUP", title="Later"))

    assert (first, second) == (CUP, Item("CUP", title="Later"))
    assert (await load(database, "CUP"))["CUP"].title == "Later"


async def test_what_is_part_of_a_stored_bundle_cannot_become_one(database: Database) -> None:
    await put(database, CUP, POT, SET)

    [refused] = await put(database, Item("CUP", components=(Component("POT", 1),)))

    assert isinstance(refused, InvalidField)
    assert await load(database, "CUP") == {"CUP": CUP}


async def test_of_two_at_once_no_bundle_of_bundles_is_left(database: Database) -> None:
    await put(database, CUP, POT, Item("TEA"))

    answers = await asyncio.gather(put(database, SET), put(database, Item("CUP", components=(Component("TEA", 1),))))

    assert sorted(isinstance(answer, InvalidField) for [answer] in answers) == [False, True]


async def test_unknown_skus_become_drafts_and_known_ones_stay(database: Database) -> None:
    await put(database, CUP)

    async with database.transaction() as tx:
        made = await operations.draft(tx, ["NEW-2", "CUP", "NEW-1", "NEW-2"], at=AT)
        again = await operations.draft(tx, ["NEW-1"], at=AT)

    assert made == ["NEW-1", "NEW-2"]
    assert again == []
    assert await load(database, "CUP", "NEW-1") == {"CUP": CUP, "NEW-1": Item("NEW-1", state=ItemState.DRAFT)}


async def test_items_are_paged_by_sku(database: Database) -> None:
    await put(database, SET, CUP, POT)

    async with database.transaction() as tx:
        first = await operations.page(tx, size=2)
        second = await operations.page(tx, after_sku=first[-1].sku, size=2)
        ended = await operations.page(tx, state=ItemState.ENDED)

    assert [item.sku for item in first] == ["CUP", "POT"]
    assert [unversioned(item) for item in second] == [SET]
    assert [unversioned(item) for item in ended] == [POT]


async def test_an_unknown_sku_is_named(database: Database) -> None:
    await put(database, CUP)

    async with database.transaction() as tx:
        assert unversioned(await operations.get(tx, "CUP")) == CUP
        with pytest.raises(UnknownSku) as refused:
            await operations.get(tx, "NONE")

    assert refused.value.metadata == {"sku": "NONE"}
