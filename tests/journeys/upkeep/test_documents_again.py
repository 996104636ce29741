"""The same bytes soon after are a repeat; later they are read again, and what has a number of its own is there once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from hub.api.stock.changes import ADJUST_STOCK
from hub.database.pool import Database
from hub.inbox.model import REPEAT_WINDOW, DocumentState
from hub.inventory.model import StockChange
from hub.wire.setup.network import network_from_json
from tests.journeys.upkeep.documents import put, read
from tests.support.doubles import served
from tests.support.world import World, hub_on

ROOT = Path(__file__).parents[3]
COUNT = b"sku,node,on_hand\nTRAY-OAK,SUP-IT,12\n"
A_DAY = timedelta(days=1)


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    beside = ("shopify_channel", "stock_files", "x12_channel")
    async with (
        served(tmp_path, beside) as doubles,
        Database(database_url, max_connections=6) as database,
        hub_on(database, doubles) as made,
    ):
        await put(made, network_from_json((ROOT / "examples/network.json").read_text()))
        for sku in ("TRAY-OAK", "MUG-BLUE", "THROW-GREY", "CANDLE-FIG", "VASE-CLAY", "BELT-BRN-90", "SCARF-RED"):
            await made.stock(sku, "DC-NL", 100)
        yield made
        await made.settle()
        assert await made.audit() == []


async def on_hand(world: World) -> int:
    return (await world.on_shelf("TRAY-OAK", "SUP-IT"))[0]


async def test_a_house_that_counts_the_same_again_hours_later_is_believed(world: World) -> None:
    first = await read(world, "stock-files", COUNT, "text/csv")
    await world.ask(ADJUST_STOCK, StockChange("TRAY-OAK", "SUP-IT", "DAMAGE", world.identity(), on_hand=-5))
    await world.advance(timedelta(hours=2))

    again = await read(world, "stock-files", COUNT, "text/csv")

    assert await on_hand(world) == 12
    assert (again.state, again.repeat_count) == (DocumentState.TAKEN, 0)
    assert again.document_id != first.document_id


async def test_a_file_that_is_sent_twice_at_once_is_a_repeat_and_is_applied_once(world: World) -> None:
    first = await read(world, "stock-files", COUNT, "text/csv")
    await world.ask(ADJUST_STOCK, StockChange("TRAY-OAK", "SUP-IT", "DAMAGE", world.identity(), on_hand=-5))
    await world.advance(REPEAT_WINDOW - timedelta(minutes=1))

    again = await read(world, "stock-files", COUNT, "text/csv")

    assert await on_hand(world) == 7
    assert (again.document_id, again.repeat_count, again.read_count) == (first.document_id, 1, 1)


async def test_a_count_that_states_its_own_instant_is_the_same_count_a_day_later(world: World) -> None:
    counted = b"# count_time=2026-01-05T06:00:00Z\n" + COUNT
    await read(world, "stock-files", counted, "text/csv")
    await world.ask(ADJUST_STOCK, StockChange("TRAY-OAK", "SUP-IT", "DAMAGE", world.identity(), on_hand=-5))
    await world.advance(A_DAY)

    again = await read(world, "stock-files", counted, "text/csv")

    assert (again.state, await on_hand(world)) == (DocumentState.TAKEN, 7)


@pytest.mark.parametrize(
    ("account_id", "name", "media_type"),
    [
        ("shopify-sample", "web-nl-1010-two-orders.json", "application/json"),
        ("x12-mailbox", "b2b-de-3002-three-orders.x12", "application/edi-x12"),
    ],
)
async def test_an_order_that_is_sent_again_a_day_later_is_the_same_order(
    world: World, account_id: str, name: str, media_type: str
) -> None:
    content = (ROOT / "examples/documents" / name).read_bytes()
    first = await read(world, account_id, content, media_type)
    await world.advance(A_DAY)

    again = await read(world, account_id, content, media_type)

    assert again.document_id != first.document_id
    assert first.order_ids
    assert (again.state, again.order_ids) == (first.state, first.order_ids)
    assert len(await world.rows("SELECT order_id FROM orders")) == len(first.order_ids)
