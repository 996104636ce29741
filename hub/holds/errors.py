"""Refusals of the holds room."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class HoldNotFound(Refusal):
    """No hold with this id in the caller's scope."""

    reason = "HOLD_NOT_FOUND"
    status = Status.NOT_FOUND


class HoldAlreadyEnded(Refusal):
    """The hold has already ended."""

    reason = "HOLD_ALREADY_ENDED"
    status = Status.FAILED_PRECONDITION


class BlockedByHold(Refusal):
    """A hold blocks the operation."""

    reason = "BLOCKED_BY_HOLD"
    status = Status.FAILED_PRECONDITION
