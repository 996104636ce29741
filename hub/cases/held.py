"""Which parts of a case holds keep from an operation: units of lines, fulfillment orders, instruments.

Holds are in the case: nothing is read. A hold of units of a line is of its last units, whichever slices they are in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from hub.cases.case import Case
from hub.fulfillment.model import FulfillmentLine, Shipment
from hub.holds.errors import BlockedByHold
from hub.holds.model import Hold, HoldScope, HoldStatus, Operation
from hub.holds.policy import active, free, of_fulfillment_orders, of_instrument, of_line
from hub.slices.lifecycle import ALLOCATING, GONE, WAITING, SliceState
from hub.slices.model import Slice
from hub.slices.policy import Taking, first

BEFORE_WORK = frozenset({Operation.ALLOCATE, Operation.RELEASE})
"""Operations that bring units to a node: a hold of one keeps them from being claimed and handed over."""


def live_units(case: Case, line_number: int) -> int:
    """Units of a line that are not canceled."""
    return _units(case, line_number, frozenset(SliceState) - {SliceState.CANCELED})


def kept_waiting(case: Case, line_number: int) -> int:
    """How many waiting units of a line holds keep from being claimed at a node."""
    waiting = _units(case, line_number, WAITING)
    held = _held_before_work(case, line_number)
    if not held:
        return 0
    return waiting - min(waiting, free(live_units(case, line_number), live_units(case, line_number) - waiting, held))


def may_be_handed_over(case: Case, takings: list[Taking]) -> list[Taking]:
    """Those of reserved units that no hold of part of the order keeps from being handed to a node."""
    if not _has_parts(case, BEFORE_WORK):
        return takings
    kept: list[Taking] = []
    for number in sorted({slice_.line_number for slice_, _ in takings}):
        own = [taking for taking in takings if taking[0].line_number == number]
        held = _held_before_work(case, number)
        done = _units(case, number, ALLOCATING | GONE)
        kept += first(own, free(live_units(case, number), done, held)) if held else own
    return kept


def held_to_leave(case: Case, fulfillment_order_id: UUID, lines: Iterable[FulfillmentLine]) -> Hold | None:
    """The hold that blocks units of a fulfillment order from leaving its node: by a parcel, a label, a collection."""
    if whole := case.blocked(Operation.SHIP):
        return whole
    if work := of_fulfillment_orders(case.holds, Operation.SHIP, {fulfillment_order_id}):
        return work
    for line in lines:
        held = of_line(case.holds, Operation.SHIP, line.line_number)
        if held is None:
            continue
        gone = _units(case, line.line_number, GONE)
        if line.quantity > free(live_units(case, line.line_number), gone, held.quantity or 0):
            return held
    return None


def refuse_to_leave(case: Case, fulfillment_order_id: UUID, lines: Iterable[FulfillmentLine], what: str) -> None:
    """Raises BlockedByHold where a hold keeps units from leaving; `what` is what it blocks, in a word."""
    if held := held_to_leave(case, fulfillment_order_id, lines):
        raise BlockedByHold(f"A {held.type.value} hold blocks {what}: {held.reason}.", hold_id=held.hold_id)


def held_to_draw(case: Case, shipment_id: UUID) -> Hold | None:
    """The hold that blocks captures for a shipment: of the order, of its fulfillment order, or of units in it.

    A shipment is paid whole: where one of its units is held, all of it waits.
    """
    if whole := case.blocked(Operation.CAPTURE):
        return whole
    if not _has_parts(case, {Operation.CAPTURE}):
        return None
    shipment = next((one for one in case.shipments if one.shipment_id == shipment_id), None)
    if shipment is None:
        return None
    if work := of_fulfillment_orders(case.holds, Operation.CAPTURE, {shipment.fulfillment_order_id}):
        return work
    for line in shipment.lines:
        held = of_line(case.holds, Operation.CAPTURE, line.line_number)
        until = _left_until(case, shipment, line.line_number)
        if held is not None and until > free(live_units(case, line.line_number), 0, held.quantity or 0):
            return held
    return None


def held_instrument(case: Case, operation: Operation, instrument_id: UUID | None) -> Hold | None:
    """The hold that blocks captures or refunds of an instrument alone."""
    return of_instrument(case.holds, operation, instrument_id) if instrument_id else None


def holds_of_credit(case: Case, line_numbers: Collection[int], return_id: UUID | None) -> list[Hold]:
    """The holds of part of the order that keep a credit for lines, or of a return, from being paid out."""
    found = [
        one for one in active(case.holds, Operation.REFUND, HoldScope.LINE) if one.line_number in set(line_numbers)
    ]
    if return_id is not None:
        works = {one.fulfillment_order_id for one in case.slices if one.return_id == return_id}
        found += [
            one
            for one in active(case.holds, Operation.REFUND, HoldScope.FULFILLMENT_ORDER)
            if one.fulfillment_order_id in works
        ]
    return found


def held_credits(case: Case) -> frozenset[UUID]:
    """Credits that active holds of part of the order keep from being paid out."""
    return frozenset(
        one for hold in case.holds if hold.status is HoldStatus.ACTIVE and hold.credit_ids for one in hold.credit_ids
    )


def held_notice(case: Case, fulfillment_order_id: UUID | None, line_numbers: Iterable[int]) -> Hold | None:
    """The hold that keeps a notice from the customer: of the order, or of whose goods it is about."""
    if whole := case.blocked(Operation.NOTIFY):
        return whole
    if fulfillment_order_id is not None and (
        work := of_fulfillment_orders(case.holds, Operation.NOTIFY, {fulfillment_order_id})
    ):
        return work
    found = (of_line(case.holds, Operation.NOTIFY, number) for number in line_numbers)
    return next((one for one in found if one is not None), None)


def _held_before_work(case: Case, line_number: int) -> int:
    """Units of a line that may not come to a node: of holds of the line, and given back by held fulfillment orders."""
    of_lines = [of_line(case.holds, one, line_number) for one in BEFORE_WORK]
    held = max((one.quantity or 0 for one in of_lines if one is not None), default=0)
    works = {
        one.fulfillment_order_id
        for operation in BEFORE_WORK
        for one in active(case.holds, operation, HoldScope.FULFILLMENT_ORDER)
    }
    for work in case.fulfillment_orders:
        if work.fulfillment_order_id in works:
            given = sum(line.quantity for line in work.lines if line.line_number == line_number)
            there = [one for one in case.slices if one.fulfillment_order_id == work.fulfillment_order_id]
            held += max(0, given - sum(one.quantity for one in there if one.line_number == line_number))
    return held


def _has_parts(case: Case, operations: Collection[Operation]) -> bool:
    return any(
        one.status is HoldStatus.ACTIVE and one.scope is not HoldScope.ORDER and not one.blocks.isdisjoint(operations)
        for one in case.holds
    )


def _left_until(case: Case, shipment: Shipment, line_number: int) -> int:
    """Units of a line that left with a shipment and with those before it."""
    until = 0
    for one in sorted(case.shipments, key=lambda one: (one.shipped_at, one.shipment_id)):
        until += sum(line.quantity for line in one.lines if line.line_number == line_number)
        if one.shipment_id == shipment.shipment_id:
            break
    return until


def _units(case: Case, line_number: int, states: Collection[SliceState]) -> int:
    def counts(one: Slice) -> bool:
        return one.line_number == line_number and one.state in states

    return sum(one.quantity for one in case.slices if counts(one))
