"""What became of an order into what its buyer expects: an acknowledgment (855) or a ship notice (856). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from adapters.sdk.times import instant_of
from adapters.sdk.x12.writing import Elements, NotWritable, Separators, WrittenSet, day, words
from adapters.x12_channel.placed import Placed
from crossdock.partner.channel.v1 import channel_pb2 as pb

MOST_ORDER_NUMBER: Final = 22
_STATUS: Final = {
    pb.PROGRESS_KIND_CONFIRMED: "IA",
    pb.PROGRESS_KIND_CANCELED: "ID",
    pb.PROGRESS_KIND_SHORT: "IB",
}
"""What is said of the units of a line (ACK01)."""
WAITING: Final = "IB"


def document_of(request: pb.ReportProgressRequest, placed: Placed, signs: Separators) -> WrittenSet | None:
    """Return the document that tells a buyer of progress; None where X12 has none that buyers expect.

    Raises NotWritable for what it cannot carry whole.
    """
    if len(placed.number) > MOST_ORDER_NUMBER:
        raise NotWritable(f"PRF01 holds {MOST_ORDER_NUMBER} characters, and the order's number has more")
    if request.kind in _STATUS:
        return _acknowledgment(request, placed)
    if request.kind == pb.PROGRESS_KIND_SHIPPED:
        return WrittenSet("856", "SH", [*_shipment(request, placed, signs)])
    return None


def _acknowledgment(request: pb.ReportProgressRequest, placed: Placed) -> WrittenSet:
    is_whole = request.kind == pb.PROGRESS_KIND_CONFIRMED and not any(line.waiting_quantity for line in request.lines)
    when = instant_of(request.occur_time)
    segments: list[Elements] = [
        ("BAK", "00", "AD" if is_whole else "AC", placed.number, placed.date, placed.release, "", "", "", day(when))
    ]
    for line in request.lines:
        segments += _acknowledged_line(request.kind, line, placed)
    segments.append(("CTT", str(len(request.lines))))
    return WrittenSet("855", "PR", segments)


def _acknowledged_line(kind: pb.ProgressKind, line: pb.ProgressLine, placed: Placed) -> Iterator[Elements]:
    known = placed.line(line.line_number, line.channel_line_reference)
    reference, unit = known.reference or line.channel_line_reference, known.unit or "EA"
    yield ("PO1", reference, str(line.quantity), unit, known.price, "", *(known.ids or ("SK", line.sku)))
    promised = ("067", day(instant_of(line.promised_time))) if line.HasField("promised_time") else ()
    ready = line.quantity - line.waiting_quantity
    if ready > 0:
        yield ("ACK", _STATUS[kind], str(ready), unit, *promised)
    if line.waiting_quantity:
        yield ("ACK", WAITING, str(line.waiting_quantity), unit)


@dataclass
class _Levels:
    """Numbers the hierarchical levels of a ship notice."""

    segments: list[Elements] = field(default_factory=list)
    count: int = 0

    def open(self, code: str, parent: int = 0, *, has_children: bool = True) -> int:
        """Begin a level; return its number."""
        self.count += 1
        self.segments.append(("HL", str(self.count), str(parent) if parent else "", code, "1" if has_children else "0"))
        return self.count


def _shipment(request: pb.ReportProgressRequest, placed: Placed, signs: Separators) -> Sequence[Elements]:
    when, levels = instant_of(request.occur_time), _Levels()
    reference = words(request.shipment_reference, 30, signs)
    levels.segments.append(
        ("BSN", "00", reference, day(when), when.strftime("%H%M"), "0001" if request.packages else "")
    )
    top = levels.open("S")
    levels.segments += _carriage(request, when, signs)
    order = levels.open("O", top)
    levels.segments.append(("PRF", placed.number, placed.release, "", placed.date))
    for package in request.packages:
        packed = levels.open("P", order)
        levels.segments.append(("MAN", "GM", words(package.package_reference, 48, signs)))
        if package.tracking_number:
            levels.segments.append(("MAN", "CP", words(package.tracking_number, 48, signs)))
        _items(levels, packed, package.lines, placed)
    if not request.packages:
        _items(levels, order, request.lines, placed)
    levels.segments.append(("CTT", str(levels.count)))
    return levels.segments


def _carriage(request: pb.ReportProgressRequest, when: datetime, signs: Separators) -> Iterator[Elements]:
    if request.weight_grams:
        yield ("TD1", "", "", "", "", "", "G", f"{request.weight_grams / 1000:.3f}".rstrip("0").rstrip("."), "KG")
    carrier = words(request.carrier_code, 17, signs)
    yield (
        "TD5",
        "",
        "2" if carrier else "",
        carrier,
        "",
        words(request.carrier_name or request.service_code, 35, signs),
    )
    if request.tracking_number:
        yield ("REF", "CN", words(request.tracking_number, 30, signs))
    yield ("DTM", "011", day(when), when.strftime("%H%M"))


def _items(levels: _Levels, parent: int, lines: Sequence[pb.ProgressLine], placed: Placed) -> None:
    for line in lines:
        known = placed.line(line.line_number, line.channel_line_reference)
        levels.open("I", parent, has_children=False)
        ids = known.ids or ("SK", line.sku)
        levels.segments.append(("LIN", known.reference or line.channel_line_reference, *ids))
        levels.segments.append(("SN1", "", str(line.quantity), known.unit or "EA"))
