"""Personal data stay in the parties room, sealed: a canary sung into an order is heard in no table."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest

from hub.kernel.errors import Refusal
from hub.observability.spans import line_of
from hub.parties.model import Contact, PostalAddress
from tests.support.drafts import draft, line
from tests.support.world import World

CANARIES = ("Kanarie", "kanarie@example.com", "Vogelstraat", "+31612345678", "Kanarienburg")
CANARY = Contact(
    "Karel Kanarie",
    email="kanarie@example.com",
    phone="+31612345678",
    address=PostalAddress(("Vogelstraat 77",), "Kanarienburg", "NL", postal_code="1234 KV"),
)


async def tables(world: World) -> list[str]:
    rows = await world.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    return [row["tablename"] for row in rows]


async def found(world: World, words: Sequence[str]) -> list[str]:
    """Tables in which a word is found, as text or as bytes, in any column."""
    places = []
    for table in await tables(world):
        for word in words:
            hidden = word.encode().hex()
            sql = f"SELECT count(*) AS n FROM {table} AS t WHERE t::text ILIKE %(clear)s OR t::text ILIKE %(hidden)s"
            (row,) = await world.rows(sql, clear=f"%{word}%", hidden=f"%{hidden}%")
            if row["n"]:
                places.append(f"{word} in {table}")
    return places


async def heard(world: World) -> list[str]:
    """Tables in which a canary is heard."""
    return await found(world, CANARIES)


def traced(world: World) -> Iterator[str]:
    text = "\n".join(line_of(span) for span in world.recorder.spans)
    return (canary for canary in CANARIES if canary in text)


async def test_personal_data_of_a_whole_life_can_be_read_in_no_table(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await world.stock("SHIRT", "ST-AMS", 5, there=3)
    await world.stock("SHIRT", "DC-NL", 2)
    lines = [line("SHIRT", 6)]
    await world.place(draft("W-1", lines, customer=CANARY, ship_to=CANARY, bill_to=CANARY))
    with pytest.raises(Refusal) as refused:
        await world.place(draft("W-1", [line("SHIRT", 1)], customer=CANARY))

    await world.advance(timedelta(days=3))

    assert world.notices(), "the customer was written to, so the partner had the data and the hub used them"
    assert await heard(world) == []
    assert list(traced(world)) == []
    assert not any(canary in caplog.text for canary in CANARIES)
    assert not any(canary in str(refused.value) + str(refused.value.metadata) for canary in CANARIES)


async def test_a_document_is_kept_so_that_nobody_can_read_it_in_the_database(world: World) -> None:
    await world.receive("shopify", b'{"order": {"email": "kanarie@example.com", "city": "Kanarienburg"}}')

    assert await heard(world) == []


async def test_personal_data_in_another_room_are_heard(world: World) -> None:
    columns = "exception_id, reason, subject, detail, owner, deadline_at, suggested_command, created_at"
    values = "gen_random_uuid(), 'ON_HOLD', 'x', 'call Kanarie', 'x', now() + interval '1 day', 'x', now()"
    async with world.database.transaction() as tx:
        await tx.execute(f"INSERT INTO exception_record ({columns}) VALUES ({values})")

    assert await heard(world) == ["Kanarie in exception_record"]


async def test_who_guesses_what_an_order_or_a_document_says_cannot_try_it_on_the_rows(world: World) -> None:
    await world.stock("SHIRT", "ST-AMS", 1)
    stated = draft("W-1", [line("SHIRT", 1)], customer=CANARY)
    case = await world.place(stated)
    content = b'{"order": {"email": "kanarie@example.com"}}'
    document = await world.receive("shopify", content)

    hashes = [stated.content_hash, hashlib.sha256(content).hexdigest()]
    assert await found(world, hashes) == []
    assert await found(world, [case.order.content_hash, document.content_hash]), "the keyed ones are there"
