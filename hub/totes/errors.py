"""Refusals of the totes room."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class ToteNotFound(Refusal):
    """No tote with this id in the caller's scope."""

    reason = "TOTE_NOT_FOUND"
    status = Status.NOT_FOUND


class ToteActionNotAllowed(Refusal):
    """The tote's state does not allow this."""

    reason = "TOTE_ACTION_NOT_ALLOWED"
    status = Status.FAILED_PRECONDITION


class ToteMiscounted(Refusal):
    """The number of units counted in the tote differs from its manifest."""

    reason = "TOTE_MISCOUNTED"
    status = Status.FAILED_PRECONDITION


class ReturnCodeUnknown(Refusal):
    """No return has this code."""

    reason = "RETURN_CODE_UNKNOWN"
    status = Status.NOT_FOUND
