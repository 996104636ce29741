"""The same thing said several times, at several doors, at once: it happens once, and everybody is answered alike."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from hub.api.fulfillment.changes import REPLAY_DOCUMENT
from hub.api.orders.changes import PLACE_ORDER
from hub.inbox.model import Document, DocumentState
from hub.kernel.errors import RequestIdReused
from hub.orders.errors import ChannelReferenceTaken
from hub.orders.lifecycle import OrderState
from tests.support.drafts import draft, item, line
from tests.support.world import World, hub_on

EXAMPLES = Path(__file__).parents[3] / "examples"
ORDER_1001 = (EXAMPLES / "documents" / "web-nl-1001-plain.json").read_bytes()
WEB_NL = json.loads((EXAMPLES / "profiles" / "shopify-web-nl.json").read_text(encoding="utf-8"))


@pytest.fixture
async def beside(world: World) -> AsyncIterator[World]:
    """Another hub process on the same database and partners: its own gate, its own worker."""
    await world.network(profiles={"shopify": WEB_NL})
    async with hub_on(world.database, world.doubles, name="beside", first_id=1_000_000) as other:
        await other.surroundings.network.refresh()
        yield other


async def test_scenario_11_a_document_delivered_five_times_is_one_order(world: World, beside: World) -> None:
    await world.stock("LAMP-01", "DC-NL", 9)

    answers = [await world.receive("shopify", ORDER_1001)]
    answers += await asyncio.gather(world.receive("shopify", ORDER_1001), beside.receive("shopify", ORDER_1001))
    await asyncio.gather(world.settle(), beside.settle())
    answers.append(await beside.receive("shopify", ORDER_1001))
    answers.append(await world.receive("shopify", ORDER_1001))
    await asyncio.gather(world.settle(), beside.settle())

    assert len({one.document_id for one in answers}) == 1
    ids = [await orders_of(world, one) for one in answers]
    assert len(ids) == 5
    assert len({tuple(one) for one in ids}) == 1
    assert len(ids[0]) == 1
    assert await count(world, "orders") == 1
    assert world.money("payment.authorize") == ["105.00"]
    assert await world.on_shelf("LAMP-01", "DC-NL") == (9, 0, 2)


async def test_scenario_11_an_order_placed_five_times_is_answered_five_times_with_one_id(
    world: World, beside: World
) -> None:
    await world.stock("LAMP", "DC-NL", 9)
    stated = draft("W-11", [line("LAMP", 2, "50.00")])

    first = await asyncio.gather(world.place(stated), beside.place(stated))
    again = await asyncio.gather(beside.place(stated), beside.place(stated), world.place(stated))
    await asyncio.gather(world.settle(), beside.settle())

    assert len({one.order_id for one in [*first, *again]}) == 1
    assert await count(world, "orders") == 1
    assert world.money("payment.authorize") == ["100.00"]
    assert await world.on_shelf("LAMP", "DC-NL") == (9, 0, 2)


async def test_a_request_repeated_under_its_id_is_answered_from_what_was_done(world: World) -> None:
    await world.stock("LAMP", "DC-NL", 9)
    stated, request_id = draft("W-12", [line("LAMP", 2, "50.00")]), world.identity()

    first = await world.ask(PLACE_ORDER, stated, request_id=request_id)
    await world.settle()
    again = await world.ask(PLACE_ORDER, stated, request_id=request_id)

    assert again.order_id == first.order_id
    assert again.order.state is OrderState.CONFIRMED
    with pytest.raises(RequestIdReused):
        await world.ask(PLACE_ORDER, draft("W-13", [line("LAMP")]), request_id=request_id)


async def test_other_content_under_a_reference_that_is_taken_is_refused(world: World) -> None:
    await world.stock("LAMP", "DC-NL", 9)
    await world.place(draft("W-14", [line("LAMP", 2, "50.00")]))

    with pytest.raises(ChannelReferenceTaken):
        await world.place(draft("W-14", [line("LAMP", 3, "50.00")]))

    assert await world.on_shelf("LAMP", "DC-NL") == (9, 2, 0)


async def test_a_document_read_again_after_a_fix_takes_in_what_was_not_taken_in_once(
    world: World, beside: World
) -> None:
    document = await world.receive("shopify", ORDER_1001)
    await world.settle()
    assert (await documents(world))[0] == ("PROBLEM", 1)
    assert await world.exceptions() == ["DOCUMENT_PROBLEM"]

    await world.items(item("LAMP-01"))
    await world.stock("LAMP-01", "DC-NL", 9)
    await world.ask(REPLAY_DOCUMENT, document.document_id)
    await world.settle()

    assert (await documents(world))[0] == (DocumentState.TAKEN.value, 2)
    assert len(await orders_of(world, document)) == 1
    assert await world.exceptions() == []
    await world.advance(timedelta(days=2))
    assert world.money("payment.capture") == ["105.00"]


async def orders_of(world: World, document: Document) -> list[str]:
    found = await world.rows(
        "SELECT jsonb_array_elements_text(order_ids) AS id FROM document WHERE document_id = %(id)s",
        id=document.document_id,
    )
    return [row["id"] for row in found]


async def documents(world: World) -> list[tuple[str, int]]:
    return [(row["state"], row["read_count"]) for row in await world.rows("SELECT state, read_count FROM document")]


async def count(world: World, table: str) -> int:
    return int((await world.rows(f"SELECT count(*) AS rows FROM {table}"))[0]["rows"])
