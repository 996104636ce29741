"""What became of an order into what its buyer expects: a response (ORDRSP) or a despatch advice (DESADV). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from adapters.edifact_channel.placed import Placed, PlacedLine
from adapters.sdk.edifact.writing import Elements, WrittenMessage
from adapters.sdk.times import instant_of
from crossdock.partner.channel.v1 import channel_pb2 as pb

ACCEPTED: Final = "5"
CHANGED: Final = "3"
NOT_ACCEPTED: Final = "7"
MOST_REFERENCE: Final = 35
RESPONDING: Final = frozenset({pb.PROGRESS_KIND_CONFIRMED, pb.PROGRESS_KIND_CANCELED, pb.PROGRESS_KIND_SHORT})


def document_of(
    request: pb.ReportProgressRequest, placed: Placed, seller: str, reference: str
) -> WrittenMessage | None:
    """Return the message that tells a buyer of progress; None where EDIFACT has none that buyers expect.

    Args:
        request: What happened.
        placed: The order as it was taken.
        seller: Our number.
        reference: What names the message, at most 35 characters.
    """
    if request.kind in RESPONDING:
        return WrittenMessage("ORDRSP", [*_response(request, placed, seller, reference)])
    if request.kind == pb.PROGRESS_KIND_SHIPPED:
        return WrittenMessage("DESADV", [*_despatch(request, placed, seller, reference)])
    return None


def _response(request: pb.ReportProgressRequest, placed: Placed, seller: str, reference: str) -> Iterator[Elements]:
    actions = [_action(request.kind, line) for line in request.lines]
    verdict = "29" if set(actions) == {ACCEPTED} else "27" if set(actions) == {NOT_ACCEPTED} else "4"
    yield ("BGM", "231", reference, verdict)
    yield _at("137", instant_of(request.occur_time))
    yield from _references(placed, seller)
    for line, action in zip(request.lines, actions, strict=True):
        known = placed.line(line.line_number, line.channel_line_reference, line.sku)
        yield from _product(known, action)
        yield ("QTY", ("21", str(line.quantity), known.unit))
        ready = line.quantity - line.waiting_quantity if action != NOT_ACCEPTED else 0
        if action == CHANGED:
            waiting = line.waiting_quantity or line.quantity
            yield ("QTY", ("113", str(ready if line.waiting_quantity else 0), known.unit))
            yield ("QTY", ("83", str(waiting), known.unit))
        if line.HasField("promised_time") and action != NOT_ACCEPTED:
            yield ("DTM", ("69", instant_of(line.promised_time).strftime("%Y%m%d"), "102"))
    yield ("UNS", "S")
    yield ("CNT", ("2", str(len(request.lines))))


def _action(kind: pb.ProgressKind, line: pb.ProgressLine) -> str:
    """Return what is said of a line: accepted, changed where units wait, not accepted where they were canceled."""
    if kind == pb.PROGRESS_KIND_CANCELED:
        return NOT_ACCEPTED
    return CHANGED if kind == pb.PROGRESS_KIND_SHORT or line.waiting_quantity else ACCEPTED


def _despatch(request: pb.ReportProgressRequest, placed: Placed, seller: str, reference: str) -> Iterator[Elements]:
    when = instant_of(request.occur_time)
    stated = request.shipment_reference
    yield ("BGM", "351", stated if 1 <= len(stated) <= MOST_REFERENCE else reference, "9")
    yield _at("137", when)
    yield _at("11", when)
    if request.weight_grams:
        yield ("MEA", "WT", "G", ("KGM", f"{request.weight_grams / 1000:.3f}"))
    if request.tracking_number:
        yield ("RFF", ("CN", request.tracking_number))
    yield from _references(placed, seller)
    carrier = (request.carrier_code if len(request.carrier_code) <= 17 else "", "", "", request.carrier_name[:35])
    yield ("TDT", "20", "", "", "", carrier)
    yield ("CPS", "1")
    for number, package in enumerate(request.packages, start=2):
        yield ("CPS", str(number), "1")
        yield ("PAC", "1", "", "CT")
        yield ("PCI", "33E")
        yield ("GIN", "BJ", package.package_reference)
        yield from _despatched(package.lines, placed)
    if not request.packages:
        yield from _despatched(request.lines, placed)
    yield ("CNT", ("2", str(sum(len(one.lines) for one in request.packages) or len(request.lines))))


def _despatched(lines: Sequence[pb.ProgressLine], placed: Placed) -> Iterator[Elements]:
    for line in lines:
        known = placed.line(line.line_number, line.channel_line_reference, line.sku)
        yield from _product(known, "")
        yield ("QTY", ("12", str(line.quantity), known.unit))
        yield ("RFF", ("ON", placed.number, known.reference))


def _product(line: PlacedLine, action: str) -> Iterator[Elements]:
    yield ("LIN", line.reference, action, (line.product, line.kind))


def _references(placed: Placed, seller: str) -> Iterator[Elements]:
    yield ("RFF", ("ON", placed.number))
    if placed.date:
        yield ("DTM", ("171", placed.date, "102"))
    parties = (("BY", placed.buyer), ("SU", seller), ("DP", placed.delivery))
    yield from (("NAD", kind, (number, "", "9")) for kind, number in parties if number)


def _at(kind: str, when: datetime) -> Elements:
    return ("DTM", (kind, when.strftime("%Y%m%d%H%M"), "203"))
