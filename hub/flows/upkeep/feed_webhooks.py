"""Hands events of the feed to the lanes of webhooks: those of one subject in order, others beside."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.feeds.webhooks import disable
from hub.kernel.ids import derived
from hub.messages.webhooks import DeliverEvent
from hub.outbox import operations as outbox
from hub.outbox.errors import CursorInvalid
from hub.outbox.model import Event, EventFilter, EventRecord, Message
from hub.webhooks import operations as webhooks
from hub.webhooks.model import Webhook, WebhookState

CHUNK: Final = 500
"""Events that are handed on in one transaction at most."""
MOST_QUEUED: Final = 10_000
"""Events that wait for a receiver at most; the others wait in the feed."""


async def feed_webhook(flow: FlowContext, webhook_id: UUID) -> int:
    """Hands a webhook the events after its position; returns how many were handed on.

    A webhook whose position the feed no longer keeps is disabled: what it has missed is not left out unseen.
    """
    webhook = (await webhooks.load(flow.tx, [webhook_id], lock=True)).get(webhook_id)
    if webhook is None or webhook.state is not WebhookState.ACTIVE:
        return 0
    account_id = webhooks.account_of(webhook_id)
    waiting = (await outbox.unsettled_of(flow.tx, [account_id])).get(account_id, 0)
    limit = min(CHUNK, MOST_QUEUED - waiting)
    if limit <= 0:
        return 0
    wanted = EventFilter(webhook.types, webhook.channel_id)
    try:
        records, position = await outbox.next_events(flow.tx, webhook.scope, webhook.position, wanted, limit=limit)
    except CursorInvalid as lost:
        await disable(flow, webhook_id, lost.message)
        return 0
    await webhooks.save(flow.tx, [replace(webhook, position=position)])
    await outbox.append(flow.tx, [_message(flow, webhook, record) for record in records], at=flow.at)
    return len(records)


def _message(flow: FlowContext, webhook: Webhook, record: EventRecord) -> Message[DeliverEvent]:
    event, webhook_id = record.event, webhook.webhook_id
    return Message(
        message_id=derived(event.event_id, "webhook", webhook_id.hex, webhook.round),
        lane=f"{webhooks.account_of(webhook_id)}:{_subject(event)}",
        payload=DeliverEvent(webhook_id, event.event_id, record.position or 0, flow.at, event.order_id),
        account_id=webhooks.account_of(webhook_id),
        traceparent=event.traceparent,
    )


def _subject(event: Event) -> str:
    """Return what an event is about: its order, else its node, else its channel, else its type."""
    return str(event.order_id or event.node_id or event.channel_id or event.type)
