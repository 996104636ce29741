"""Refusals of the returns room."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class ReturnNotFound(Refusal):
    """No return with this id in the caller's scope."""

    reason = "RETURN_NOT_FOUND"
    status = Status.NOT_FOUND


class ClaimNotFound(Refusal):
    """No claim with this id in the caller's scope."""

    reason = "CLAIM_NOT_FOUND"
    status = Status.NOT_FOUND


class ClaimAlreadyDecided(Refusal):
    """The claim was decided before."""

    reason = "CLAIM_ALREADY_DECIDED"
    status = Status.FAILED_PRECONDITION


class UnitsNotClaimable(Refusal):
    """The shipment has fewer units of the line that can be claimed so."""

    reason = "UNITS_NOT_CLAIMABLE"
    status = Status.FAILED_PRECONDITION


class WithdrawalNotPossible(Refusal):
    """The period is over, the goods are exempt, or fewer units are left than the customer withdraws from."""

    reason = "WITHDRAWAL_NOT_POSSIBLE"
    status = Status.FAILED_PRECONDITION


class WithdrawalRuleMissing(Refusal):
    """No row says whether consumers of a country may withdraw."""

    reason = "WITHDRAWAL_RULE_MISSING"
    status = Status.FAILED_PRECONDITION


class ReturnActionNotAllowed(Refusal):
    """The return's state does not allow this."""

    reason = "RETURN_ACTION_NOT_ALLOWED"
    status = Status.FAILED_PRECONDITION


class UnitsNotDelivered(Refusal):
    """The request returns more units than were delivered."""

    reason = "UNITS_NOT_DELIVERED"
    status = Status.FAILED_PRECONDITION


class UnitsAlreadyReturned(Refusal):
    """The units are already in a return, or were already credited."""

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
    """The person who returns is not a party of the order."""

    reason = "CUSTOMER_MISMATCH"
    status = Status.FAILED_PRECONDITION


class ReturnPreviewOutdated(Refusal):
    """The amount of the return is no longer the one that was agreed to."""

    reason = "RETURN_PREVIEW_OUTDATED"
    status = Status.FAILED_PRECONDITION


class UnitsNotExpected(Refusal):
    """The receipt names more units than are expected."""

    reason = "UNITS_NOT_EXPECTED"
    status = Status.FAILED_PRECONDITION


class UnitsNotReceived(Refusal):
    """The request names more units than were received and are not yet decided on."""

    reason = "UNITS_NOT_RECEIVED"
    status = Status.FAILED_PRECONDITION


class CreditExceedsPaid(Refusal):
    """The credit is larger than what was paid and not yet refunded."""

    reason = "CREDIT_EXCEEDS_PAID"
    status = Status.FAILED_PRECONDITION


class AppeasementLimit(Refusal):
    """More would be given without goods than the channel lets the service desk give; an administrator may."""

    reason = "APPEASEMENT_LIMIT"
    status = Status.FAILED_PRECONDITION


class ReductionTooLarge(Refusal):
    """The reduction is larger than the credit for the units."""

    reason = "REDUCTION_TOO_LARGE"
    status = Status.INVALID_ARGUMENT
