"""Units that are collected at their store: held ready under a code, handed over to who names it, or put back.

Money is taken when units are collected, never before.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from msgspec.structs import replace

from hub.cases import outgoing
from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.deadlines import PICKUP
from hub.cases.fulfillment.endings import by_line, cancel_units, end_if_done
from hub.cases.fulfillment.node_requests import ask_to_put_back
from hub.cases.fulfillment.parcels import in_shipment
from hub.cases.held import refuse_to_leave
from hub.cases.intercompany import hand, shipped
from hub.cases.money import money
from hub.cases.worth import value_of
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.errors import FulfillmentActionNotAllowed, NothingToHandOver, PickupCodeWrong, PickupLocked
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import CollectionReport, FulfillmentOrder, Pickup, Shipment
from hub.kernel.ids import derived
from hub.kernel.instant import Instant, iso
from hub.messages.events.fulfillment import PickupCodeRefused, PickupExpired, PickupRenewed, UnitsCollected
from hub.messages.notice import PICKUP_CODE, Template
from hub.messages.timers import PickupDue
from hub.orders.model import DeliveryMethod
from hub.slices.lifecycle import SliceAction, SliceState
from hub.slices.policy import Taking

MOST_WRONG_CODES: Final = 5
"""After this many the code that was sent counts no more."""


def refuse_shipped(case: Case, fulfillment_order: FulfillmentOrder) -> None:
    """Raises FulfillmentActionNotAllowed for an order that is shipped: it cannot lie ready to be collected."""
    if case.order.delivery_method is not DeliveryMethod.PICKUP:
        raise FulfillmentActionNotAllowed(
            f"Fulfillment order {fulfillment_order.fulfillment_order_id} is to be shipped, not collected; report its"
            " parcel.",
            fulfillment_order_id=fulfillment_order.fulfillment_order_id,
        )


def hold(flow: FlowContext, case: Case, fulfillment_order_id: UUID, ready_at: Instant) -> None:
    """Holds units that lie ready, and sends the customer their code; those that are held already stay so."""
    fulfillment_order = case.fulfillment_order(fulfillment_order_id)
    if fulfillment_order.pickup is None and _ready(case, fulfillment_order_id):
        pickup = Pickup(ready_at=ready_at, hold_until=max(ready_at, flow.at) + PICKUP.span)
        _hold(flow, case, fulfillment_order, pickup)


def renew(flow: FlowContext, case: Case, fulfillment_order_id: UUID) -> None:
    """Sends another code for units that lie ready, and holds them anew. Raises NothingToHandOver."""
    fulfillment_order = case.fulfillment_order(fulfillment_order_id)
    pickup, _ = _held(case, fulfillment_order)
    case.happened(PickupRenewed(fulfillment_order_id=fulfillment_order_id, node_id=fulfillment_order.node_id), flow.at)
    case.resolve_exception(ExceptionReason.PICKUP_LOCKED, str(fulfillment_order_id))
    anew = Pickup(pickup.ready_at, flow.at + PICKUP.span, code_number=pickup.code_number + 1)
    _hold(flow, case, fulfillment_order, anew)


def hand_over(flow: FlowContext, case: Case, report: CollectionReport) -> None:
    """Hands over what lies ready: slices COLLECTED, payment captured, everyone concerned told.

    Raises BlockedByHold, NothingToHandOver, PickupLocked, and PickupCodeWrong, which counts.
    """
    fulfillment_order = case.fulfillment_order(report.fulfillment_order_id)
    if _repeated(case, report):
        return
    ready = by_line(_ready(case, fulfillment_order.fulfillment_order_id))
    refuse_to_leave(case, fulfillment_order.fulfillment_order_id, ready, "handing over")
    pickup, units = _held(case, fulfillment_order)
    _refuse_wrong_code(flow, case, fulfillment_order, pickup, report.code)
    _collect(flow, case, fulfillment_order, units, report.occurred_at)


def expire(flow: FlowContext, case: Case, fulfillment_order_id: UUID) -> None:
    """Ends a wait that is over: cancels what was not collected, and has its node put it back on the shelf."""
    fulfillment_order = case.fulfillment_order(fulfillment_order_id)
    pickup, units = fulfillment_order.pickup, _ready(case, fulfillment_order_id)
    if pickup is None or not units or flow.at < pickup.hold_until:
        return
    channel = flow.network.channel(case.order.channel_id)
    lines, node_id = by_line(units), fulfillment_order.node_id
    case.put_fulfillment_order(replace(fulfillment_order, pickup=replace(pickup, expired_at=flow.at)))
    quantity = sum(line.quantity for line in lines)
    case.happened(PickupExpired(fulfillment_order_id=fulfillment_order_id, node_id=node_id, quantity=quantity), flow.at)
    case.resolve_exception(ExceptionReason.PICKUP_LOCKED, str(fulfillment_order_id))
    ask_to_put_back(case, fulfillment_order_id, lines, flow.at)
    outgoing.notify(
        case,
        channel,
        Template.NOT_COLLECTED,
        fulfillment_order_id,
        {"store": _store(flow, fulfillment_order)},
        about=(fulfillment_order_id, lines),
    )
    cancel_units(case, channel, units, "not collected in time", flow.at)


def _hold(flow: FlowContext, case: Case, fulfillment_order: FulfillmentOrder, pickup: Pickup) -> None:
    identity = fulfillment_order.fulfillment_order_id
    case.put_fulfillment_order(replace(fulfillment_order, pickup=pickup))
    case.set_timer(PickupDue(identity, pickup.hold_until, case.order_id))
    values = {
        "store": _store(flow, fulfillment_order),
        "hold_until_time": iso(pickup.hold_until),
        PICKUP_CODE: code_name(identity, pickup),
    }
    subject = derived(identity, "pickup", pickup.code_number)
    outgoing.notify(
        case,
        flow.network.channel(case.order.channel_id),
        Template.READY_FOR_PICKUP,
        subject,
        values,
        about=(identity, by_line(_ready(case, identity))),
    )


def code_name(fulfillment_order_id: UUID, pickup: Pickup) -> str:
    """Return the name of the code that counts, from which `Secrets.pickup_code` makes it."""
    return f"{fulfillment_order_id}/{pickup.code_number}"


def _held(case: Case, fulfillment_order: FulfillmentOrder) -> tuple[Pickup, list[Taking]]:
    """The pickup and its units that lie ready; raises NothingToHandOver with what can be done instead."""
    pickup, units = fulfillment_order.pickup, _ready(case, fulfillment_order.fulfillment_order_id)
    if pickup is not None and units:
        return pickup, units
    if pickup is None:
        why = f"It is not ready at {fulfillment_order.node_id} yet; report it ready first."
    elif pickup.expired_at is not None:
        why = f"Nobody collected it until {pickup.hold_until:%Y-%m-%d %H:%M} UTC, and it is canceled; order it anew."
    else:
        why = "It was collected, or canceled, already; what was collected can be returned."
    raise NothingToHandOver(why, fulfillment_order_id=fulfillment_order.fulfillment_order_id)


def _refuse_wrong_code(
    flow: FlowContext, case: Case, fulfillment_order: FulfillmentOrder, pickup: Pickup, code: str
) -> None:
    identity = fulfillment_order.fulfillment_order_id
    if pickup.wrong_codes >= MOST_WRONG_CODES:
        raise PickupLocked(
            f"{MOST_WRONG_CODES} wrong codes were named; have another one sent with `crossdock pickup --renew`.",
            fulfillment_order_id=identity,
        )
    if code == flow.secrets.pickup_code(code_name(identity, pickup)):
        return
    left = MOST_WRONG_CODES - pickup.wrong_codes - 1
    case.put_fulfillment_order(replace(fulfillment_order, pickup=replace(pickup, wrong_codes=pickup.wrong_codes + 1)))
    case.happened(PickupCodeRefused(fulfillment_order_id=identity, node_id=fulfillment_order.node_id), flow.at)
    if not left:
        detail = f"{MOST_WRONG_CODES} wrong codes were named at {fulfillment_order.node_id}; nothing is handed over."
        command = f"crossdock pickup {identity} --renew"
        case.open_exception(ExceptionReason.PICKUP_LOCKED, str(identity), detail, command, flow.at)
    raise PickupCodeWrong(
        f"That is not the code that the customer was sent; {left} more may be tried.",
        fulfillment_order_id=identity,
        left=left,
    )


def _collect(
    flow: FlowContext, case: Case, fulfillment_order: FulfillmentOrder, units: list[Taking], at: Instant
) -> None:
    lines = by_line(units)
    goods, charges, tax = value_of(case, lines)
    identity = fulfillment_order.fulfillment_order_id
    number = 1 + sum(one.fulfillment_order_id == identity for one in case.shipments)
    shipment = Shipment(
        shipment_id=derived(identity, "collection", number),
        fulfillment_order_id=identity,
        order_id=case.order_id,
        node_id=fulfillment_order.node_id,
        reference=f"collection {number}",
        tracking_number="",
        state=ShipmentState.DELIVERED,
        lines=lines,
        value_minor=goods + charges,
        charges_minor=charges,
        shipped_at=at,
        delivered_at=at,
    )
    first = not case.shipments
    case.put_shipment(shipment)
    quantity = sum(line.quantity for line in lines)
    cause = case.happened(
        UnitsCollected(
            fulfillment_order_id=identity,
            node_id=fulfillment_order.node_id,
            quantity=quantity,
            shipment_id=shipment.shipment_id,
        ),
        at,
    )
    case.move(units, SliceAction.COLLECT, cause, at, in_shipment(shipment))
    case.clear_timer(PickupDue, identity)
    money.pay_for(case, shipment.shipment_id, shipment.value_minor, tax, flow.at)
    channel = flow.network.channel(case.order.channel_id)
    outgoing.shipped(case, channel, shipment, fulfillment_order.service_code)
    outgoing.delivered(case, channel, shipment)
    outgoing.shipment_documents(case, channel, shipment, outgoing.shipped_lines(case, lines, with_charges=first))
    hand(case, flow.network, shipped(shipment))
    end_if_done(case, channel, flow.at)


def _repeated(case: Case, report: CollectionReport) -> bool:
    """Whether a report is of a collection that is known: at the same instant."""
    own = [one for one in case.shipments if one.fulfillment_order_id == report.fulfillment_order_id]
    return any(one.shipped_at == report.occurred_at for one in own)


def _ready(case: Case, fulfillment_order_id: UUID) -> list[Taking]:
    return case.taking(
        SliceAction.COLLECT,
        where=lambda one: one.fulfillment_order_id == fulfillment_order_id and one.state is SliceState.READY_FOR_PICKUP,
    )


def _store(flow: FlowContext, fulfillment_order: FulfillmentOrder) -> str:
    node = flow.network.node(fulfillment_order.node_id)
    return node.title or node.node_id
