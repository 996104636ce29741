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
