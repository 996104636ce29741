"""Rows of people and firms: the only table with personal data. Look-ups go through keyed blind indexes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Column, DateTime, LargeBinary, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.arrays import uuids
from hub.database.schema import METADATA
from hub.database.sets import Form
from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.parties.model import Contact, Party, PostalAddress

PARTY = Table(
    "party",
    METADATA,
    Column("party_id", Uuid, primary_key=True),
    Column("document", JSONB),
    Column("email_index", LargeBinary),
    Column("phone_index", LargeBinary),
    Column("erased_at", DateTime(timezone=True)),
)

Indexed = tuple[Party, bytes | None, bytes | None]
"""A party, and the blind indexes of its e-mail and phone."""

_PARTIES: Form[Indexed] = Form(
    PARTY,
    party_id=lambda one: one[0].party_id,
    document=lambda one: one[0].contact,
    email_index=itemgetter(1),
    phone_index=itemgetter(2),
)

_ERASE = (
    "UPDATE party SET document = NULL, email_index = NULL, phone_index = NULL, erased_at = %(at)s"
    " WHERE party_id = ANY(%(ids)s) AND erased_at IS NULL RETURNING party_id"
)


async def insert(tx: Tx, parties: Sequence[Indexed]) -> None:
    """Keeps parties with the blind indexes of their e-mail and phone; one that is kept already stays as it is."""
    await sets.insert_all(tx, _PARTIES, parties, on_conflict="(party_id) DO NOTHING")


async def contacts(tx: Tx, party_ids: Sequence[UUID]) -> dict[UUID, Contact]:
    """The contacts of parties; those that were erased are absent."""
    if not party_ids:
        return {}
    rows = await tx.fetch(
        "SELECT party_id, document FROM party WHERE party_id = ANY(%(ids)s) AND document IS NOT NULL",
        {"ids": uuids(party_ids)},
    )
    return {row["party_id"]: _contact(row["document"]) for row in rows}


async def email_indexes(tx: Tx, party_ids: Sequence[UUID]) -> dict[UUID, bytes]:
    """The blind indexes of parties' e-mail addresses; those without one are absent."""
    if not party_ids:
        return {}
    rows = await tx.fetch(
        "SELECT party_id, email_index FROM party WHERE party_id = ANY(%(ids)s) AND email_index IS NOT NULL",
        {"ids": uuids(party_ids)},
    )
    return {row["party_id"]: bytes(row["email_index"]) for row in rows}


async def erase(tx: Tx, party_ids: Sequence[UUID], *, at: Instant) -> list[UUID]:
    """Erases all that is known of parties but their ids; answers those that were not erased before."""
    if not party_ids:
        return []
    rows = await tx.fetch(_ERASE, {"ids": uuids(party_ids), "at": at})
    return [row["party_id"] for row in rows]


def _contact(stored: Mapping[str, Any]) -> Contact:
    values = dict(stored)
    if address := values.get("address"):
        values["address"] = PostalAddress(**(address | {"street_lines": tuple(address["street_lines"])}))
    return Contact(**values)
