"""What is posted to webhooks."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant


class DeliverEvent(Struct, frozen=True, omit_defaults=True):
    """Posts an event of the feed to a webhook; it was first to be posted at `since`, in business time."""

    KIND: ClassVar[str] = "webhook.deliver"

    webhook_id: UUID
    event_id: UUID
    position: int
    since: Instant
    order_id: UUID | None = None
