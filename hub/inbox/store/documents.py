"""Rows of documents. Content is encrypted under the installation's key, bound to its document, and has an expiry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from msgspec.structs import asdict
from sqlalchemy import BigInteger, Column, DateTime, Integer, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.arrays import texts, uuids
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.inbox.model import RETENTION, Document, DocumentState, Problem
from hub.kernel.instant import Instant
from hub.kernel.sealing import cipher_for

_PURPOSE: Final = b"crossdock inbox document"

DOCUMENT = Table(
    "document",
    METADATA,
    Column("document_id", Uuid, primary_key=True),
    Column("account_id", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("sha256", Text, nullable=False),  # the keyed hash; rows of older releases have a plain one
    Column("size_bytes", BigInteger, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("read_count", Integer, nullable=False),
    Column("problems", JSONB, nullable=False),
    Column("order_ids", JSONB, nullable=False),
    Column("repeat_count", Integer, nullable=False),
    Column("content", LargeBinary),
)

_COLUMNS = (
    "document_id, account_id, media_type, name, state, sha256 AS content_hash, size_bytes, received_at, read_count,"
    " problems, order_ids, repeat_count"
)
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%(account_id)s || %(sha256)s, 0))"
_REPEATED = (
    "UPDATE document SET repeat_count = repeat_count + 1 WHERE document_id = (SELECT document_id FROM document"
    " WHERE account_id = %(account_id)s AND sha256 = %(sha256)s AND received_at > %(since)s"
    f" ORDER BY received_at DESC LIMIT 1) RETURNING {_COLUMNS}"
)


async def repeat(tx: Tx, account_id: str, content_hash: str, *, since: Instant) -> Document | None:
    """Return the document of these bytes that came after `since`, marked as repeated; None where there is none.

    Until the transaction ends, nobody else keeps the same bytes for the account.
    """
    parameters = {"account_id": account_id, "sha256": content_hash, "since": since}
    await tx.fetch(_ONE_AT_A_TIME, parameters)
    rows = await tx.fetch(_REPEATED, parameters)
    return _document(rows[0]) if rows else None


async def keep(tx: Tx, document: Document, content: bytes, *, key: bytes) -> None:
    """Keep a new document with its content."""
    row = {
        "document_id": document.document_id,
        "account_id": document.account_id,
        "media_type": document.media_type,
        "name": document.name,
        "sha256": document.content_hash,
        "size_bytes": document.size_bytes,
        "received_at": document.received_at,
        "expires_at": document.received_at + RETENTION,
        "repeat_count": document.repeat_count,
        "content": cipher_for(key, _PURPOSE).encrypt(content, _bound_to(document.account_id, document.content_hash)),
    } | _mutable(document)
    await sets.insert(tx, DOCUMENT, [row])


async def content(tx: Tx, document_id: UUID, *, key: bytes) -> tuple[bool, bytes | None]:
    """Whether there is such a document, and its content, None once that has expired.

    Raises cryptography's InvalidTag where it was kept under another key or changed.
    """
    rows = await tx.fetch(
        "SELECT account_id, sha256, content FROM document WHERE document_id = %(id)s", {"id": document_id}
    )
    if not rows:
        return False, None
    row = rows[0]
    if row["content"] is None:
        return True, None
    return True, cipher_for(key, _PURPOSE).decrypt(bytes(row["content"]), _bound_to(row["account_id"], row["sha256"]))


async def load(tx: Tx, document_ids: Sequence[UUID]) -> dict[UUID, Document]:
    """Documents by id, without their content; ids that are not known are absent."""
    if not document_ids:
        return {}
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM document WHERE document_id = ANY(%(ids)s)", {"ids": uuids(document_ids)}
    )
    return {row["document_id"]: _document(row) for row in rows}


async def page(
    tx: Tx,
    account_ids: Sequence[str] | None,
    state: DocumentState | None,
    name: str,
    after: tuple[Instant, UUID] | None,
    size: int,
) -> list[Document]:
    """Documents, newest first, at most `size`, from behind `after` (received_at, document_id).

    Of the accounts a caller may see (None for all); in one state and under one name, where they are given.
    """
    conditions: list[str] = []
    parameters: dict[str, Any] = {"size": size}
    if account_ids is not None:
        conditions.append("account_id = ANY(%(accounts)s)")
        parameters["accounts"] = texts(account_ids)
    if state is not None:
        conditions.append("state = %(state)s")
        parameters["state"] = state.value
    if name:
        conditions.append("name = %(name)s")
        parameters["name"] = name
    if after is not None:
        conditions.append("(received_at, document_id) < (%(after_at)s, %(after_id)s)")
        parameters |= {"after_at": after[0], "after_id": after[1]}
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM document{where} ORDER BY received_at DESC, document_id DESC LIMIT %(size)s",
        parameters,
    )
    return [_document(row) for row in rows]


async def save(tx: Tx, documents: Sequence[Document]) -> None:
    """Writes what became of documents: state, times read, problems, orders made."""
    rows = [{"document_id": document.document_id} | _mutable(document) for document in documents]
    await sets.update(tx, DOCUMENT, rows, key=("document_id",))


async def expire(tx: Tx, *, at: Instant) -> int:
    """Deletes the content of documents whose time is over; answers how many."""
    return await tx.execute(
        "UPDATE document SET content = NULL WHERE content IS NOT NULL AND expires_at <= %(at)s", {"at": at}
    )


def _bound_to(account_id: str, content_hash: str) -> list[bytes]:
    return [account_id.encode(), content_hash.encode()]


def _mutable(document: Document) -> dict[str, Any]:
    return {
        "state": document.state.value,
        "read_count": document.read_count,
        "problems": [asdict(problem) for problem in document.problems],
        "order_ids": [str(order_id) for order_id in document.order_ids],
    }


def _document(row: Row) -> Document:
    values = row | {
        "state": DocumentState(row["state"]),
        "problems": tuple(Problem(**problem) for problem in row["problems"]),
        "order_ids": tuple(UUID(order_id) for order_id in row["order_ids"]),
    }
    return Document(**values)
