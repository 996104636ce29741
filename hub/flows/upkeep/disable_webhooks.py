"""Disables webhooks whose receivers are gone or have taken nothing for days, and those of principals who are gone."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.cases.context import FlowContext
from hub.cases.feeds.webhooks import disable
from hub.outbox import operations as outbox
from hub.webhooks import operations as webhooks
from hub.webhooks.policy.lifetimes import FAILING, silent


async def disable_silent(flow: FlowContext, webhook_ids: Sequence[UUID]) -> None:
    """Disables those that something waits for, and whose receivers have taken nothing for days."""
    known = await webhooks.load(flow.tx, webhook_ids)
    waiting = await outbox.unsettled_of(flow.tx, [webhooks.account_of(webhook_id) for webhook_id in known])
    for webhook_id, webhook in known.items():
        if silent(webhook, flow.at) and waiting.get(webhooks.account_of(webhook_id)):
            await disable(flow, webhook_id, f"The receiver has taken nothing for {FAILING.days} days.")


async def disable_gone(flow: FlowContext, webhook_ids: Sequence[UUID]) -> None:
    """Disables those whose receivers say that they are gone."""
    for webhook_id in sorted(set(webhook_ids)):
        await disable(flow, webhook_id, "The receiver answered 410: it wants no more events.")


async def disable_ownerless(flow: FlowContext, webhook_ids: Sequence[UUID]) -> None:
    """Disables those whose principals are not let in any more: what they may not read is not posted to them."""
    for webhook_id in webhook_ids:
        why = "Its principal is not let in any more. Remove it, or let the principal in again and replay it."
        await disable(flow, webhook_id, why, command="remove")
