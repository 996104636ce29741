"""What flows and tasks do with webhooks."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.database.tx import Tx
from hub.kernel.scope import Scope
from hub.webhooks import store
from hub.webhooks.errors import WebhookLimitReached, WebhookNotFound
from hub.webhooks.model import Webhook
from hub.webhooks.policy.lifetimes import MOST_WEBHOOKS, sees
from hub.webhooks.store import behind, delivered, load, ownerless, page, remove, save

__all__ = [
    "account_of", "behind", "delivered", "find", "load", "ownerless", "page", "refuse_one_more", "remove", "save",
]  # fmt: skip


def account_of(webhook_id: UUID) -> str:
    """Return the account under which messages to a webhook wait."""
    return f"webhook:{webhook_id}"


async def find(
    tx: Tx, scope: Scope, webhook_ids: Sequence[UUID], *, lock: bool = False
) -> dict[UUID, Webhook | WebhookNotFound]:
    """Return webhooks by id; WebhookNotFound where there is none that the principal may see."""
    known = await store.load(tx, webhook_ids, lock=lock)
    return {
        webhook_id: webhook
        if (webhook := known.get(webhook_id)) and sees(scope, webhook)
        else WebhookNotFound(f"There is no webhook {webhook_id}; list webhooks to find its id.", webhook_id=webhook_id)
        for webhook_id in webhook_ids
    }


async def refuse_one_more(tx: Tx, principal: str) -> None:
    """Raises WebhookLimitReached where a principal has as many webhooks as it may."""
    if await store.count(tx, principal) >= MOST_WEBHOOKS:
        raise WebhookLimitReached(
            f"{principal} has {MOST_WEBHOOKS} webhooks, the most that it may have; remove one that is not used.",
            limit=MOST_WEBHOOKS,
        )
