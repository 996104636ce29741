"""Refusals of the ledger."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class UnknownPaymentAccount(Refusal):
    """No payment account with this name that the caller may settle."""

    reason = "UNKNOWN_PAYMENT_ACCOUNT"
    status = Status.NOT_FOUND
