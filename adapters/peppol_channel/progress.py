"""What became of an order into what its buyer expects: an Order Response or a Despatch Advice (UBL). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from adapters.peppol_channel.placed import Placed
from adapters.sdk.times import instant_of
from adapters.sdk.ubl.elements import Element, basic, group
from adapters.sdk.ubl.parties import Party
from adapters.sdk.ubl.writing import write
from crossdock.partner.channel.v1 import channel_pb2 as pb

ACCEPTED: Final = "5"
CHANGED: Final = "3"
NOT_ACCEPTED: Final = "7"
TRANSACTION: Final = "urn:fdc:peppol.eu:poacc:trns:{}:3"
ORDERING: Final = "urn:fdc:peppol.eu:poacc:bis:ordering:3"
DESPATCHING: Final = "urn:fdc:peppol.eu:poacc:bis:despatch_advice:3"
RESPONDING: Final = frozenset({pb.PROGRESS_KIND_CONFIRMED, pb.PROGRESS_KIND_CANCELED, pb.PROGRESS_KIND_SHORT})
PACKAGINGS: Final = {"PALLET": "PX", "CARTON": "CT", "PARCEL": "PC"}
"""Kinds of packages -> UN/ECE recommendation 21."""


def document_of(request: pb.ReportProgressRequest, placed: Placed, seller: Party, reference: str) -> bytes | None:
    """Return the document that tells a buyer of progress; None where the network has none that buyers expect.

    Args:
        request: What happened.
        placed: The order as it was taken.
        seller: Who we are.
        reference: What names the document.
    """
    if request.kind in RESPONDING:
        return write("OrderResponse", _response(request, placed, seller, reference))
    if request.kind == pb.PROGRESS_KIND_SHIPPED:
        return write("DespatchAdvice", _despatch(request, placed, seller, reference))
    return None


def _head(transaction: str, process: str, reference: str, at: datetime) -> Iterator[Element]:
    yield basic("CustomizationID", TRANSACTION.format(transaction))
    yield basic("ProfileID", process)
    yield basic("ID", reference)
    yield basic("IssueDate", f"{at:%Y-%m-%d}")
    yield basic("IssueTime", f"{at:%H:%M:%S}Z")


def _response(request: pb.ReportProgressRequest, placed: Placed, seller: Party, reference: str) -> Iterator[Element]:
    states = {_state(request.kind, line) for line in request.lines}
    verdict = "AP" if states == {ACCEPTED} else "RE" if states == {NOT_ACCEPTED} else "CA"
    yield from _head("order_response", ORDERING, reference, instant_of(request.occur_time))
    yield basic("OrderResponseCode", verdict)
    yield basic("DocumentCurrencyCode", placed.currency_code)
    yield group("OrderReference", basic("ID", placed.number))
    yield group("SellerSupplierParty", seller.element())
    yield group("BuyerCustomerParty", placed.buyer.element())
    yield from (_answered(request.kind, line, placed) for line in request.lines)


def _answered(kind: pb.ProgressKind, line: pb.ProgressLine, placed: Placed) -> Element:
    """Return what is said of a line: all of its units, those of them that wait, and the day that is promised."""
    known, state = placed.line(line.line_number, line.channel_line_reference, line.sku), _state(kind, line)
    waiting = (line.waiting_quantity or line.quantity) if state == CHANGED else 0
    promised = line.HasField("promised_time") and state != NOT_ACCEPTED
    day = f"{instant_of(line.promised_time):%Y-%m-%d}" if promised else ""
    return group(
        "OrderLine",
        group(
            "LineItem",
            basic("ID", known.reference),
            basic("LineStatusCode", state),
            basic("Quantity", line.quantity, unitCode=known.unit or "C62"),
            basic("MaximumBackorderQuantity", waiting or "", unitCode=known.unit or "C62"),
            group("Delivery", group("PromisedDeliveryPeriod", basic("StartDate", day), basic("EndDate", day))),
            known.item(),
        ),
        group("OrderLineReference", basic("LineID", known.reference)),
    )


def _state(kind: pb.ProgressKind, line: pb.ProgressLine) -> str:
    """Return what is said of a line: accepted, changed where units wait, not accepted where they were canceled."""
    if kind == pb.PROGRESS_KIND_CANCELED:
        return NOT_ACCEPTED
    return CHANGED if kind == pb.PROGRESS_KIND_SHORT or line.waiting_quantity else ACCEPTED


def _despatch(request: pb.ReportProgressRequest, placed: Placed, seller: Party, reference: str) -> Iterator[Element]:
    yield from _head(
        "despatch_advice", DESPATCHING, request.shipment_reference or reference, instant_of(request.occur_time)
    )
    yield group("OrderReference", basic("ID", placed.number))
    yield group("DespatchSupplierParty", seller.element())
    yield group("DeliveryCustomerParty", placed.buyer.element())
    yield group("BuyerCustomerParty", placed.buyer.element())
    yield group("SellerSupplierParty", seller.element())
    yield _shipment(request, reference)
    number = 0
    for package in request.packages or (pb.ShipmentPackage(lines=request.lines),):
        for line in package.lines:
            number += 1
            yield _despatched(number, line, package, placed)


def _shipment(request: pb.ReportProgressRequest, reference: str) -> Element:
    carrier = group("CarrierParty", group("PartyName", basic("Name", request.carrier_name or request.carrier_code)))
    weight = f"{request.weight_grams / 1000:.3f}" if request.weight_grams else ""
    identity = request.shipment_reference or reference
    return group(
        "Shipment",
        basic("ID", identity),
        basic("GrossWeightMeasure", weight, unitCode="KGM"),
        group("Consignment", basic("ID", request.tracking_number or identity), carrier),
        group(
            "Delivery",
            basic("TrackingID", request.tracking_number),
            group("Despatch", basic("ActualDespatchDate", f"{instant_of(request.occur_time):%Y-%m-%d}")),
        ),
        *_packages(request.packages),
    )


def _packages(packages: Sequence[pb.ShipmentPackage]) -> Iterator[Element]:
    for package in packages:
        kind = basic("TransportHandlingUnitTypeCode", PACKAGINGS.get(package.kind, ""))
        yield group("TransportHandlingUnit", basic("ID", package.package_reference), kind)


def _despatched(number: int, line: pb.ProgressLine, package: pb.ShipmentPackage, placed: Placed) -> Element:
    known = placed.line(line.line_number, line.channel_line_reference, line.sku)
    unit = group("TransportHandlingUnit", basic("ID", package.package_reference))
    return group(
        "DespatchLine",
        basic("ID", number),
        basic("DeliveredQuantity", line.quantity, unitCode=known.unit or "C62"),
        group(
            "OrderLineReference",
            basic("LineID", known.reference),
            group("OrderReference", basic("ID", placed.number)),
        ),
        known.item(),
        group("Shipment", basic("ID", "NA"), unit) if package.package_reference else group("Shipment"),
    )
