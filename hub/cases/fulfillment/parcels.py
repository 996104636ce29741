"""Parcels that left: shipments made of the node's report, or of what the carrier told before the node reported.

Whichever comes first ships the units and has payment captured; what comes later enters the timeline only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID

from msgspec.structs import replace

from hub.cases import outgoing
from hub.cases.case import Case, Place
from hub.cases.context import FlowContext
from hub.cases.fulfillment import carriers, declaring, labels
from hub.cases.fulfillment.arrivals import await_arrival
from hub.cases.fulfillment.endings import by_line
from hub.cases.fulfillment.node_work import heard
from hub.cases.fulfillment.reports import takings
from hub.cases.held import held_to_leave
from hub.cases.intercompany import hand, shipped
from hub.cases.money import money
from hub.cases.worth import value_of
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.errors import FulfillmentActionNotAllowed
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import Carriage, FulfillmentLine, FulfillmentOrder, Package, Shipment, ShipmentReport
from hub.holds.model import Hold
from hub.kernel.errors import ReferenceReused
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.messages.events.fulfillment import ShipmentLeft
from hub.messages.notice import Template
from hub.messages.tasks import SettleConsignment
from hub.orders.model import DeliveryMethod
from hub.slices.lifecycle import SliceAction
from hub.slices.model import Slice
from hub.slices.policy import Taking


def known(case: Case, report: ShipmentReport) -> Shipment | None:
    """The shipment that a node's report is about: of its reference, or one that only its carrier told of so far."""
    own = [shipment for shipment in case.shipments if shipment.fulfillment_order_id == report.fulfillment_order_id]
    named = [one for one in own if one.reference == report.reference]
    told = [one for one in own if not one.reported and _may_be(one.tracking_number, report.tracking_number)]
    return next(iter([*named, *told]), None)


def refuse_other_content(shipment: Shipment, report: ShipmentReport) -> None:
    """Raises ReferenceReused where a report names the reference of a parcel that left, and other content than it had.

    What it leaves out it says nothing about.
    """
    units, packages = _units(_packed(report)), _named(report.packages, shipment.lines)
    differs = (
        (units and units != _units(shipment.lines))
        or (packages and packages != shipment.packages)
        or report.tracking_number not in ("", shipment.tracking_number)
    )
    if differs:
        raise ReferenceReused(
            f"Parcel {report.reference} left before with other units, packages or tracking number; report another"
            " parcel under a reference of its own.",
            reference=report.reference,
            shipment_id=shipment.shipment_id,
        )


def units_of(
    flow: FlowContext, case: Case, fulfillment_order: FulfillmentOrder, report: ShipmentReport
) -> list[Taking]:
    """The units of a parcel. Raises FulfillmentActionNotAllowed where there are fewer.

    Goods have really moved then, and where a hold blocks shipping: an exception asks to intercept them.
    """
    lines = _packed(report)
    try:
        _refuse_collected(case, fulfillment_order)
        units = takings(case, fulfillment_order, SliceAction.SHIP, lines)
        if not units:
            identity = fulfillment_order.fulfillment_order_id
            raise FulfillmentActionNotAllowed(
                f"Fulfillment order {identity} has no units left to ship; nothing was recorded.",
                fulfillment_order_id=identity,
            )
    except FulfillmentActionNotAllowed:
        _name_surplus(case, fulfillment_order, report, lines, flow.at)
        raise
    if held := held_to_leave(case, fulfillment_order.fulfillment_order_id, by_line(units)):
        _name_held(case, fulfillment_order, report, held, flow.at)
    return units


def _name_held(
    case: Case, fulfillment_order: FulfillmentOrder, report: ShipmentReport, held: Hold, at: Instant
) -> None:
    """Says that a parcel left though a hold blocks that: its goods have really moved, so it is recorded."""
    detail = (
        f"{fulfillment_order.node_id} shipped parcel {report.reference} though a {held.type.value} hold blocks that:"
        f" {held.reason}. Have it brought back, or end the hold."
    )
    command = f"crossdock order {case.order_id} --resolve {held.hold_id}"
    reason = ExceptionReason.PARCEL_TO_INTERCEPT
    case.open_exception(reason, str(held.hold_id), detail, command, at, owner=held.owner)


