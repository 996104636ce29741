"""Refusals of the transfers room."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class TransferNotFound(Refusal):
    """No transfer with this id in the caller's scope."""

    reason = "TRANSFER_NOT_FOUND"
    status = Status.NOT_FOUND


class TransferActionNotAllowed(Refusal):
    """The transfer's state does not allow this."""

    reason = "TRANSFER_ACTION_NOT_ALLOWED"
    status = Status.FAILED_PRECONDITION


class TransferUnitsExceeded(Refusal):
    """More units than the transfer has of a SKU, or a SKU that it does not have."""

    reason = "TRANSFER_UNITS_EXCEEDED"
    status = Status.FAILED_PRECONDITION


class SupplyOfTransfer(Refusal):
    """The supply is the units in transit of a transfer, and follows it."""

    reason = "SUPPLY_OF_TRANSFER"
    status = Status.FAILED_PRECONDITION
