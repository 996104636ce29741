"""Which holds block an operation: for the order, for units of its lines, for a fulfillment order, for an instrument."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

from hub.holds.model import Hold, HoldScope, HoldStatus, Operation

OF_MONEY: Final = frozenset({Operation.CAPTURE, Operation.REFUND})
"""Operations that a hold of an instrument blocks for that instrument alone; the others it blocks for the order."""


def active(holds: Iterable[Hold], operation: Operation, scope: HoldScope) -> list[Hold]:
    """Return the active holds of a scope that block an operation."""
    return [one for one in holds if one.status is HoldStatus.ACTIVE and one.scope is scope and operation in one.blocks]


def blocking(holds: Iterable[Hold], operation: Operation) -> Hold | None:
    """Return the first active hold that blocks an operation for the whole order."""
    for one in holds:
        if one.status is HoldStatus.ACTIVE and operation in one.blocks:
            whole = one.scope is HoldScope.ORDER
            if whole or (one.scope is HoldScope.INSTRUMENT and operation not in OF_MONEY):
                return one
    return None


def of_fulfillment_orders(holds: Iterable[Hold], operation: Operation, ids: Collection[UUID]) -> Hold | None:
    """Return the first active hold that blocks an operation for one of some fulfillment orders."""
    found = active(holds, operation, HoldScope.FULFILLMENT_ORDER)
    return next((one for one in found if one.fulfillment_order_id in ids), None)


def of_instrument(holds: Iterable[Hold], operation: Operation, instrument_id: UUID) -> Hold | None:
    """Return the first active hold that blocks an operation for an instrument alone."""
    found = active(holds, operation, HoldScope.INSTRUMENT)
    return next((one for one in found if one.instrument_id == instrument_id), None)


def of_line(holds: Iterable[Hold], operation: Operation, line_number: int) -> Hold | None:
    """Return the active hold that blocks an operation for the most units of a line.

    Holds of a line are of its last units: two of them overlap.
    """
    found = [one for one in active(holds, operation, HoldScope.LINE) if one.line_number == line_number]
    return max(found, key=lambda one: one.quantity or 0, default=None)


def free(live: int, done: int, held: int) -> int:
    """Return how many more units may take an operation: of `live` units the last `held` may not, `done` have.

    >>> free(5, 1, 2)
    2
    >>> free(5, 4, 2)
    0
    """
    return max(0, live - held - done)