def _refuse_collected(case: Case, fulfillment_order: FulfillmentOrder) -> None:
    if case.order.delivery_method is DeliveryMethod.PICKUP:
        raise FulfillmentActionNotAllowed(
            f"Fulfillment order {fulfillment_order.fulfillment_order_id} is to be collected at"
            f" {fulfillment_order.node_id}; report it ready, and hand it over there.",
            fulfillment_order_id=fulfillment_order.fulfillment_order_id,
        )


def _name_surplus(
    case: Case,
    fulfillment_order: FulfillmentOrder,
    report: ShipmentReport,
    lines: Sequence[FulfillmentLine],
    at: Instant,
) -> None:
    """Says what is wrong with a parcel that left with units that the hub has not at the node any more."""
    surplus = _overshipped(case, fulfillment_order, lines)
    reason = ExceptionReason.PARCEL_OVERSHIPPED if surplus else ExceptionReason.PARCEL_TO_INTERCEPT
    why = f"{surplus} more than were released" if surplus else "units that were canceled, gone or to be collected"
    detail = f"{fulfillment_order.node_id} shipped parcel {report.reference} with {why}. Have it brought back."
    subject = f"{report.fulfillment_order_id}/{report.reference}"
    case.open_exception(reason, subject, detail, None, at)


def _overshipped(case: Case, fulfillment_order: FulfillmentOrder, lines: Sequence[FulfillmentLine]) -> int:
    """Units that left beyond those released, once a parcel with the lines has left; without lines it has one unit."""
    released = _units(fulfillment_order.lines)
    left = Counter[int]()
    for shipment in case.shipments:
        if shipment.fulfillment_order_id == fulfillment_order.fulfillment_order_id:
            left += _units(shipment.lines)
    if not lines:
        return 1 if left >= released else 0
    return (left + _units(lines) - released).total()


def _units(lines: Iterable[FulfillmentLine]) -> Counter[int]:
    """Units by line number."""
    counted = Counter[int]()
    for line in lines:
        counted[line.line_number] += line.quantity
    return counted


def ship(
    flow: FlowContext,
    case: Case,
    fulfillment_order: FulfillmentOrder,
    report: ShipmentReport,
    units: Sequence[Taking],
    *,
    told_by: UUID | None = None,
) -> Shipment:
    """Ships units: slices SHIPPED, payment captured, everyone concerned told; `told_by` is the carrier's event, if any.

    Without it the node's report enters the timeline.
    """
    lines = by_line(units)
    goods, charges, tax = value_of(case, lines)
    number = report.tracking_number or labels.tracking_number(fulfillment_order, report.reference)
    shipment = Shipment(
        shipment_id=derived(fulfillment_order.fulfillment_order_id, "shipment", report.reference),
        fulfillment_order_id=fulfillment_order.fulfillment_order_id,
        order_id=case.order_id,
        node_id=fulfillment_order.node_id,
        reference=report.reference,
        tracking_number=number,
        state=ShipmentState.TENDERED,
        lines=lines,
        value_minor=goods + charges,
        charges_minor=charges,
        shipped_at=report.occurred_at,
        packages=_named(report.packages, lines),
        reported=told_by is None,
        carriage=report.carriage,
    )
    first = not case.shipments
    case.put_shipment(shipment)
    await_arrival(case, shipment, flow.at)
    cause = told_by or _left(case, shipment, report.occurred_at)
    case.move(list(units), SliceAction.SHIP, cause, report.occurred_at, in_shipment(shipment))
    heard(case, fulfillment_order.fulfillment_order_id, flow.at)
    labels.drop_unused(case)
    _settle_import(case, shipment)
    money.pay_for(case, shipment.shipment_id, shipment.value_minor, tax, flow.at)
    _tell(flow, case, fulfillment_order, shipment, with_charges=first)
    return shipment


def _settle_import(case: Case, shipment: Shipment) -> None:
    """Has it computed what is owed for a parcel of an order with landed cost, in a lane that stops nothing else."""
    if case.order.promise is not None and case.order.promise.landed:
        identity = derived(shipment.shipment_id, "settle")
        case.send(SettleConsignment(case.order_id, shipment.shipment_id), f"import:{case.order_id}", identity)


