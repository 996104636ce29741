"""What flows do with people and firms: keep them, read them just before a call, find them blindly, erase them.

A contact is sealed with a key of its own, which the database never sees. To erase a person is to destroy the key.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from uuid import UUID

from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.kernel.keyed import keyed_hash
from hub.parties import store
from hub.parties.model import Party, PersonKeys
from hub.parties.store import contacts, email_indexes, find, seal_clear

__all__ = ["blind_index", "contacts", "email_indexes", "erase", "find", "record", "seal_clear"]


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
    keys.destroy([number for number in erased.values() if number is not None])
    return list(erased)


def _index(text: str, key: bytes) -> bytes | None:
    return blind_index(text, key) if text.strip() else None
