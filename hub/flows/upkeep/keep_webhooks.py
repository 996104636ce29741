"""Webhooks by a principal's word: put, removed, given another secret, posted to again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.feeds.webhooks import end_exceptions, taken_back
from hub.kernel.errors import Refusal
from hub.network.policy import channel_seen
from hub.outbox import operations as outbox
from hub.webhooks import operations as webhooks
from hub.webhooks.model import Content, SealedSecret, Signature, Webhook, WebhookState
from hub.webhooks.policy.lifetimes import OVERLAP, rotated
from hub.webhooks.policy.sealing import sealed
from hub.webhooks.policy.signatures import public_key


class WebhookDraft(Struct, frozen=True):
    """A webhook to put: a new one under `new_id` with a secret, or one that is there."""

    webhook_id: UUID | None
    new_id: UUID
    secret: bytes
    url: str
    types: tuple[str, ...] = ()
    channel_id: str = ""
    content: Content = Content.EVENT
    signature: Signature = Signature.STANDARD

    def __repr__(self) -> str:
        return f"WebhookDraft(webhook_id={self.webhook_id!r}, url={self.url!r})"


class Rotation(Struct, frozen=True):
    """A new secret for a webhook; for `overlap` the one before signs too."""

    webhook_id: UUID
    secret: bytes
    overlap: timedelta = OVERLAP

    def __repr__(self) -> str:
        return f"Rotation(webhook_id={self.webhook_id!r}, overlap={self.overlap!r})"


class Replay(Struct, frozen=True):
    """Events to post again, from behind a position; None: from the first one that was not delivered."""

    webhook_id: UUID
    after_position: int | None = None


class Kept(Struct, frozen=True):
    """A webhook as it stands now; and its new secret, where it has one, as it is shown and as it is stored."""

    webhook: Webhook
    secret: bytes = b""
    sealed: bytes = b""

    def __repr__(self) -> str:
        return f"Kept(webhook={self.webhook!r})"


async def put_webhooks(flow: FlowContext, drafts: Sequence[WebhookDraft]) -> list[Kept | Refusal]:
    """Creates webhooks from the end of the feed on, and changes others.

    Refuses WEBHOOK_NOT_FOUND, WEBHOOK_LIMIT_REACHED and UNKNOWN_CHANNEL.
    """
    return [await _put(flow, draft) for draft in drafts]


async def remove_webhooks(flow: FlowContext, webhook_ids: Sequence[UUID]) -> list[UUID | Refusal]:
    """Removes webhooks and what waits for them. Refuses WEBHOOK_NOT_FOUND."""
    known = await webhooks.find(flow.tx, flow.scope, webhook_ids)
    removed = [webhook.webhook_id for webhook in known.values() if isinstance(webhook, Webhook)]
    for webhook_id in removed:
        await outbox.withdraw(flow.tx, webhooks.account_of(webhook_id), at=flow.at)
    await webhooks.remove(flow.tx, removed)
    await end_exceptions(flow, removed)
    return [_refusal_or(known[webhook_id], webhook_id) for webhook_id in webhook_ids]


async def rotate_secrets(flow: FlowContext, rotations: Sequence[Rotation]) -> list[Kept | Refusal]:
    """Gives webhooks new secrets. Refuses WEBHOOK_NOT_FOUND."""
    return [await _rotate(flow, rotation) for rotation in rotations]


async def replay_webhooks(flow: FlowContext, replays: Sequence[Replay]) -> list[Kept | Refusal]:
    """Has events posted again, and webhooks that were disabled enabled.

    What waits or was given up is taken back first, and the webhook goes on before it: nothing is left out, and what the
    receiver sees of one order is in order. Refuses WEBHOOK_NOT_FOUND and CURSOR_INVALID.
    """
    return [await _replay(flow, replay) for replay in replays]


async def _put(flow: FlowContext, draft: WebhookDraft) -> Kept | Refusal:
    try:
        if draft.channel_id:
            channel_seen(flow.network, flow.scope, draft.channel_id, "follow")
    except Refusal as refusal:
        return refusal
    if draft.webhook_id is None:
        return await _create(flow, draft)
    known = (await webhooks.find(flow.tx, flow.scope, [draft.webhook_id], lock=True))[draft.webhook_id]
    if isinstance(known, Refusal):
        return known
    own = known.scope.principal == flow.scope.principal
    return await _kept(flow, _stated(replace(known, scope=flow.scope if own else known.scope), draft))


async def _create(flow: FlowContext, draft: WebhookDraft) -> Kept | Refusal:
    try:
        await webhooks.refuse_one_more(flow.tx, flow.scope.principal)
    except Refusal as refusal:
        return refusal
    secret = _sealed(flow, draft.new_id, draft.secret)
    webhook = Webhook(
        webhook_id=draft.new_id,
        scope=flow.scope,
        url=draft.url,
        types=draft.types,
        channel_id=draft.channel_id,
        content=draft.content,
        signature=draft.signature,
        secrets=(secret,),
        position=await outbox.last_position(flow.tx),
        created_at=flow.at,
    )
    return replace(await _kept(flow, webhook), secret=draft.secret, sealed=secret.content)


async def _rotate(flow: FlowContext, rotation: Rotation) -> Kept | Refusal:
    known = (await webhooks.find(flow.tx, flow.scope, [rotation.webhook_id], lock=True))[rotation.webhook_id]
    if isinstance(known, Refusal):
        return known
    secret = _sealed(flow, rotation.webhook_id, rotation.secret)
    kept = await _kept(flow, rotated(known, secret, at=flow.at, overlap=rotation.overlap))
    return replace(kept, secret=rotation.secret, sealed=secret.content)


async def _replay(flow: FlowContext, replay: Replay) -> Kept | Refusal:
    known = (await webhooks.find(flow.tx, flow.scope, [replay.webhook_id]))[replay.webhook_id]
    if isinstance(known, Refusal):
        return known  # before anything of it is taken back
    if replay.after_position is not None:
        try:
            await outbox.events_after(flow.tx, known.scope, replay.after_position, limit=1)
        except Refusal as refusal:
            return refusal
    webhook = await taken_back(flow, replay.webhook_id)
    if isinstance(webhook, Refusal):
        return webhook
    position = webhook.position if replay.after_position is None else min(webhook.position, replay.after_position)
    await end_exceptions(flow, [replay.webhook_id])
    return await _kept(flow, replace(webhook, position=position, state=WebhookState.ACTIVE, why=""))


async def _kept(flow: FlowContext, webhook: Webhook) -> Kept:
    await webhooks.save(flow.tx, [webhook])
    return Kept(webhook)


def _sealed(flow: FlowContext, webhook_id: UUID, secret: bytes) -> SealedSecret:
    return SealedSecret(sealed(flow.secrets.documents, webhook_id, secret), public_key(secret))


def _stated(webhook: Webhook, draft: WebhookDraft) -> Webhook:
    return replace(
        webhook,
        url=draft.url,
        types=draft.types,
        channel_id=draft.channel_id,
        content=draft.content,
        signature=draft.signature,
    )


def _refusal_or(known: Webhook | Refusal, webhook_id: UUID) -> UUID | Refusal:
    return known if isinstance(known, Refusal) else webhook_id
