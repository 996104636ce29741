"""Refusals of the inbox."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class DocumentNotFound(Refusal):
    """No document with this id in the caller's scope."""

    reason = "DOCUMENT_NOT_FOUND"
    status = Status.NOT_FOUND


class DocumentNotReplayable(Refusal):
    """The document cannot be read again: its content was kept for its time and is gone."""

    reason = "DOCUMENT_NOT_REPLAYABLE"
    status = Status.FAILED_PRECONDITION
