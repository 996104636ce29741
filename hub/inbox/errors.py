"""Refusals of the inbox."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class DocumentNotFound(Refusal):
    """No document with this id in the caller's scope."""

    reason = "DOCUMENT_NOT_FOUND"
    status = Status.NOT_FOUND


class DocumentNotReplayable(Refusal):
    """The document cannot be read again: it had no problems, or its content has expired."""

    reason = "DOCUMENT_NOT_REPLAYABLE"
    status = Status.FAILED_PRECONDITION


class FeedBackwards(Refusal):
    """The feed of the source has already passed this number without the event; it is not applied."""

    reason = "FEED_BACKWARDS"
    status = Status.FAILED_PRECONDITION


class FeedConflict(Refusal):
    """The source sent another event with this number before."""

    reason = "FEED_CONFLICT"
    status = Status.ALREADY_EXISTS


class FeedNotFound(Refusal):
    """No feed of this source in the caller's scope."""

    reason = "FEED_NOT_FOUND"
    status = Status.NOT_FOUND


class NodeSourceTaken(Refusal):
    """Another source counts this node."""

    reason = "NODE_SOURCE_TAKEN"
    status = Status.FAILED_PRECONDITION


class ParkedEventLimitReached(Refusal):
    """As many events of the principal are parked as may be; when some were applied, the same one may come again."""

    reason = "PARKED_EVENT_LIMIT_REACHED"
    status = Status.RESOURCE_EXHAUSTED
    kept = False
    retry_after_seconds = 60.0


class ParkedEventNotFound(Refusal):
    """No parked event with this id in the caller's scope."""

    reason = "PARKED_EVENT_NOT_FOUND"
    status = Status.NOT_FOUND
