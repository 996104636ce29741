"""What PlaceHold asks for, as the command of its flow."""

from __future__ import annotations

from uuid import UUID

from crossdock.orders.v1 import order_service_pb2 as pb
from hub.flows.orders.hold_orders import HoldOrder
from hub.holds.model import THE_ORDER, HoldPart, HoldScope, Operation
from hub.kernel.errors import InvalidField
from hub.wire.defaults import meant
from hub.wire.instants import optional_instant
from hub.wire.orders.orders import HOLD_TYPES


def hold_command(request: pb.PlaceHoldRequest) -> HoldOrder:
    """Return the command. Raises InvalidField where it names two parts of the order, or a quantity without a line."""
    return HoldOrder(
        order_id=UUID(request.order_id),
        type=HOLD_TYPES.from_pb(meant(request, "type"), "type"),
        reason=request.reason,
        blocks=frozenset(map(Operation, request.blocks)),
        part=_part(request),
        instrument_number=request.instrument_number,
        owner=request.owner,
        expires_at=optional_instant(request, "expire_time"),
    )


def _part(request: pb.PlaceHoldRequest) -> HoldPart:
    named = [bool(request.line_number), bool(request.fulfillment_order_id), bool(request.instrument_number)]
    if sum(named) > 1:
        why = "a hold is of one part; place another for the other"
        raise InvalidField("Name a line, a fulfillment order or an instrument, not two.", fulfillment_order_id=why)
    if request.quantity and not request.line_number:
        raise InvalidField("Name the line of which units are held.", quantity="has no line_number")
    if request.line_number:
        return HoldPart(HoldScope.LINE, line_number=request.line_number, quantity=request.quantity or None)
    if request.fulfillment_order_id:
        work = UUID(request.fulfillment_order_id)
        return HoldPart(HoldScope.FULFILLMENT_ORDER, fulfillment_order_id=work)
    return THE_ORDER
