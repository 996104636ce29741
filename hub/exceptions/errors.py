"""Refusals of the exceptions room."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class ExceptionNotFound(Refusal):
    """No exception record with this id in the caller's scope."""

    reason = "EXCEPTION_NOT_FOUND"
    status = Status.NOT_FOUND
