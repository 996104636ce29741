"""What is known of a webhook, as values."""

from __future__ import annotations

from enum import Enum
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant
from hub.kernel.scope import Scope


class Content(Enum):
    """What is sent: the event, or the event with the order that it is about, as it is when it is sent."""

    EVENT = "EVENT"
    ORDER = "ORDER"


class Signature(Enum):
    """How what is sent is signed. STANDARD is what Standard Webhooks says; the others are RFC 9421's algorithms."""

    STANDARD = "STANDARD"
    HTTP_HMAC_SHA256 = "HTTP_HMAC_SHA256"
    HTTP_ED25519 = "HTTP_ED25519"


class WebhookState(Enum):
    """Whether anything is sent."""

    ACTIVE = "ACTIVE"
    DISABLED = "DISABLED"


class SealedSecret(Struct, frozen=True):
    """A secret, encrypted under the installation's key, and what verifies it where it signs with Ed25519.

    It signs until `until` (business time), None: for good.
    """

    content: bytes
    public_key: str
    until: Instant | None = None


class Webhook(Struct, frozen=True):
    """Where events go, which, and how.

    `scope` is of whoever put it: events outside of it are not sent. `types` and `channel_id` choose further; empty
    means all. `secrets`: the newer first. Everything up to `position` of the feed was delivered, waits for it, or was
    given up. `round` grows when positions are delivered once more. `why` says why it is DISABLED. `delivered_at` is
    when the receiver took something last, in business time.
    """

    webhook_id: UUID
    scope: Scope
    url: str
    types: tuple[str, ...]
    channel_id: str
    content: Content
    signature: Signature
    secrets: tuple[SealedSecret, ...]
    position: int
    created_at: Instant
    round: int = 0
    state: WebhookState = WebhookState.ACTIVE
    why: str = ""
    delivered_at: Instant | None = None
