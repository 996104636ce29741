"""Records parcels that left: slices SHIPPED, stock consumed, payment captured, everyone concerned told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from hub.cases import money, outgoing, stock
from hub.cases.case import Case, Place
from hub.cases.ending import by_line, end_if_done
from hub.cases.reports import Reported, Worked, load_reported, takings
from hub.cases.store import save
from hub.cases.unit import Unit
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.errors import FulfillmentActionNotAllowed
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import FulfillmentLine, FulfillmentOrder, Package, Shipment, ShipmentReport
from hub.holds.errors import BlockedByHold
from hub.holds.model import Operation
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.slices.lifecycle import SliceAction
from hub.slices.model import Slice
from hub.slices.policy import Taking

FLOW = "record_shipments"


async def record_shipments(unit: Unit, reports: Sequence[ShipmentReport]) -> list[Worked | Refusal]:
    """Takes reports in order; one with a reference that is known changes nothing.

    Refuses FULFILLMENT_ORDER_NOT_FOUND, BLOCKED_BY_HOLD, FULFILLMENT_ACTION_NOT_ALLOWED; a parcel of units that were
    canceled is refused and, as goods have really moved, becomes an exception: intercept it.
    """
    reported = await load_reported(unit, FLOW, [report.fulfillment_order_id for report in reports])
    answers = [_taken(unit, reported, report) for report in reports]
    await stock.settle(unit, [case for case in reported.loaded.cases.values() if case.effects.moves])
    await save(unit, FLOW, reported.loaded)
    return answers


def _taken(unit: Unit, reported: Reported, report: ShipmentReport) -> Worked | Refusal:
    try:
        case = reported.case(report.fulfillment_order_id)
        fulfillment_order = case.fulfillment_order(report.fulfillment_order_id)
        if not _known(case, report):
            _ship(unit, case, fulfillment_order, report, _units(unit, case, fulfillment_order, report))
    except Refusal as refusal:
        return refusal
    return Worked(case, report.fulfillment_order_id)


def _known(case: Case, report: ShipmentReport) -> bool:
    return any(
        one.fulfillment_order_id == report.fulfillment_order_id and one.reference == report.reference
        for one in case.shipments
    )


def _units(unit: Unit, case: Case, fulfillment_order: FulfillmentOrder, report: ShipmentReport) -> list[Taking]:
    if held := case.blocked(Operation.SHIP):
        raise BlockedByHold(f"A {held.type.value} hold blocks shipping: {held.reason}.", hold_id=held.hold_id)
    lines = _packed(report)
    try:
        units = takings(case, fulfillment_order, SliceAction.SHIP, lines)
        if not units:
            identity = fulfillment_order.fulfillment_order_id
            raise FulfillmentActionNotAllowed(
                f"Fulfillment order {identity} has no units left to ship; nothing was recorded.",
                fulfillment_order_id=identity,
            )
    except FulfillmentActionNotAllowed:
        subject = f"{report.fulfillment_order_id}/{report.reference}"
        detail = f"{fulfillment_order.node_id} shipped parcel {report.reference} with units that were canceled or gone."
        command = f"crossdock order {case.order_id}"
        case.open_exception(ExceptionReason.PARCEL_TO_INTERCEPT, subject, detail, command, unit.at)
        raise
    return units


def _ship(
    unit: Unit, case: Case, fulfillment_order: FulfillmentOrder, report: ShipmentReport, units: list[Taking]
) -> None:
    lines = by_line(units)
    goods, charges, tax = money.value_of(case, lines)
    shipment = Shipment(
        shipment_id=derived(fulfillment_order.fulfillment_order_id, "shipment", report.reference),
        fulfillment_order_id=fulfillment_order.fulfillment_order_id,
        order_id=case.order_id,
        node_id=fulfillment_order.node_id,
        reference=report.reference,
        tracking_number=report.tracking_number,
        state=ShipmentState.TENDERED,
        lines=lines,
        value_minor=goods + charges,
        charges_minor=charges,
        shipped_at=report.occurred_at,
        packages=_named(report.packages, lines),
    )
    first = not case.shipments
    case.put_shipment(shipment)
    cause = case.happened(
        "ShipmentLeft",
        report.occurred_at,
        shipment_id=shipment.shipment_id,
        node_id=shipment.node_id,
        tracking_number=shipment.tracking_number,
        quantity=sum(line.quantity for line in lines),
    )
    case.move(units, SliceAction.SHIP, cause, report.occurred_at, _in_shipment(shipment))
    money.pay_for(case, shipment.shipment_id, shipment.value_minor, tax, unit.at)
    _tell(unit, case, fulfillment_order, shipment, with_charges=first)
    end_if_done(case, unit.at)


def _packed(report: ShipmentReport) -> tuple[FulfillmentLine, ...]:
    """The units a report names: its lines, or what its packages hold. Raises where the two differ."""
    held = Counter[int]()
    for package in report.packages:
        for line in package.lines:
            held[line.line_number] += line.quantity
    named = Counter[int]()
    for line in report.lines:
        named[line.line_number] += line.quantity
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
        replace(one, lines=tuple(replace(line, sku=skus.get(line.line_number, line.sku)) for line in one.lines))
        for one in packages
    )


def _in_shipment(shipment: Shipment) -> Place:
    def place(slice_: Slice) -> Slice:
        return replace(slice_, shipment_id=shipment.shipment_id)

    return place


def _tell(
    unit: Unit, case: Case, fulfillment_order: FulfillmentOrder, shipment: Shipment, *, with_charges: bool
) -> None:
    channel = unit.network.channel(case.order.channel_id)
    identity = shipment.shipment_id
    outgoing.parcel(case, unit.network, shipment, fulfillment_order.service_code)
    outgoing.shipped(case, channel, shipment, fulfillment_order.service_code)
    billed = outgoing.shipped_lines(case, shipment.lines, with_charges=with_charges)
    about = {"node_id": shipment.node_id, "subject_id": str(identity)}
    outgoing.post_to_erp(case, channel, "SHIPMENT", identity, billed, about)
    outgoing.post_to_erp(case, channel, "INVOICE", identity, billed, {**about, "terms": outgoing.terms_of(case)})
    outgoing.notify(case, channel, "ORDER_SHIPPED", identity, {"tracking_number": shipment.tracking_number})
