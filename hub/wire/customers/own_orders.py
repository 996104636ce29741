"""An order as its customer may see it: no node, no cost, no hold, no other party, no note of the staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from crossdock.customers.v1 import customers_pb2 as pb
from hub.cases.case import Case
from hub.changes.model import OrderChange
from hub.customers.model import Session
from hub.fulfillment.model import Shipment
from hub.kernel.ids import text_of
from hub.kernel.instant import Instant
from hub.orders.model import OrderLine
from hub.returns.model import Credit, Return
from hub.slices.lifecycle import SliceState
from hub.slices.model import Slice
from hub.wire.instants import instant_to_pb
from hub.wire.orders.changes import change_to_pb
from hub.wire.orders.drafts import DELIVERY_METHODS
from hub.wire.orders.orders import ORDER_STATES
from hub.wire.prices import minor_to_pb
from hub.wire.returns.returns import RESOLUTIONS, RETURN_STATES

_PREPARING: Final = pb.OWN_PROGRESS_PREPARING
_RETURNING: Final = pb.OWN_PROGRESS_RETURNING
_RETURNED: Final = pb.OWN_PROGRESS_RETURNED
PROGRESS: Final[Mapping[SliceState, pb.OwnProgress]] = {
    SliceState.OPEN: _PREPARING,
    SliceState.BACKORDERED: pb.OWN_PROGRESS_WAITING,
    SliceState.RESERVED: _PREPARING,
    SliceState.ALLOCATED: _PREPARING,
    SliceState.RELEASED: _PREPARING,
    SliceState.ACCEPTED: _PREPARING,
    SliceState.PICKED: _PREPARING,
    SliceState.PACKED: _PREPARING,
    SliceState.READY_FOR_PICKUP: pb.OWN_PROGRESS_READY_FOR_PICKUP,
    SliceState.SHIPPED: pb.OWN_PROGRESS_SHIPPED,
    SliceState.RETURNING: _RETURNING,
    SliceState.DELIVERED: pb.OWN_PROGRESS_DELIVERED,
    SliceState.COLLECTED: pb.OWN_PROGRESS_COLLECTED,
    SliceState.RETURN_AUTHORIZED: _RETURNING,
    SliceState.RETURN_IN_TRANSIT: _RETURNING,
    SliceState.RETURN_RECEIVED: _RETURNED,
    SliceState.RETURN_CLOSED: _RETURNED,
    SliceState.KEPT: _RETURNED,
    SliceState.LOST: pb.OWN_PROGRESS_LOST,
    SliceState.CANCELED: pb.OWN_PROGRESS_CANCELED,
}
"""Where units are -> what their customer is told."""


def own_order_to_pb(
    case: Case, returns: Sequence[Return], credits_: Sequence[Credit], stores: Mapping[str, str]
) -> pb.OwnOrder:
    """The order of a case with its returns and what was credited; `stores` are the names of nodes to collect at."""
    order = case.order
    slices: dict[int, list[Slice]] = {}
    for slice_ in case.slices:
        slices.setdefault(slice_.line_number, []).append(slice_)
    return pb.OwnOrder(
        order_id=text_of(order.order_id),
        order_number=order.channel_reference,
        state=ORDER_STATES.to_pb(order.state),
        version=order.version,
        placed_time=instant_to_pb(order.placed_at),
        grand_total=minor_to_pb(order.total_minor, order.currency),
        delivery_method=DELIVERY_METHODS.to_pb(order.delivery_method),
        lines=[_line(case, line, slices.get(line.line_number, ())) for line in order.lines],
        parcels=[_parcel(one) for one in sorted(case.shipments, key=_left)],
        pickups=_pickups(case, stores),
        returns=[own_return_to_pb(case, one, credits_) for one in returns],
        gift_message=order.gift_message,
        delivery_instructions=order.delivery_instructions,
    )


def own_return_to_pb(case: Case, rma: Return, credits_: Sequence[Credit]) -> pb.OwnReturn:
    """A return, with what of `credits_` is for it."""
    credited = sum(one.total_minor for one in credits_ if one.return_id == rma.return_id)
    return pb.OwnReturn(
        return_id=text_of(rma.return_id),
        state=RETURN_STATES.to_pb(rma.state),
        lines=[pb.OwnLineUnits(line_number=one.line_number, quantity=one.quantity) for one in rma.lines],
        resolution=RESOLUTIONS.to_pb(rma.resolution),
        return_by_time=instant_to_pb(rma.return_by),
        credited=minor_to_pb(credited, case.order.currency),
    )


def own_change_to_pb(change: OrderChange, at: Instant) -> pb.OwnChange:
    """A change as it stands at an instant."""
    told = change_to_pb(change, at)
    return pb.OwnChange(change_id=told.change_id, state=told.state, preview=told.preview, expire_time=told.expire_time)


def session_to_pb(session: Session, token: str) -> pb.CustomerSession:
    """A session with its token."""
    return pb.CustomerSession(
        token=token,
        order_id=text_of(session.order_id) if session.order_id else "",
        party_id=text_of(session.party_id) if session.party_id else "",
        expire_time=instant_to_pb(session.expires_at),
    )


def _line(case: Case, line: OrderLine, slices: Sequence[Slice]) -> pb.OwnLine:
    units = Counter[pb.OwnProgress]()
    for slice_ in slices:
        units[PROGRESS[slice_.state]] += slice_.quantity
    promised = case.order.promises.get(line.line_number)
    return pb.OwnLine(
        line_number=line.line_number,
        sku=line.sku,
        title=line.title,
        quantity=line.quantity,
        line_total=minor_to_pb(line.total_minor, case.order.currency),
        promised_time=None if promised is None else instant_to_pb(promised),
        units=[pb.OwnUnits(progress=progress, quantity=count) for progress, count in sorted(units.items())],
    )


def _parcel(shipment: Shipment) -> pb.OwnParcel:
    carriage = shipment.carriage
    return pb.OwnParcel(
        tracking_number=shipment.tracking_number,
        carrier_name=carriage.carrier_name,
        tracking_url=carriage.tracking_url,
        ship_time=instant_to_pb(shipment.shipped_at),
        deliver_time=None if shipment.delivered_at is None else instant_to_pb(shipment.delivered_at),
        lines=[pb.OwnLineUnits(line_number=one.line_number, quantity=one.quantity) for one in shipment.lines],
    )


def _left(shipment: Shipment) -> Instant:
    return shipment.shipped_at


def _pickups(case: Case, stores: Mapping[str, str]) -> list[pb.OwnPickup]:
    ready = {one.fulfillment_order_id for one in case.slices if one.state is SliceState.READY_FOR_PICKUP}
    return [
        pb.OwnPickup(store=stores.get(one.node_id, ""), hold_until_time=instant_to_pb(one.pickup.hold_until))
        for one in case.fulfillment_orders
        if one.pickup is not None and one.fulfillment_order_id in ready
    ]
