"""Refusals of webhooks."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class WebhookNotFound(Refusal):
    """No webhook with this id among those that the caller may see."""

    reason = "WEBHOOK_NOT_FOUND"
    status = Status.NOT_FOUND


class WebhookLimitReached(Refusal):
    """The principal has as many webhooks as it may."""

    reason = "WEBHOOK_LIMIT_REACHED"
    status = Status.FAILED_PRECONDITION
