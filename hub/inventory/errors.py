"""Refusals of the inventory room."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class InsufficientStock(Refusal):
    """Not enough free stock, and the order may not wait."""

    reason = "INSUFFICIENT_STOCK"
    status = Status.FAILED_PRECONDITION


class StockWouldBeNegative(Refusal):
    """The change would take away more than is free there."""

    reason = "STOCK_WOULD_BE_NEGATIVE"
    status = Status.FAILED_PRECONDITION


class SnapshotOutdated(Refusal):
    """A newer snapshot of the same source and nodes was already applied."""

    reason = "SNAPSHOT_OUTDATED"
    status = Status.FAILED_PRECONDITION


class SnapshotIncomplete(Refusal):
    """The snapshot ended before its announced rows; nothing of it was applied."""

    reason = "SNAPSHOT_INCOMPLETE"
    status = Status.INVALID_ARGUMENT
    kept = False


class ReservationNotFound(Refusal):
    """No reservation with this id in the caller's scope."""

    reason = "RESERVATION_NOT_FOUND"
    status = Status.NOT_FOUND


class ReservationEnded(Refusal):
    """The reservation was released, expired or consumed already."""

    reason = "RESERVATION_ENDED"
    status = Status.FAILED_PRECONDITION


class ReservationTooLong(Refusal):
    """Longer than reservations of the channel may live."""

    reason = "RESERVATION_TOO_LONG"
    status = Status.FAILED_PRECONDITION


class ReservationLimitReached(Refusal):
    """The client or the buyer holds all it may; `retry_after_seconds` says when some of it ends."""

    reason = "RESERVATION_LIMIT_REACHED"
    status = Status.RESOURCE_EXHAUSTED
    kept = False

    def __init__(self, message: str, retry_after_seconds: float | None = None, **metadata: object) -> None:
        super().__init__(message, **metadata)
        self.retry_after_seconds = retry_after_seconds


class ReservationUnitsExceeded(Refusal):
    """The reservation holds fewer units than were to be given back."""

    reason = "RESERVATION_UNITS_EXCEEDED"
    status = Status.FAILED_PRECONDITION


class ReservationNotUsable(Refusal):
    """The order cannot take the reservation: another channel's, or bound to a node that does not serve the order."""

    reason = "RESERVATION_NOT_USABLE"
    status = Status.FAILED_PRECONDITION


class SupplyNotFound(Refusal):
    """No supply under this source, reference and line, or with this id."""

    reason = "SUPPLY_NOT_FOUND"
    status = Status.NOT_FOUND


class SupplyClaimed(Refusal):
    """Another source keeps this line of this document."""

    reason = "SUPPLY_CLAIMED"
    status = Status.ALREADY_EXISTS


class SupplyBelowReceived(Refusal):
    """More units of the supply came already than it would have."""

    reason = "SUPPLY_BELOW_RECEIVED"
    status = Status.FAILED_PRECONDITION


class SupplyEnded(Refusal):
    """The supply was received or canceled."""

    reason = "SUPPLY_ENDED"
    status = Status.FAILED_PRECONDITION


class ReceiptTaken(Refusal):
    """The receipt's reference came before with other units or another condition."""

    reason = "RECEIPT_TAKEN"
    status = Status.ALREADY_EXISTS
