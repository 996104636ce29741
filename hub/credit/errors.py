"""Refusals of the credit room."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class CreditAccountNotFound(Refusal):
    """No credit account of this seller and name that the caller sees."""

    reason = "CREDIT_ACCOUNT_NOT_FOUND"
    status = Status.NOT_FOUND


class CreditUndecided(Refusal):
    """The order is over the limit of its credit account, and only a release over the limit ends its hold."""

    reason = "CREDIT_UNDECIDED"
    status = Status.FAILED_PRECONDITION


class CreditAccountInUse(Refusal):
    """Orders still use the credit account, so it cannot be closed."""

    reason = "CREDIT_ACCOUNT_IN_USE"
    status = Status.FAILED_PRECONDITION


class ReceivableExceeded(Refusal):
    """More is settled than the invoices of the order are open for."""

    reason = "RECEIVABLE_EXCEEDED"
    status = Status.FAILED_PRECONDITION


class SettlementReferenceTaken(Refusal):
    """The reference settled another amount of the order before."""

    reason = "SETTLEMENT_REFERENCE_TAKEN"
    status = Status.ALREADY_EXISTS
