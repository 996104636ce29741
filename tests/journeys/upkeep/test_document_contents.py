"""What documents say reaches stock and orders as it was sent, or is a problem that names its place."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from hub.database.pool import Database
from hub.inbox.model import DocumentState
from hub.wire.setup.network import network_from_json
from tests.journeys.upkeep.documents import put, read
from tests.support.doubles import served
from tests.support.world import World, hub_on

ROOT = Path(__file__).parents[3]
KETTLE = "5014710497468"


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    beside = ("shopify_channel", "stock_files")
    async with (
        served(tmp_path, beside) as doubles,
        Database(database_url, max_connections=6) as database,
        hub_on(database, doubles) as made,
    ):
        await put(made, network_from_json((ROOT / "examples/network.json").read_text()))
        yield made
        await made.settle()
        assert await made.audit() == []


def an_order(**changes: object) -> bytes:
    order: dict[str, Any] = {
        "id": 5400000007201,
        "currency": "EUR",
        "financial_status": "paid",
        "gateway": "shopify_payments",
        "email": "ida@example.com",
        "shipping_address": {"name": "Ida", "address1": "Kade 1", "city": "Delft", "country_code": "NL"},
        "line_items": [{"id": 1, "sku": KETTLE, "quantity": 1, "price": "10.00"}],
        "total_price": "10.00",
    }
    return json.dumps({**order, **changes}).encode()


async def test_an_article_number_is_ordered_under_the_digits_that_were_sent(world: World) -> None:
    taken = await read(world, "shopify-sample", an_order(po_number="5904688672755"), "application/json")

    assert (taken.state, taken.problems) == (DocumentState.TAKEN, ())
    order = (await world.case(taken.order_ids[0])).order
    assert [line.sku for line in order.lines] == [KETTLE]
    assert order.attributes["shopify.po_number"] == "5904688672755"


async def test_a_card_number_is_kept_with_the_document_and_shown_nowhere(world: World) -> None:
    line = {"id": 1, "sku": KETTLE, "quantity": 1, "price": "10.00", "title": "Pay 4111 1111 1111 1111"}

    taken = await read(world, "shopify-sample", an_order(line_items=[line]), "application/json")

    assert [problem.location for problem in taken.problems] == ["$.line_items[0].title"]
    assert "card number" in taken.problems[0].reason
    order = (await world.case(taken.order_ids[0])).order
    assert "Pay [card number]" in str(order)
    assert "1111" not in f"{order}{taken.problems}"


async def test_a_command_that_still_holds_a_card_number_is_refused_by_its_field(world: World) -> None:
    address = {"name": "4111111111111111", "address1": "Kade 1", "city": "Delft", "country_code": "NL"}

    refused = await read(world, "shopify-sample", an_order(shipping_address=address), "application/json")

    assert refused.order_ids == ()
    assert [problem.field for problem in refused.problems] == ["field=place_order.customer.name"]
    assert "CARD_NUMBER_REFUSED" in refused.problems[0].reason


async def test_a_count_of_goods_the_catalog_lacks_empties_no_node(world: World) -> None:
    await world.items("MUG-BLUE")
    await world.stock("MUG-BLUE", "ST-LON", 3)
    content = b'sku,node,on_hand\n"=""TRAY-OAK""",ST-LON,3\n1.23457E+11,ST-LON,7\n'

    refused = await read(world, "stock-files", content, "text/csv")

    assert [(problem.location, problem.field) for problem in refused.problems] == [("line 2", "sku"), ("line 3", "sku")]
    assert all("add the item or correct the file" in problem.reason for problem in refused.problems)
    assert "DOCUMENT_PROBLEM" in await world.exceptions()
    assert (await world.on_shelf("MUG-BLUE", "ST-LON"))[0] == 3


async def test_a_count_of_a_day_to_come_is_refused_and_blocks_no_later_one(world: World) -> None:
    await world.items("MUG-BLUE")
    to_come = b"# count_time=2062-01-05T06:00:00Z\nsku,node,on_hand\nMUG-BLUE,ST-LON,9\n"

    refused = await read(world, "stock-files", to_come, "text/csv")
    taken = await read(world, "stock-files", b"sku,node,on_hand\nMUG-BLUE,ST-LON,7\n", "text/csv")

    assert ["in the future" in problem.reason for problem in refused.problems] == [True]
    assert taken.state is DocumentState.TAKEN
    assert (await world.on_shelf("MUG-BLUE", "ST-LON"))[0] == 7


async def test_of_many_problems_the_first_are_kept_and_the_others_counted(world: World) -> None:
    content = b"sku,node,on_hand\n" + b"".join(b"LOST-%d,ST-LON,1\n" % number for number in range(1_500))

    refused = await read(world, "stock-files", content, "text/csv")

    assert (refused.state, len(refused.problems)) == (DocumentState.PROBLEM, 101)
    assert refused.problems[-1].reason.startswith("1400 more problems")
    assert "DOCUMENT_PROBLEM" in await world.exceptions()
