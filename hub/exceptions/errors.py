"""Refusals of the exceptions room."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class ExceptionNotFound(Refusal):
    """No exception record with this id in the caller's scope."""

    reason = "EXCEPTION_NOT_FOUND"
    status = Status.NOT_FOUND


class ExceptionEnded(Refusal):
    """The exception has already ended; nobody has to deal with it any more."""

    reason = "EXCEPTION_ENDED"
    status = Status.FAILED_PRECONDITION


class ExceptionStillHolds(Refusal):
    """The cause of the exception still exists; resolving the exception would hide it."""

    reason = "EXCEPTION_STILL_HOLDS"
    status = Status.FAILED_PRECONDITION
    kept = False
