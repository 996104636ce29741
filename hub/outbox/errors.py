"""Refusals of the outbox."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class MessageNotFound(Refusal):
    """No message with this id in the caller's scope, or it is not a dead letter."""

    reason = "MESSAGE_NOT_FOUND"
    status = Status.NOT_FOUND


class CursorInvalid(Refusal):
    """The cursor is ahead of the feed, or older than what the feed still keeps."""

    reason = "CURSOR_INVALID"
    status = Status.OUT_OF_RANGE
    kept = False
