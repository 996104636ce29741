"""What flows do with people and firms: keep them, read them just before a call, find them blindly, erase them.

A contact, and a document that shows them, is sealed with a key of its own, which the database never sees. To erase a
person is to destroy the keys.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.kernel.keyed import keyed_hash
from hub.parties import store
from hub.parties.model import Party, PartyDocument, PersonKeys
from hub.parties.store import contacts, document, email_indexes, find, seal_clear

__all__ = [
    "DOCUMENTS_KEPT",
    "blind_index",
    "contacts",
    "document",
    "drop_documents",
    "email_indexes",
    "erase",
    "find",
    "forget_documents",
    "keep_documents",
    "record",
    "seal_clear",
]

DOCUMENTS_KEPT: Final = timedelta(days=90)
"""How long documents that show a person are kept: as long as carriers take labels back."""


def blind_index(text: str, key: bytes) -> bytes:
    """A keyed hash of an e-mail address or phone number, by which it is found without being stored to be read.

    Spaces around it and the case of letters do not matter.
    """
    normal = unicodedata.normalize("NFKC", text).strip().lower()
    return keyed_hash(key, normal.encode())


async def record(tx: Tx, parties: Sequence[Party], *, key: bytes, keys: PersonKeys) -> None:
    """Keeps parties, each sealed with a new key and findable by e-mail and phone under `key`; one that is kept already
    stays as it is.
    """
    indexed = [(party, _index(party.contact.email, key), _index(party.contact.phone, key)) for party in parties]
    await store.insert(tx, indexed, keys)


async def erase(tx: Tx, party_ids: Sequence[UUID], *, keys: PersonKeys, at: Instant) -> list[UUID]:
    """Erases all that is known of parties but their ids; return those that were not erased before.

    Their keys are destroyed before the transaction ends: where it does not commit, their contacts are gone all the
    same.
    """
    erased = await store.erase(tx, party_ids, at=at)
    shown = await store.delete_documents_of(tx, list(erased)) if erased else []
    keys.destroy([*(number for number in erased.values() if number is not None), *shown])
    return list(erased)


async def keep_documents(tx: Tx, documents: Sequence[PartyDocument], *, keys: PersonKeys, at: Instant) -> None:
    """Keeps documents that show parties, each sealed with a new key; those of erased parties are not kept, and one that
    is kept already stays as it is.
    """
    await store.insert_documents(tx, documents, keys, at=at)


async def drop_documents(tx: Tx, document_ids: Sequence[UUID], *, keys: PersonKeys) -> None:
    """Deletes documents and destroys their keys."""
    keys.destroy(await store.delete_documents(tx, document_ids))


async def forget_documents(tx: Tx, *, keys: PersonKeys, before: Instant, limit: int) -> int:
    """Deletes documents made before an instant, at most `limit`, and destroys their keys; return how many."""
    numbers = await store.delete_old_documents(tx, before=before, limit=limit)
    keys.destroy(numbers)
    return len(numbers)


def _index(text: str, key: bytes) -> bytes | None:
    return blind_index(text, key) if text.strip() else None
