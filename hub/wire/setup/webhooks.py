"""Webhooks on the wire, and the body of what is posted to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from crossdock.webhooks.v1 import webhooks_pb2 as pb
from hub.cases.case import Case
from hub.flows.upkeep.keep_webhooks import Replay, Rotation, WebhookDraft
from hub.kernel.instant import Instant
from hub.messages.webhooks import DeliverEvent
from hub.outbox.model import EventRecord, MessageRecord
from hub.webhooks.model import Content, Signature, Webhook, WebhookState
from hub.webhooks.policy.lifetimes import OVERLAP
from hub.wire.defaults import meant
from hub.wire.enums import Names
from hub.wire.instants import instant_to_pb, span_from_pb
from hub.wire.json_text import as_json
from hub.wire.orders.orders import order_fields
from hub.wire.setup.admin import MESSAGE_STATES
from hub.wire.setup.events import event_filter_from_pb, event_to_pb

CONTENTS: Final = Names(Content, pb.WebhookContent, "WEBHOOK_CONTENT")
SIGNATURES: Final = Names(Signature, pb.WebhookSignature, "WEBHOOK_SIGNATURE")
STATES: Final = Names(WebhookState, pb.WebhookState, "WEBHOOK_STATE")
TEST_TYPE: Final = "WebhookTest"


def draft_from_pb(request: pb.PutWebhookRequest, new_id: UUID, secret: bytes) -> WebhookDraft:
    """Return the webhook to put; raises InvalidField, naming the field, for a type of events that does not exist."""
    wanted = event_filter_from_pb(request)
    return WebhookDraft(
        webhook_id=UUID(request.webhook_id) if request.webhook_id else None,
        new_id=new_id,
        secret=secret,
        url=request.url,
        types=wanted.types,
        channel_id=wanted.channel_id,
        content=CONTENTS.from_pb(meant(request, "content"), "content"),
        signature=SIGNATURES.from_pb(meant(request, "signature"), "signature"),
    )


def rotation_from_pb(request: pb.RotateWebhookSecretRequest, secret: bytes) -> Rotation:
    """Return the new secret, and for how long the one before signs too."""
    overlap: timedelta = span_from_pb(request.overlap, field="overlap") if request.HasField("overlap") else OVERLAP
    return Rotation(UUID(request.webhook_id), secret, overlap)


def replay_from_pb(request: pb.ReplayWebhookRequest) -> Replay:
    """Return from where on to post again."""
    after = request.after_position if request.HasField("after_position") else None
    return Replay(UUID(request.webhook_id), after)


def webhook_to_pb(webhook: Webhook) -> pb.Webhook:
    """The webhook as a message; without its secrets."""
    by_key = webhook.signature is Signature.HTTP_ED25519
    return pb.Webhook(
        webhook_id=str(webhook.webhook_id),
        url=webhook.url,
        types=webhook.types,
        channel_id=webhook.channel_id,
        content=CONTENTS.to_pb(webhook.content),
        signature=SIGNATURES.to_pb(webhook.signature),
        state=STATES.to_pb(webhook.state),
        disabled_reason=webhook.why,
        principal=webhook.scope.principal,
        position=webhook.position,
        create_time=instant_to_pb(webhook.created_at),
        deliver_time=instant_to_pb(webhook.delivered_at) if webhook.delivered_at else None,
        public_keys=[secret.public_key for secret in webhook.secrets] if by_key else [],
    )


def delivery_to_pb(record: MessageRecord, payload: DeliverEvent) -> pb.WebhookDelivery:
    """The delivery as a message."""
    return pb.WebhookDelivery(
        message_id=str(record.message.message_id),
        event_id=str(payload.event_id),
        position=payload.position,
        order_id=str(payload.order_id or ""),
        state=MESSAGE_STATES.to_pb(record.state),
        attempts=record.attempts,
        last_failure=record.last_failure,
    )


def body_of(record: EventRecord, case: Case | None) -> bytes:
    """Return what is posted of an event, with the order that it is about where that is asked for and seen."""
    event = record.event
    body = pb.WebhookBody(
        type=event.type,
        occur_time=instant_to_pb(event.occurred_at),
        event=event_to_pb(record),
        order=order_fields(case) if case else None,
    )
    return as_json(body)


def trial_body(at: Instant) -> bytes:
    """Return what is posted to try a receiver."""
    return as_json(pb.WebhookBody(type=TEST_TYPE, occur_time=instant_to_pb(at)))
