"""What flows about webhooks share: taking back what waits, disabling, and ending exceptions."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason
from hub.exceptions.policy import raised
from hub.messages.webhooks import DeliverEvent
from hub.outbox import operations as outbox
from hub.webhooks import operations as webhooks
from hub.webhooks.errors import WebhookNotFound
from hub.webhooks.model import Webhook, WebhookState

_REASONS = (ExceptionReason.WEBHOOK_UNDELIVERED, ExceptionReason.WEBHOOK_DISABLED)


async def taken_back(flow: FlowContext, webhook_id: UUID) -> Webhook | WebhookNotFound:
    """Takes back what waits for a webhook or was given up; returns the webhook as it goes on before the first of it.

    Messages are locked before the webhook, as where answers of receivers are taken in.
    """
    taken = await outbox.withdraw(flow.tx, webhooks.account_of(webhook_id), at=flow.at)
    webhook = (await webhooks.find(flow.tx, flow.scope, [webhook_id], lock=True))[webhook_id]
    if isinstance(webhook, WebhookNotFound):
        return webhook
    positions = [payload.position - 1 for payload in taken if isinstance(payload, DeliverEvent)]
    return replace(webhook, position=min([webhook.position, *positions]), round=webhook.round + 1)


async def disable(flow: FlowContext, webhook_id: UUID, why: str, *, command: str = "replay") -> None:
    """Disables a webhook that is active, and names it; what waits for it is posted once it is enabled.

    `command` of `crossdock webhook` is the one that its exception suggests.
    """
    webhook = await taken_back(flow, webhook_id)
    if isinstance(webhook, WebhookNotFound) or webhook.state is WebhookState.DISABLED:
        return
    await webhooks.save(flow.tx, [replace(webhook, state=WebhookState.DISABLED, why=why)])
    await end_exceptions(flow, [webhook_id])
    record = raised(
        exception_id=flow.new_id(),
        reason=ExceptionReason.WEBHOOK_DISABLED,
        subject=str(webhook_id),
        detail=f"Webhook {webhook_id} of {webhook.scope.principal} is disabled: {why}",
        suggested_command=f"crossdock webhook {command} {webhook_id}",
        at=flow.at,
    )
    await exceptions.open_all(flow.tx, [record])


async def end_exceptions(flow: FlowContext, webhook_ids: Sequence[UUID]) -> None:
    """Ends the exceptions of webhooks, and of what waits for them."""
    subjects = [(reason, str(webhook_id)) for reason in _REASONS for webhook_id in webhook_ids]
    waiting = [(ExceptionReason.MESSAGES_OVERDUE, webhooks.account_of(webhook_id)) for webhook_id in webhook_ids]
    await exceptions.resolve(flow.tx, [*subjects, *waiting], at=flow.at)
