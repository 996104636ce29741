"""How long things last for webhooks, in business time, and which secrets sign."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from hub.kernel.instant import Instant
from hub.kernel.scope import Role, Scope
from hub.webhooks.model import SealedSecret, Webhook

GIVE_UP: Final = timedelta(days=2)
"""How long an event is tried before it is given up, from when it was first to be posted."""
FAILING: Final = timedelta(days=5)
"""How long a receiver may take nothing before its webhook is disabled."""
OVERLAP: Final = timedelta(days=1)
"""How long a secret signs beside the one that replaces it, where nothing else is asked for."""
MOST_WEBHOOKS: Final = 20
"""Webhooks of a principal."""


def rotated(webhook: Webhook, secret: SealedSecret, *, at: Instant, overlap: timedelta) -> Webhook:
    """Return a webhook with a new secret; only the one before it goes on to sign, for the overlap."""
    before = [replace(newest, until=at + overlap) for newest in webhook.secrets[:1] if overlap]
    return replace(webhook, secrets=(secret, *before))


def signing(webhook: Webhook, at: Instant) -> list[SealedSecret]:
    """Return the secrets that sign at an instant, the newest first."""
    return [secret for secret in webhook.secrets if secret.until is None or at < secret.until]


def sees(scope: Scope, webhook: Webhook) -> bool:
    """Whether a principal may see and change a webhook: its own, or any where it mends for everybody."""
    return webhook.scope.principal == scope.principal or mends(scope)


def mends(scope: Scope) -> bool:
    """Whether a principal may see and change every webhook."""
    return scope.unlimited and not scope.roles.isdisjoint({Role.ADMIN, Role.SERVICE})


def silent(webhook: Webhook, at: Instant) -> bool:
    """Whether the receiver of a webhook has taken nothing for so long that the webhook is disabled."""
    return at - (webhook.delivered_at or webhook.created_at) >= FAILING
