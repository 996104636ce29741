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


class HoldScopeNotFound(Refusal):
    """The order has no such line, fulfillment order or instrument, or not so many units of the line."""

    reason = "HOLD_SCOPE_NOT_FOUND"
    status = Status.FAILED_PRECONDITION


class HoldTypeReserved(Refusal):
    """The hub alone places holds of this type."""

    reason = "HOLD_TYPE_RESERVED"
    status = Status.FAILED_PRECONDITION
