"""Refusals of the payments room."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class PaymentNotFound(Refusal):
    """No instrument or transaction with this id in the caller's scope."""

    reason = "PAYMENT_NOT_FOUND"
    status = Status.NOT_FOUND


class NothingToCollect(Refusal):
    """Nothing of the order can be collected: all is covered, being answered, or no card of it is known."""

    reason = "NOTHING_TO_COLLECT"
    status = Status.FAILED_PRECONDITION
