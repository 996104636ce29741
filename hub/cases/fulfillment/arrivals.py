"""Parcels under way: each has a deadline to arrive by, until it is delivered, comes back or is written off."""

from __future__ import annotations

from hub.cases.case import Case
from hub.cases.context import EndedPromise
from hub.cases.deadlines import PARCEL_ARRIVAL
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import Shipment
from hub.kernel.instant import Instant
from hub.messages.timers import ParcelDue


def await_arrival(case: Case, shipment: Shipment, at: Instant) -> None:
    """Sets the deadline of a parcel that left: from the day promised on, or from now where that is over."""
    promised = [case.order.promises.get(line.line_number, at) for line in shipment.lines]
    due_at = max([at, *promised]) + PARCEL_ARRIVAL.span
    case.set_timer(ParcelDue(shipment.shipment_id, due_at, case.order_id))


def end_promises(case: Case, shipment: Shipment, at: Instant) -> None:
    """Notes whether a parcel that arrived at `at` did so by the day last promised for its lines, where one was."""
    promised = [
        case.order.promises[line.line_number] for line in shipment.lines if line.line_number in case.order.promises
    ]
    if promised:
        case.effects.promises.append(EndedPromise(case.order.channel_id, kept=at <= min(promised)))


def arrived(case: Case, shipment: Shipment) -> None:
    """Ends the wait for a parcel, and what was said of it; that it was damaged stays said."""
    subject = str(shipment.shipment_id)
    case.clear_timer(ParcelDue, shipment.shipment_id)
    case.resolve_exception(ExceptionReason.PARCEL_OVERDUE, subject)
    if shipment.state is not ShipmentState.DAMAGED:
        case.resolve_exception(ExceptionReason.PARCEL_TROUBLE, subject)
