"""Rows of people and firms, and of documents that show them: the only tables with personal data.

Look-ups go through keyed blind indexes. A contact, and a document, is sealed with a key of its own, which seals nothing
else: that is why its nonce may be constant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import BigInteger, Column, DateTime, LargeBinary, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.arrays import array, uuids
from hub.database.schema import METADATA
from hub.database.sets import Form
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.parties.model import Contact, Party, PartyDocument, PartyFilter, PersonKeys

PARTY = Table(
    "party",
    METADATA,
    Column("party_id", Uuid, primary_key=True),
    Column("document", JSONB),
    Column("key_number", BigInteger),
    Column("sealed", LargeBinary),
    Column("email_index", LargeBinary),
    Column("phone_index", LargeBinary),
    Column("erased_at", DateTime(timezone=True)),
)

PARTY_DOCUMENT = Table(
    "party_document",
    METADATA,
    Column("document_id", Uuid, primary_key=True),
    Column("party_id", Uuid, nullable=False),
    Column("key_number", BigInteger, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
)

Indexed = tuple[Party, bytes | None, bytes | None]
"""A party, and the blind indexes of its e-mail and phone."""


class _Sealed(Struct, frozen=True):
    """A contact as it is kept: sealed, and the number of its key."""

    party_id: UUID
    key_number: int
    sealed: bytes
    email_index: bytes | None = None
    phone_index: bytes | None = None


_PARTIES: Form[_Sealed] = Form(
    PARTY,
    **{name: name for name in ("party_id", "key_number", "sealed", "email_index", "phone_index")},
)
_NONCE: Final = bytes(12)
_FIRST: Final = UUID(int=0)
"""Less than any identity."""

_ERASE: Final = (
    "UPDATE party SET document = NULL, sealed = NULL, key_number = NULL, email_index = NULL, phone_index = NULL,"
    " erased_at = %(at)s FROM (SELECT party_id AS id, key_number AS number FROM party WHERE party_id = ANY(%(ids)s)"
    " AND erased_at IS NULL ORDER BY party_id FOR UPDATE) AS before WHERE party_id = id RETURNING party_id, number"
)
_CLEAR: Final = (
    "SELECT party_id, document, key_number, sealed FROM party WHERE document IS NOT NULL ORDER BY party_id"
    " LIMIT %(limit)s FOR UPDATE"
)
_SEAL: Final = (
    "UPDATE party SET document = NULL, key_number = number, sealed = content"
    " FROM unnest(%(ids)s::uuid[], %(numbers)s::bigint[], %(contents)s::bytea[]) AS new (id, number, content)"
    " WHERE party_id = id"
)


async def insert(tx: Tx, parties: Sequence[Indexed], keys: PersonKeys) -> None:
    """Keeps parties with the blind indexes of their e-mail and phone; one that is kept already stays as it is."""
    taken = keys.take(len(parties))
    rows = [
        _Sealed(party.party_id, number, _sealed(party, key), email, phone)
        for (party, email, phone), (number, key) in zip(parties, taken, strict=True)
    ]
    await sets.insert_all(tx, _PARTIES, rows, on_conflict="(party_id) DO NOTHING")


async def contacts(tx: Tx, party_ids: Sequence[UUID], keys: PersonKeys) -> dict[UUID, Contact]:
    """The contacts of parties; those that were erased are absent."""
    if not party_ids:
        return {}
    rows = await tx.fetch(
        "SELECT party_id, document, key_number, sealed FROM party WHERE party_id = ANY(%(ids)s) AND erased_at IS NULL",
        {"ids": uuids(party_ids)},
    )
    opened = keys.read([row["key_number"] for row in rows if row["key_number"] is not None])
    found = {row["party_id"]: _contact(row, opened) for row in rows}
    return {party_id: contact for party_id, contact in found.items() if contact is not None}


async def find(tx: Tx, wanted: PartyFilter, *, after: UUID | None, size: int) -> list[UUID]:
    """The parties that a filter matches, the oldest first, behind `after`; those that were erased are absent."""
    ((name, value),) = [(name, value) for name, value in asdict(wanted).items() if value is not None]
    rows = await tx.fetch(
        f"SELECT party_id FROM party WHERE {name} = %(value)s AND erased_at IS NULL AND party_id > %(after)s"
        " ORDER BY party_id LIMIT %(size)s",
        {"value": value, "after": after or _FIRST, "size": size},
    )
    return [row["party_id"] for row in rows]


async def email_indexes(tx: Tx, party_ids: Sequence[UUID]) -> dict[UUID, bytes]:
    """The blind indexes of parties' e-mail addresses; those without one are absent."""
    if not party_ids:
        return {}
    rows = await tx.fetch(
        "SELECT party_id, email_index FROM party WHERE party_id = ANY(%(ids)s) AND email_index IS NOT NULL",
        {"ids": uuids(party_ids)},
    )
    return {row["party_id"]: bytes(row["email_index"]) for row in rows}


