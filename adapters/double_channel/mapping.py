"""What a channel is told, as it keeps it. Pure."""

from __future__ import annotations

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
        "lines": [
            {"line_number": line.line_number, "sku": line.sku, "quantity": line.quantity} for line in request.lines
        ],
    }
