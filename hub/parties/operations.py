"""What flows do with people and firms: keep them, read them just before a call, find them blindly, erase them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from hub.database.tx import Tx
from hub.kernel.keyed import keyed_hash
from hub.parties import store
from hub.parties.model import Party
from hub.parties.store import contacts, email_indexes, erase

__all__ = ["blind_index", "contacts", "email_indexes", "erase", "record"]


def blind_index(text: str, key: bytes) -> bytes:
    """A keyed hash of an e-mail address or phone number, by which it is found without being stored to be read.

    Spaces around it and the case of letters do not matter.
    """
    normal = unicodedata.normalize("NFKC", text).strip().lower()
    return keyed_hash(key, normal.encode())


async def record(tx: Tx, parties: Sequence[Party], *, key: bytes) -> None:
    """Keeps parties, findable by e-mail and phone under `key`; one that is kept already stays as it is."""
    await store.insert(
        tx, [(party, _index(party.contact.email, key), _index(party.contact.phone, key)) for party in parties]
    )


def _index(text: str, key: bytes) -> bytes | None:
    return blind_index(text, key) if text.strip() else None
