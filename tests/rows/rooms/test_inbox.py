"""Documents are kept once, as they were sent, encrypted, until they expire; what became of them stays."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from cryptography.exceptions import InvalidTag
from msgspec.structs import replace

from hub.database.pool import Database
from hub.database.tx import Tx
from hub.inbox import operations as inbox
from hub.inbox.errors import DocumentNotFound, DocumentNotReplayable
from hub.inbox.model import REPEAT_WINDOW, RETENTION, Document, DocumentState, Problem
from tests.rows.rooms.building import AT, identity

KEY = b"k" * 32
BYTES = b'{"email": "ann@example.org", "card": "4111111111111111"}'


async def received(tx: Tx, content: bytes = BYTES, account_id: str = "shop", at: datetime = AT) -> Document:
    of = (account_id, "application/json", "order.json", content)
    return await inbox.receive(tx, *of, key=KEY, at=at, repeat_window=REPEAT_WINDOW)


async def test_a_document_is_read_as_it_was_sent(tx: Tx) -> None:
    document = await received(tx)

    assert await inbox.content(tx, document.document_id, KEY) == BYTES
    assert (document.size_bytes, document.state, document.read_count) == (len(BYTES), DocumentState.RECEIVED, 0)
    assert await inbox.load(tx, [document.document_id, identity(1)]) == {document.document_id: document}


async def test_the_same_bytes_soon_are_a_repeat_of_the_document_as_it_stands(tx: Tx) -> None:
    first = await received(tx)
    read = replace(first, state=DocumentState.TAKEN, read_count=1)
    await inbox.save(tx, [read])

    assert await received(tx, at=AT + REPEAT_WINDOW - timedelta(seconds=1)) == replace(read, repeat_count=1)
    assert await received(tx, at=AT + REPEAT_WINDOW - timedelta(seconds=1)) == replace(read, repeat_count=2)
    assert (await received(tx, account_id="market")).document_id != first.document_id
    assert (await received(tx, BYTES + b" ")).document_id != first.document_id


async def test_what_is_stored_cannot_be_read_without_the_key(tx: Tx) -> None:
    document = await received(tx)

    (row,) = await tx.fetch("SELECT * FROM document")

    assert not [
        value for value in row.values() if b"ann@" in (value if isinstance(value, bytes) else repr(value).encode())
    ]
    with pytest.raises(InvalidTag):
        await inbox.content(tx, document.document_id, b"another key")


async def test_content_expires_and_what_became_of_it_stays(tx: Tx) -> None:
    document = await received(tx)

    assert await inbox.expire(tx, at=AT + RETENTION - timedelta(seconds=1)) == 0
    assert await inbox.expire(tx, at=AT + RETENTION) == 1

    with pytest.raises(DocumentNotReplayable):
        await inbox.content(tx, document.document_id, KEY)
    assert await inbox.load(tx, [document.document_id]) == {document.document_id: document}


async def test_the_same_bytes_later_are_a_document_of_their_own(tx: Tx) -> None:
    first = await received(tx)

    later = await received(tx, at=AT + REPEAT_WINDOW)

    assert (later.state, later.repeat_count) == (DocumentState.RECEIVED, 0)
    assert later.document_id != first.document_id
    assert await received(tx, at=AT + REPEAT_WINDOW) == replace(later, repeat_count=1)
    assert await inbox.content(tx, later.document_id, KEY) == BYTES


async def test_the_same_bytes_at_once_are_one_document_and_a_repeat(database: Database) -> None:
    async def receive(seconds: int) -> Document:
        async with database.transaction() as tx:
            document = await received(tx, at=AT + timedelta(seconds=seconds))
            await asyncio.sleep(0.1)
            return document

    both = await asyncio.gather(receive(0), receive(1))

    assert len({document.document_id for document in both}) == 1
    assert sorted(document.repeat_count for document in both) == [0, 1]


async def test_what_became_of_a_document_is_kept_beside_its_repeats(tx: Tx) -> None:
    document = await received(tx)
    await received(tx)

    await inbox.save(tx, [replace(document, state=DocumentState.TAKEN, read_count=1)])

    (kept,) = await inbox.page(tx, None, None, "", None, 9)
    assert (kept.state, kept.repeat_count) == (DocumentState.TAKEN, 1)


async def test_an_unknown_document_is_not_found(tx: Tx) -> None:
    with pytest.raises(DocumentNotFound):
        await inbox.content(tx, identity(1), KEY)


async def test_what_became_of_documents_is_listed_newest_first(tx: Tx) -> None:
    old = await received(tx, b"old")
    new = await received(tx, b"new", account_id="market", at=AT + timedelta(minutes=1))
    problem = replace(
        new,
        state=DocumentState.PROBLEM,
        read_count=2,
        problems=(Problem("line 3", "quantity", "It is not a number.", 1),),
        order_ids=(identity(1), identity(2)),
    )
    await inbox.save(tx, [problem])

    assert await inbox.page(tx, None, None, "", None, 1) == [problem]
    assert await inbox.page(tx, None, None, "", (problem.received_at, problem.document_id), 9) == [old]
    assert await inbox.page(tx, None, DocumentState.PROBLEM, "", None, 9) == [problem]
    assert await inbox.page(tx, ["shop"], None, "", None, 9) == [old]
    assert await inbox.page(tx, [], None, "", None, 9) == []
    assert await inbox.page(tx, None, None, "no such name", None, 9) == []
    assert await inbox.page(tx, ["shop"], None, old.name, None, 9) == [old]
