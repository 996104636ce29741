"""The versions of the network: one row each, whole."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, DateTime, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.schema import METADATA
from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.network.documents import Document

NETWORK = Table(
    "network",
    METADATA,
    Column("version", BigInteger, primary_key=True),
    Column("document", JSONB, nullable=False),
    Column("put_by", Text, nullable=False),
    Column("put_at", DateTime(timezone=True), nullable=False),
)

_LATEST_VERSION: Final = "SELECT coalesce(max(version), 0) AS version FROM network"
_LATEST: Final = "SELECT version, document FROM network ORDER BY version DESC LIMIT 1"
_LOCK: Final = "LOCK TABLE network IN SHARE ROW EXCLUSIVE MODE"


async def lock(tx: Tx) -> None:
    """Lets nobody else put a version until the transaction ends; readers go on."""
    await tx.execute(_LOCK)


async def latest_version(tx: Tx) -> int:
    """The version in force; 0 when there is none."""
    return int((await tx.fetch(_LATEST_VERSION))[0]["version"])


async def latest(tx: Tx) -> tuple[int, Document] | None:
    """The version in force and its document."""
    rows = await tx.fetch(_LATEST)
    return (rows[0]["version"], rows[0]["document"]) if rows else None


async def add(tx: Tx, version: int, document: Document, put_by: str, *, at: Instant) -> None:
    """Writes a version, from now on the one in force."""
    await sets.insert(tx, NETWORK, [{"version": version, "document": document, "put_by": put_by, "put_at": at}])
