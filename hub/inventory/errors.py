"""Refusals of the inventory room."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class InsufficientStock(Refusal):
    """There is not enough free stock, and the order must not wait for it."""

    reason = "INSUFFICIENT_STOCK"
    status = Status.FAILED_PRECONDITION


class StockWouldBeNegative(Refusal):
    """The change would remove more units than are free at the node."""

    reason = "STOCK_WOULD_BE_NEGATIVE"
    status = Status.FAILED_PRECONDITION


class SnapshotOutdated(Refusal):
    """A newer snapshot of the same source and nodes was already applied."""

    reason = "SNAPSHOT_OUTDATED"
    status = Status.FAILED_PRECONDITION


class SnapshotNotFound(Refusal):
    """No count with this id in the caller's scope."""

    reason = "SNAPSHOT_NOT_FOUND"
    status = Status.NOT_FOUND


class SnapshotNotApplied(Refusal):
    """The count was never applied, or it was undone already."""

    reason = "SNAPSHOT_NOT_APPLIED"
    status = Status.FAILED_PRECONDITION


class SnapshotNumbered(Refusal):
    """The count moved the feed of its source on, and numbers of a feed are not taken back."""

    reason = "SNAPSHOT_NUMBERED"
    status = Status.FAILED_PRECONDITION


class SnapshotIncomplete(Refusal):
    """The snapshot ended before all announced rows came. Nothing was applied."""

    reason = "SNAPSHOT_INCOMPLETE"
    status = Status.INVALID_ARGUMENT
    kept = False


class CountedTwice(Refusal):
    """Two rows of a count are of the same SKU at the same node. Nothing was applied."""

    reason = "COUNTED_TWICE"
    status = Status.FAILED_PRECONDITION


class ReservationNotFound(Refusal):
    """No reservation with this id in the caller's scope."""

    reason = "RESERVATION_NOT_FOUND"
    status = Status.NOT_FOUND


class ReservationEnded(Refusal):
    """The reservation was released, expired or consumed already."""

    reason = "RESERVATION_ENDED"
    status = Status.FAILED_PRECONDITION


class ReservationTooLong(Refusal):
    """The time asked for is longer than the channel allows."""

    reason = "RESERVATION_TOO_LONG"
    status = Status.FAILED_PRECONDITION


class ReservationLimitReached(Refusal):
    """The client or the buyer has reached its limit of reservations; `retry_after_seconds` says when one ends."""

    reason = "RESERVATION_LIMIT_REACHED"
    status = Status.RESOURCE_EXHAUSTED
    kept = False

    def __init__(self, message: str, retry_after_seconds: float | None = None, **metadata: object) -> None:
        super().__init__(message, **metadata)
        self.retry_after_seconds = retry_after_seconds


class ReservationUnitsExceeded(Refusal):
    """The request releases more units than the reservation holds."""

    reason = "RESERVATION_UNITS_EXCEEDED"
    status = Status.FAILED_PRECONDITION


class ReservationNotUsable(Refusal):
    """The order cannot use the reservation: its channel is another one, or its node does not serve the order."""

    reason = "RESERVATION_NOT_USABLE"
    status = Status.FAILED_PRECONDITION


class SupplyNotFound(Refusal):
    """No supply under this source, reference and line, or with this id."""

    reason = "SUPPLY_NOT_FOUND"
    status = Status.NOT_FOUND


class SupplyClaimed(Refusal):
    """Another source already maintains this line of this document."""

    reason = "SUPPLY_CLAIMED"
    status = Status.ALREADY_EXISTS


class SupplyBelowReceived(Refusal):
    """The supply has already received more units than its new quantity."""

    reason = "SUPPLY_BELOW_RECEIVED"
    status = Status.FAILED_PRECONDITION


class SupplyEnded(Refusal):
    """The supply was received or canceled."""

    reason = "SUPPLY_ENDED"
    status = Status.FAILED_PRECONDITION


class ReceiptTaken(Refusal):
    """A receipt with this reference came before with other units or another condition."""

    reason = "RECEIPT_TAKEN"
    status = Status.ALREADY_EXISTS