def confirm(
    flow: FlowContext, case: Case, fulfillment_order: FulfillmentOrder, shipment: Shipment, report: ShipmentReport
) -> None:
    """Takes the node's report of a shipment that its carrier told of before: it enters the timeline.

    Where the node names other units than left, an exception says so.
    """
    stated = {line.line_number: line.quantity for line in _packed(report)}
    reported = replace(
        shipment,
        reference=report.reference,
        tracking_number=report.tracking_number or shipment.tracking_number,
        shipped_at=min(report.occurred_at, shipment.delivered_at or report.occurred_at),
        packages=_named(report.packages, shipment.lines),
        reported=True,
        carriage=completed(report.carriage, shipment.carriage),
    )
    case.put_shipment(reported)
    _left(case, reported, report.occurred_at)
    if reported.tracking_number != shipment.tracking_number:
        carriers.register(case, flow.network, reported, fulfillment_order.service_code)
    if stated and stated != {line.line_number: line.quantity for line in shipment.lines}:
        detail = f"Parcel {report.reference} left with all units of its carrier's report; the node names fewer."
        case.open_exception(ExceptionReason.PARCEL_TROUBLE, str(shipment.shipment_id), detail, None, flow.at)


def completed(stated: Carriage, known: Carriage) -> Carriage:
    """What is stated of a parcel's carriage, and what was known of the rest."""
    return Carriage(
        carrier_code=stated.carrier_code or known.carrier_code,
        carrier_name=stated.carrier_name or known.carrier_name,
        weight_grams=stated.weight_grams or known.weight_grams,
        tracking_url=stated.tracking_url or known.tracking_url,
    )


def _packed(report: ShipmentReport) -> tuple[FulfillmentLine, ...]:
    """The units a report names: its lines, or what its packages hold. Raises where the two differ."""
    held = _units(line for package in report.packages for line in package.lines)
    named = _units(report.lines)
    if held and named and held != named:
        number = min(one for one in held.keys() | named.keys() if held[one] != named[one])
        raise FulfillmentActionNotAllowed(
            f"The packages of {report.reference} hold {held[number]} units of line {number}, the report names"
            f" {named[number]}; report what is in the packages.",
            fulfillment_order_id=report.fulfillment_order_id,
            line_number=number,
        )
    return report.lines or tuple(FulfillmentLine(number, units) for number, units in sorted(held.items()))


def _named(packages: Sequence[Package], lines: Sequence[FulfillmentLine]) -> tuple[Package, ...]:
    """Packages with the SKUs of their lines."""
    skus = {line.line_number: line.sku for line in lines}
    return tuple(
        replace(package, lines=tuple(replace(line, sku=skus.get(line.line_number, line.sku)) for line in package.lines))
        for package in packages
    )


def _may_be(tracking_number: str, reported: str) -> bool:
    return not tracking_number or not reported or tracking_number == reported


def _left(case: Case, shipment: Shipment, at: Instant) -> UUID:
    return case.happened(
        ShipmentLeft(
            shipment_id=shipment.shipment_id,
            node_id=shipment.node_id,
            tracking_number=shipment.tracking_number,
            quantity=sum(line.quantity for line in shipment.lines),
        ),
        at,
    )


def in_shipment(shipment: Shipment) -> Place:
    """Units that leave by a shipment."""

    def place(slice_: Slice) -> Slice:
        return replace(slice_, shipment_id=shipment.shipment_id)

    return place


def _tell(
    flow: FlowContext, case: Case, fulfillment_order: FulfillmentOrder, shipment: Shipment, *, with_charges: bool
) -> None:
    channel = flow.network.channel(case.order.channel_id)
    identity = shipment.shipment_id
    carriers.register(case, flow.network, shipment, fulfillment_order.service_code)
    declaring.declare(case, flow.network, shipment)
    outgoing.shipped(case, channel, shipment, fulfillment_order.service_code)
    billed = outgoing.shipped_lines(case, shipment.lines, with_charges=with_charges)
    outgoing.shipment_documents(case, channel, shipment, billed)
    hand(case, flow.network, shipped(shipment))
    followed = {
        "tracking_number": shipment.tracking_number,
        "carrier_name": shipment.carriage.carrier_name,
        "tracking_url": shipment.carriage.tracking_url,
    }
    about = shipment.fulfillment_order_id, shipment.lines
    outgoing.notify(case, channel, Template.ORDER_SHIPPED, identity, followed, about=about)
