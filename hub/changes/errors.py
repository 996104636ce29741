"""Refusals of the changes room."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class ChangeNotFound(Refusal):
    """No change with this id was proposed for the order."""

    reason = "CHANGE_NOT_FOUND"
    status = Status.NOT_FOUND


class ChangeExpired(Refusal):
    """The proposal was not confirmed in time."""

    reason = "CHANGE_EXPIRED"
    status = Status.FAILED_PRECONDITION


class ChangeOutdated(Refusal):
    """The order, or the day by which its goods arrive, is not any more as it was looked at; metadata names both."""

    reason = "CHANGE_OUTDATED"
    status = Status.ABORTED


class ChangeTooLate(Refusal):
    """Units that the change takes away are with a node, or have left; metadata counts those that are free."""

    reason = "CHANGE_TOO_LATE"
    status = Status.FAILED_PRECONDITION


class ChangeNotPayable(Refusal):
    """No instrument of the order can pay what the change adds; metadata names the amount."""

    reason = "CHANGE_NOT_PAYABLE"
    status = Status.FAILED_PRECONDITION


class ChangeEmpty(Refusal):
    """The change leaves the order as it is."""

    reason = "CHANGE_EMPTY"
    status = Status.FAILED_PRECONDITION


class ChangeNotAllowed(Refusal):
    """The rule of the channel does not allow the change, or not any more; metadata names who asked for it."""

    reason = "CHANGE_NOT_ALLOWED"
    status = Status.FAILED_PRECONDITION
