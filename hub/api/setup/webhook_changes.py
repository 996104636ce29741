"""Changes of webhooks. Of a new secret its encrypted form is stored, from which a repeat gets it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from hub.cases.context import FlowContext
from hub.flows.upkeep.keep_webhooks import (
    Kept,
    Replay,
    Rotation,
    WebhookDraft,
    put_webhooks,
    remove_webhooks,
    replay_webhooks,
    rotate_secrets,
)
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.kernel.errors import Refusal
from hub.webhooks import operations as webhooks
from hub.webhooks.policy.sealing import opened


def _stored(kept: Kept) -> Stored:
    return {"webhook_id": str(kept.webhook.webhook_id), "sealed": kept.sealed.hex()}


async def _standing(flow: FlowContext, stored: Sequence[Stored]) -> list[Kept | Refusal]:
    known = await webhooks.find(flow.tx, flow.scope, [UUID(one["webhook_id"]) for one in stored])
    return [
        webhook if isinstance(webhook := known[UUID(one["webhook_id"])], Refusal) else Kept(webhook, _secret(flow, one))
        for one in stored
    ]


def _secret(flow: FlowContext, stored: Stored) -> bytes:
    sealed = bytes.fromhex(stored["sealed"])
    return opened(flow.secrets.documents, UUID(stored["webhook_id"]), sealed) if sealed else b""


async def _removed(_: FlowContext, stored: Sequence[Stored]) -> list[UUID | Refusal]:
    return [UUID(one["webhook_id"]) for one in stored]


PUT_WEBHOOK: Final[Change[WebhookDraft, Kept]] = Change("PutWebhook", put_webhooks, _stored, _standing)
ROTATE_SECRET: Final[Change[Rotation, Kept]] = Change("RotateWebhookSecret", rotate_secrets, _stored, _standing)
REPLAY_WEBHOOK: Final[Change[Replay, Kept]] = Change("ReplayWebhook", replay_webhooks, _stored, _standing)
REMOVE_WEBHOOK: Final[Change[UUID, UUID]] = Change(
    "RemoveWebhook", remove_webhooks, lambda webhook_id: {"webhook_id": str(webhook_id)}, _removed
)