async def erase(tx: Tx, party_ids: Sequence[UUID], *, at: Instant) -> dict[UUID, int | None]:
    """Erases all that is known of parties but their ids; return those that were not erased before, each with the number
    of its key, None for one that was not sealed.
    """
    if not party_ids:
        return {}
    rows = await tx.fetch(_ERASE, {"ids": uuids(party_ids), "at": at})
    return {row["party_id"]: row["number"] for row in rows}


async def insert_documents(tx: Tx, documents: Sequence[PartyDocument], keys: PersonKeys, *, at: Instant) -> None:
    """Keeps documents of parties that were not erased; one that is kept already stays as it is."""
    if not documents:
        return
    rows = await tx.fetch(
        "SELECT party_id FROM party WHERE party_id = ANY(%(ids)s) AND erased_at IS NULL"
        " ORDER BY party_id FOR KEY SHARE",
        {"ids": uuids(sorted({document.party_id for document in documents}))},
    )
    known = {row["party_id"] for row in rows}
    kept = [document for document in documents if document.party_id in known]
    sealed = [
        {
            "document_id": document.document_id,
            "party_id": document.party_id,
            "key_number": number,
            "sealed": AESGCM(key).encrypt(_NONCE, document.content, document.document_id.bytes),
            "made_at": at,
        }
        for document, (number, key) in zip(kept, keys.take(len(kept)), strict=True)
    ]
    await sets.insert(tx, PARTY_DOCUMENT, sealed, on_conflict="(document_id) DO NOTHING")


async def document(tx: Tx, document_id: UUID, keys: PersonKeys) -> bytes | None:
    """The content of a document; None where it is not kept, or its key was destroyed."""
    rows = await tx.fetch(
        "SELECT key_number, sealed FROM party_document WHERE document_id = %(id)s", {"id": document_id}
    )
    for row in rows:
        key = keys.read([row["key_number"]]).get(row["key_number"])
        return None if key is None else AESGCM(key).decrypt(_NONCE, bytes(row["sealed"]), document_id.bytes)
    return None


async def delete_documents(tx: Tx, document_ids: Sequence[UUID]) -> list[int]:
    """Deletes documents; return the numbers of their keys."""
    if not document_ids:
        return []
    return await _deleted(tx, "document_id = ANY(%(ids)s)", ids=uuids(document_ids))


async def delete_documents_of(tx: Tx, party_ids: Sequence[UUID]) -> list[int]:
    """Deletes all documents of parties; return the numbers of their keys."""
    return await _deleted(tx, "party_id = ANY(%(ids)s)", ids=uuids(party_ids))


async def delete_old_documents(tx: Tx, *, before: Instant, limit: int) -> list[int]:
    """Deletes documents made before an instant, at most `limit`; return the numbers of their keys."""
    chosen = "SELECT document_id FROM party_document WHERE made_at < %(before)s ORDER BY made_at LIMIT %(limit)s"
    return await _deleted(tx, f"document_id IN ({chosen})", before=before, limit=limit)


async def _deleted(tx: Tx, condition: str, **parameters: Any) -> list[int]:
    rows = await tx.fetch(f"DELETE FROM party_document WHERE {condition} RETURNING key_number", parameters)
    return [row["key_number"] for row in rows]


async def seal_clear(tx: Tx, keys: PersonKeys, *, limit: int) -> int:
    """Seals contacts that an older release kept in the clear; return how many."""
    rows = await tx.fetch(_CLEAR, {"limit": limit})
    clear = [(row["party_id"], _contact(row, {})) for row in rows]
    parties = [Party(party_id, contact) for party_id, contact in clear if contact is not None]
    taken = keys.take(len(parties))
    sealed = [_sealed(party, key) for party, (_, key) in zip(parties, taken, strict=True)]
    if parties:
        parameters = {
            "ids": uuids([party.party_id for party in parties]),
            "numbers": array("bigint", [number for number, _ in taken]),
            "contents": array("bytea", sealed),
        }
        await tx.execute(_SEAL, parameters)
    return len(parties)


def _sealed(party: Party, key: bytes) -> bytes:
    return AESGCM(key).encrypt(_NONCE, msgspec.json.encode(party.contact), party.party_id.bytes)


def _contact(row: Row, keys: dict[int, bytes]) -> Contact | None:
    """The contact of a row; None where its key was destroyed."""
    if row["key_number"] is None:
        return msgspec.convert(row["document"], Contact)
    key = keys.get(row["key_number"])
    if key is None:
        return None
    text = AESGCM(key).decrypt(_NONCE, bytes(row["sealed"]), row["party_id"].bytes)
    return msgspec.json.decode(text, type=Contact)
