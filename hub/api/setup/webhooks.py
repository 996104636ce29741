"""WebhookService: where events of the feed are posted."""

from __future__ import annotations

import secrets
from uuid import UUID

from crossdock.webhooks.v1 import webhooks_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.pages import Page
from hub.api.setup.webhook_changes import PUT_WEBHOOK, REMOVE_WEBHOOK, REPLAY_WEBHOOK, ROTATE_SECRET
from hub.database.tx import Tx
from hub.flows.upkeep.keep_webhooks import Kept
from hub.kernel.errors import InvalidField, Refusal
from hub.kernel.scope import Scope
from hub.messages.webhooks import DeliverEvent
from hub.outbox import operations as outbox
from hub.webhooks import operations as webhooks
from hub.webhooks.model import Signature, Webhook
from hub.webhooks.policy.signatures import SECRET_BYTES, shown_secret
from hub.wire.setup.admin import MESSAGE_STATES
from hub.wire.setup.webhooks import delivery_to_pb, draft_from_pb, replay_from_pb, rotation_from_pb, webhook_to_pb


class WebhookService:
    """Keeps webhooks."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def PutWebhook(self, request: pb.PutWebhookRequest, call: Call) -> pb.PutWebhookResponse:
        """Creates or changes a webhook."""
        if problem := self._deps.webhooks.problem(request.url):
            raise InvalidField(f"url {problem}.", url=problem)
        asked = call.asked(request, request.request_id)
        draft = draft_from_pb(request, self._deps.new_id(), secrets.token_bytes(SECRET_BYTES))
        kept = await self._deps.gate.run(PUT_WEBHOOK, asked, draft)
        return pb.PutWebhookResponse(webhook=webhook_to_pb(kept.webhook), secret=_shown(kept))

    async def ListWebhooks(self, request: pb.ListWebhooksRequest, call: Call) -> pb.ListWebhooksResponse:
        """Lists webhooks."""
        page = Page(request)
        async with self._deps.database.reading() as tx:
            found = await webhooks.page(tx, call.scope, after=page.by_id(), size=page.size + 1)
        rows, token = page.cut(found, lambda webhook: (webhook.webhook_id,))
        return pb.ListWebhooksResponse(webhooks=[webhook_to_pb(row) for row in rows], next_page_token=token)

    async def RemoveWebhook(self, request: pb.RemoveWebhookRequest, call: Call) -> pb.RemoveWebhookResponse:
        """Removes a webhook."""
        asked = call.asked(request, request.request_id)
        await self._deps.gate.run(REMOVE_WEBHOOK, asked, UUID(request.webhook_id))
        return pb.RemoveWebhookResponse()

    async def RotateWebhookSecret(
        self, request: pb.RotateWebhookSecretRequest, call: Call
    ) -> pb.RotateWebhookSecretResponse:
        """Gives a webhook another secret."""
        asked = call.asked(request, request.request_id)
        rotation = rotation_from_pb(request, secrets.token_bytes(SECRET_BYTES))
        kept = await self._deps.gate.run(ROTATE_SECRET, asked, rotation)
        return pb.RotateWebhookSecretResponse(webhook=webhook_to_pb(kept.webhook), secret=_shown(kept))

    async def ReplayWebhook(self, request: pb.ReplayWebhookRequest, call: Call) -> pb.ReplayWebhookResponse:
        """Posts events again."""
        asked = call.asked(request, request.request_id)
        kept = await self._deps.gate.run(REPLAY_WEBHOOK, asked, replay_from_pb(request))
        return pb.ReplayWebhookResponse(webhook=webhook_to_pb(kept.webhook))

    async def ListWebhookDeliveries(
        self, request: pb.ListWebhookDeliveriesRequest, call: Call
    ) -> pb.ListWebhookDeliveriesResponse:
        """Lists what is posted to a webhook."""
        page = Page(request)
        state = MESSAGE_STATES.optional(request.state, "state")
        async with self._deps.database.reading() as tx:
            webhook = await _seen(tx, call.scope, UUID(request.webhook_id))
            account_id = webhooks.account_of(webhook.webhook_id)
            found = await outbox.messages_to(tx, account_id, state, after=page.by_id(), limit=page.size + 1)
        rows, token = page.cut(found, lambda record: (record.message.message_id,))
        deliveries = [
            delivery_to_pb(row, payload) for row in rows if isinstance(payload := row.message.payload, DeliverEvent)
        ]
        return pb.ListWebhookDeliveriesResponse(deliveries=deliveries, next_page_token=token)

    async def SendTestEvent(self, request: pb.SendTestEventRequest, call: Call) -> pb.SendTestEventResponse:
        """Posts a test."""
        async with self._deps.database.reading() as tx:
            webhook = await _seen(tx, call.scope, UUID(request.webhook_id))
            at = (await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)).at
        status, failure = await self._deps.webhooks.test(webhook, str(self._deps.new_id()), at)
        return pb.SendTestEventResponse(status=status, failure=failure)


async def _seen(tx: Tx, scope: Scope, webhook_id: UUID) -> Webhook:
    """Return a webhook; raises WebhookNotFound."""
    webhook = (await webhooks.find(tx, scope, [webhook_id]))[webhook_id]
    if isinstance(webhook, Refusal):
        raise webhook
    return webhook


def _shown(kept: Kept) -> str:
    """Return a new secret; receivers that verify by a public key need none."""
    if not kept.secret or kept.webhook.signature is Signature.HTTP_ED25519:
        return ""
    return shown_secret(kept.secret)
