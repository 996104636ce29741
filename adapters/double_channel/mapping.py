"""What a channel is told, as it keeps it. Pure."""

from __future__ import annotations

from adapters.sdk.money import nanos_of, text_of
from crossdock.partner.channel.v1 import channel_pb2 as pb

_PREFIX = "PROGRESS_KIND_"


def progress_name(kind: int) -> str:
    """Answers the name of a kind of progress; UNKNOWN_n for one from a newer contract."""
    known = kind in pb.ProgressKind.values()
    return pb.ProgressKind.Name(pb.ProgressKind.ValueType(kind)).removeprefix(_PREFIX) if known else f"UNKNOWN_{kind}"


def progress_detail(request: pb.ReportProgressRequest) -> dict[str, object]:
    """Answers what was told of an order's progress."""
    return {
        "kind": progress_name(request.kind),
        "channel_reference": request.channel_reference,
        "tracking_number": request.tracking_number,
        "lines": [_line(line) for line in request.lines],
        **_told(request),
    }


def _line(line: pb.ProgressLine) -> dict[str, object]:
    told: dict[str, object] = {"line_number": line.line_number, "sku": line.sku, "quantity": line.quantity}
    if line.waiting_quantity:
        told["waiting_quantity"] = line.waiting_quantity
    if line.HasField("promised_time"):
        told["promised_time"] = line.promised_time.ToJsonString()
    return told


def _told(request: pb.ReportProgressRequest) -> dict[str, object]:
    """What only some kinds of progress tell."""
    told: dict[str, object] = {
        name: value
        for name in (
            "shipment_reference",
            "carrier_code",
            "carrier_name",
            "weight_grams",
            "tracking_url",
            "carrier_state",
            "reason",
        )
        if (value := getattr(request, name))
    }
    if request.packages:
        told["packages"] = [
            {
                "reference": package.package_reference,
                "kind": package.kind,
                "lines": [_line(line) for line in package.lines],
            }
            for package in request.packages
        ]
    if request.HasField("amount"):
        told["amount"] = text_of(nanos_of(request.amount, "amount"), request.amount.currency_code)
        told["currency"] = request.amount.currency_code
    return told


def refund_detail(request: pb.RefundPaymentRequest) -> dict[str, object]:
    """Answers what money was given back for."""
    currency = request.amount.currency_code
    return {
        "channel_reference": request.channel_reference,
        "payment_reference": request.payment_reference,
        "amount": text_of(nanos_of(request.amount, "amount"), currency),
        "currency": currency,
    }
