"""A warehouse shipping advice (945) into the parcel that left and the units that never will.

It must balance: ordered less shipped is the difference, the lines add up to the total, and no line ships more than was
ordered of its SKU. What does not balance is refused as a whole, since units and money follow from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from adapters.sdk.documents.reading import plain, shown, whole_of
from adapters.sdk.times import timestamp_of
from adapters.sdk.x12.tokenizer import Segment
from adapters.x12_warehouse.orders import Line, Order
from adapters.x12_warehouse.reports import Reader
from adapters.x12_warehouse.settings import COMPLETE, SHORT
from crossdock.fulfillment.v1 import fulfillment_pb2 as pb
from crossdock.inbox.v1.inbox_pb2 import Command


@dataclass
class Package:
    """A package that MAN names, and what stands in it."""

    reference: str
    tracking_number: str
    units: Counter[int] = field(default_factory=Counter)


@dataclass
class Advice:
    """What an advice says so far: units shipped and short by order line, and packages."""

    shipped: Counter[int] = field(default_factory=Counter)
    short: Counter[int] = field(default_factory=Counter)
    packages: list[Package] = field(default_factory=list)
    is_packed: bool = True


def order_number(segments: Sequence[Segment]) -> str:
    """Return the number of the order that an advice is about (W0602); empty where it names none."""
    start = _first(segments, "W06")
    return start.element(2) if start else ""


def commands_of(
    segments: tuple[Segment, ...], orders: Mapping[str, Order], reference: str, reader: Reader
) -> list[Command]:
    """Return the commands of an advice; none where `reader` noted why.

    Args:
        segments: The transaction, ST to SE.
        orders: The orders that we gave the warehouse, by their numbers.
        reference: What names this advice where it has no shipment number.
        reader: Reads the elements.
    """
    start = _first(segments, "W06")
    if start is None:
        reader.notes.refuse(segments[0], 0, "the transaction has no W06: what was shipped cannot be told")
        return []
    order = orders.get(start.element(2))
    if order is None:
        reader.notes.refuse(start, 2, f"{shown(start.element(2))} is no order that this warehouse was given")
        return []
    reader.report_unread("945", segments[1:-1])
    advice = _advice(segments, order, reader)
    _refuse_other_total(segments, advice, reader)
    reference = plain(start.element(4), 100) or reference
    happened = _shipped_at(segments, start, reader)
    commands = []
    if advice.shipped:
        shipment = _shipment(segments, order, advice, reader)
        shipment.shipment_reference = reference
        shipment.occur_time.CopyFrom(timestamp_of(happened))
        commands.append(Command(shipment=shipment, location=f"{reader.notes.path}/shipment"))
    if advice.short:
        commands.append(
            Command(short=_short(order, advice, reference, happened), location=f"{reader.notes.path}/short")
        )
    if not commands:
        reader.notes.refuse(start, 0, "it says of no unit that it left, or that it never will")
    return commands


def _advice(segments: Sequence[Segment], order: Order, reader: Reader) -> Advice:
    advice, package = Advice(), None
    for position, segment in enumerate(segments):
        if segment.tag == "LX":
            package = None
        elif segment.tag == "MAN":
            package = _package(segment, advice)
        elif segment.tag == "W12":
            line_number = _line_number(segments[position + 1 :])
            allotted = _read_line(segment, line_number, order, advice, reader)
            if package is not None:
                package.units.update(allotted)
            elif allotted:
                advice.is_packed = False
    return advice


def _package(man: Segment, advice: Advice) -> Package:
    """Return the package of a MAN; one that was named before goes on."""
    marks = {man.element(at): plain(man.element(at + 1), 80) for at in (4, 1)}
    reference = plain(man.element(2), 80)
    package = next((known for known in advice.packages if known.reference == reference), None)
    if package is None:
        package = Package(reference, marks.get("CP", ""))
        advice.packages.append(package)
    return package


def _line_number(following: Sequence[Segment]) -> int | None:
    """Return the order line that N9*LI names among the segments of a line."""
    for segment in following:
        if segment.tag in {"W12", "LX", "W03", "SE"}:
            return None
        if segment.tag == "N9" and segment.element(1) == "LI":
            return whole_of(segment.element(2))
    return None


def _read_line(w12: Segment, line_number: int | None, order: Order, advice: Advice, reader: Reader) -> Counter[int]:
    """Add a line to the advice; return the units that left, by order line."""
    sku = reader.sku(w12, 7, 8) if w12.element(8) else reader.sku(w12, 17, 18)
    reader.refuse_other_unit(w12, 5)
    shipped = reader.units(w12, 3)
    ordered = reader.units(w12, 2) if w12.element(2) else shipped
    missing = ordered - shipped
    meaning = reader.settings.statuses.get(w12.element(1))
    if meaning is None:
        reader.notes.refuse(w12, 1, f"{shown(w12.element(1))} is no status that the profile's statuses name")
    if w12.element(4) and abs(reader.units(w12, 4)) != abs(missing):
        reader.notes.refuse(w12, 4, f"expected {abs(missing)}, the difference of ordered and shipped units")
    if missing < 0 or (meaning == COMPLETE and missing):
        reader.notes.refuse(w12, 3, f"{shipped} of {ordered} units left, which {shown(w12.element(1))} does not allow")
    lines = [line for line in order.lines if line.sku == sku]
    lines = [line for line in lines if line.number == line_number] or lines
    if not lines and sku:
        reader.notes.refuse(w12, 8, f"the order has no line of {shown(sku)}")
        return Counter()
    left = _allot(w12, shipped, lines, advice, reader)
    advice.shipped.update(left)
    if meaning == SHORT:
        advice.short.update(_allot(w12, max(missing, 0), lines, advice, reader))
    return left


def _allot(w12: Segment, units: int, lines: Sequence[Line], advice: Advice, reader: Reader) -> Counter[int]:
    """Return units by the order lines that have room for them; refuses more than were ordered."""
    allotted = Counter[int]()
    for line in lines:
        room = line.quantity - advice.shipped[line.number] - advice.short[line.number]
        part = min(units, max(room, 0))
        if part:
            allotted[line.number] = part
            units -= part
    if units and lines:
        reader.notes.refuse(w12, 3, f"it says of {units} units more than were ordered")
    return allotted


def _refuse_other_total(segments: Sequence[Segment], advice: Advice, reader: Reader) -> None:
    total = _first(segments, "W03")
    shipped = sum(advice.shipped.values())
    if total is not None and total.element(1) and reader.units(total, 1) != shipped:
        reader.notes.refuse(total, 1, f"expected {shipped} units, found {shown(total.element(1))}")


def _shipped_at(segments: Sequence[Segment], start: Segment, reader: Reader) -> datetime:
    """Return when the goods left: the date shipped (G62*11), else the date of the advice."""
    for segment in segments:
        if segment.tag == "G62" and segment.element(1) == "11":
            return reader.happened(segment, 2, 4)
    return reader.happened(start, 3, 0)


def _shipment(segments: Sequence[Segment], order: Order, advice: Advice, reader: Reader) -> pb.ShipmentReport:
    carrier, total = _first(segments, "W27"), _first(segments, "W03")
    report = pb.ShipmentReport(
        fulfillment_order_id=order.fulfillment_order_id,
        tracking_number=_tracking_number(segments, advice),
        lines=_lines(advice.shipped, order),
        carrier_code=plain(carrier.element(2), 40) if carrier else "",
        carrier_name=plain(carrier.element(3), 120) if carrier else "",
        weight_grams=reader.grams(total, 2, 3) if total else 0,
    )
    for package in advice.packages if advice.is_packed else ():
        if package.units:
            report.packages.add(
                package_reference=package.reference,
                kind="CARTON",
                tracking_number=package.tracking_number,
                lines=_lines(package.units, order),
            )
    return report


def _tracking_number(segments: Sequence[Segment], advice: Advice) -> str:
    for code in ("2I", "CN"):
        for segment in segments:
            if segment.tag == "N9" and segment.element(1) == code:
                return plain(segment.element(2), 80)
    return next((package.tracking_number for package in advice.packages if package.tracking_number), "")


def _short(order: Order, advice: Advice, reference: str, happened: datetime) -> pb.ShortReport:
    return pb.ShortReport(
        fulfillment_order_id=order.fulfillment_order_id,
        report_reference=f"{reference} short",
        lines=_lines(advice.short, order),
        reason=pb.SHORT_REASON_NOT_IN_STOCK,
        occur_time=timestamp_of(happened),
    )


def _lines(units: Mapping[int, int], order: Order) -> list[pb.FulfillmentLine]:
    skus = {line.number: line.sku for line in order.lines}
    return [
        pb.FulfillmentLine(line_number=number, quantity=quantity, sku=skus[number])
        for number, quantity in sorted(units.items())
        if quantity
    ]


def _first(segments: Sequence[Segment], tag: str) -> Segment | None:
    return next((segment for segment in segments if segment.tag == tag), None)
