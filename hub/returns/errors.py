"""Refusals of the returns room."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class ReturnNotFound(Refusal):
    """No return with this id in the caller's scope."""

    reason = "RETURN_NOT_FOUND"
    status = Status.NOT_FOUND


class ReturnActionNotAllowed(Refusal):
    """The return's state does not allow this."""

    reason = "RETURN_ACTION_NOT_ALLOWED"
    status = Status.FAILED_PRECONDITION


class UnitsNotDelivered(Refusal):
    """Fewer units were delivered than are to be returned."""

    reason = "UNITS_NOT_DELIVERED"
    status = Status.FAILED_PRECONDITION


class UnitsAlreadyReturned(Refusal):
    """The units are in a return already, or were credited."""

    reason = "UNITS_ALREADY_RETURNED"
    status = Status.FAILED_PRECONDITION


class ReturnWindowClosed(Refusal):
    """The time in which a return may be asked for is over."""

    reason = "RETURN_WINDOW_CLOSED"
    status = Status.FAILED_PRECONDITION


class ReturnNotPermitted(Refusal):
    """A rule of the return policy refuses the units."""

    reason = "RETURN_NOT_PERMITTED"
    status = Status.FAILED_PRECONDITION


class CustomerMismatch(Refusal):
    """Who returns is none of the order's parties."""

    reason = "CUSTOMER_MISMATCH"
    status = Status.FAILED_PRECONDITION


class ReturnPreviewOutdated(Refusal):
    """The return would bring another amount than the one agreed to."""

    reason = "RETURN_PREVIEW_OUTDATED"
    status = Status.FAILED_PRECONDITION


class UnitsNotExpected(Refusal):
    """Fewer units are expected than the receipt names."""

    reason = "UNITS_NOT_EXPECTED"
    status = Status.FAILED_PRECONDITION


class UnitsNotReceived(Refusal):
    """Fewer units were received, and not decided on yet, than are named."""

    reason = "UNITS_NOT_RECEIVED"
    status = Status.FAILED_PRECONDITION


class CreditExceedsPaid(Refusal):
    """More would be given back than was paid."""

    reason = "CREDIT_EXCEEDS_PAID"
    status = Status.FAILED_PRECONDITION


class ReductionTooLarge(Refusal):
    """The reduction is more than the units are credited with."""

    reason = "REDUCTION_TOO_LARGE"
    status = Status.INVALID_ARGUMENT
