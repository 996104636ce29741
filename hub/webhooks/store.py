"""Rows of webhooks. A transaction that changes messages to a webhook too does so first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from msgspec import convert, to_builtins
from sqlalchemy import BigInteger, Column, DateTime, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.arrays import uuids
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope
from hub.webhooks.model import Content, SealedSecret, Signature, Webhook, WebhookState
from hub.webhooks.policy.lifetimes import mends

WEBHOOK = Table(
    "webhook",
    METADATA,
    Column("webhook_id", Uuid, primary_key=True),
    Column("principal", Text, nullable=False),
    Column("scope", JSONB, nullable=False),
    Column("url", Text, nullable=False),
    Column("types", JSONB, nullable=False),
    Column("channel_id", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("secrets", JSONB, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("round", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("delivered_at", DateTime(timezone=True)),
)

_LOAD: Final = "SELECT * FROM webhook WHERE webhook_id = ANY(%(ids)s)"
_LOCK: Final = f"{_LOAD} ORDER BY webhook_id FOR UPDATE"
_PAGE: Final = """
SELECT * FROM webhook WHERE (%(all)s OR principal = %(principal)s)
    AND (%(after)s::uuid IS NULL OR webhook_id > %(after)s) ORDER BY webhook_id LIMIT %(size)s
"""
_BEHIND: Final = "SELECT webhook_id FROM webhook WHERE state = 'ACTIVE' AND position < %(last)s ORDER BY webhook_id"
_OWNERLESS: Final = """
SELECT webhook_id FROM webhook WHERE state = 'ACTIVE' AND principal <> ALL(%(let_in)s) ORDER BY webhook_id
"""
_DELIVERED: Final = """
UPDATE webhook SET delivered_at = %(at)s WHERE webhook_id = ANY(%(ids)s)
    AND (delivered_at IS NULL OR delivered_at < %(at)s - interval '1 minute')
"""
_REPLACE: Final = "(webhook_id) DO UPDATE SET " + ", ".join(
    f"{column.name} = excluded.{column.name}" for column in WEBHOOK.columns if not column.primary_key
)


async def load(tx: Tx, webhook_ids: Sequence[UUID], *, lock: bool = False) -> dict[UUID, Webhook]:
    """Return webhooks by id; with `lock` nobody else changes them until the transaction ends."""
    rows = await tx.fetch(_LOCK if lock else _LOAD, {"ids": uuids(sorted(set(webhook_ids)))})
    return {row["webhook_id"]: _webhook(row) for row in rows}


async def page(tx: Tx, scope: Scope, *, after: UUID | None, size: int) -> list[Webhook]:
    """Return the webhooks that a principal may see, by id, at most `size`, from behind `after`."""
    parameters = {"all": mends(scope), "principal": scope.principal, "after": after, "size": size}
    return [_webhook(row) for row in await tx.fetch(_PAGE, parameters)]


async def count(tx: Tx, principal: str) -> int:
    """Return how many webhooks a principal has; no others of it are added until the transaction ends."""
    await tx.fetch("SELECT pg_advisory_xact_lock(hashtextextended('webhooks of ' || %(of)s, 0))", {"of": principal})
    (row,) = await tx.fetch("SELECT count(*) AS count FROM webhook WHERE principal = %(of)s", {"of": principal})
    return int(row["count"])


async def behind(tx: Tx, last: int) -> list[UUID]:
    """Return the active webhooks that have not come to a position of the feed."""
    return [row["webhook_id"] for row in await tx.fetch(_BEHIND, {"last": last})]


async def ownerless(tx: Tx, let_in: Collection[str]) -> list[UUID]:
    """Return the active webhooks of principals that are not among those who are let in."""
    return [row["webhook_id"] for row in await tx.fetch(_OWNERLESS, {"let_in": sorted(let_in)})]


async def save(tx: Tx, webhooks: Sequence[Webhook]) -> None:
    """Write webhooks, new ones too."""
    await sets.insert(tx, WEBHOOK, [_row(webhook) for webhook in webhooks], on_conflict=_REPLACE)


async def remove(tx: Tx, webhook_ids: Sequence[UUID]) -> None:
    """Remove webhooks."""
    await tx.execute("DELETE FROM webhook WHERE webhook_id = ANY(%(ids)s)", {"ids": uuids(webhook_ids)})


async def delivered(tx: Tx, webhook_ids: Sequence[UUID], *, at: Instant) -> None:
    """Note that receivers took something, to the minute: most deliveries change no row."""
    await tx.execute(_DELIVERED, {"ids": uuids(sorted(set(webhook_ids))), "at": at})


def _row(webhook: Webhook) -> dict[str, Any]:
    return {
        "webhook_id": webhook.webhook_id,
        "principal": webhook.scope.principal,
        "scope": to_builtins(webhook.scope),
        "url": webhook.url,
        "types": list(webhook.types),
        "channel_id": webhook.channel_id,
        "content": webhook.content.value,
        "signature": webhook.signature.value,
        "secrets": to_builtins(webhook.secrets),
        "position": webhook.position,
        "round": webhook.round,
        "state": webhook.state.value,
        "why": webhook.why,
        "created_at": webhook.created_at,
        "delivered_at": webhook.delivered_at,
    }


def _webhook(row: Row) -> Webhook:
    values = {name: value for name, value in row.items() if name != "principal"} | {
        "scope": convert(row["scope"], Scope),
        "types": tuple(row["types"]),
        "content": Content(row["content"]),
        "signature": Signature(row["signature"]),
        "secrets": convert(row["secrets"], tuple[SealedSecret, ...]),
        "state": WebhookState(row["state"]),
    }
    return Webhook(**values)
