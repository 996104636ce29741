"""What the ERP stand-in checks of a document."""

from __future__ import annotations

from adapters.sdk.money import nanos_of
from crossdock.partner.erp.v1 import erp_pb2 as pb

_PREFIX = "DOCUMENT_KIND_"


def adds_up(request: pb.PostDocumentRequest) -> bool:
    """Answers whether the lines are in the total's currency and sum to it; a stock movement has neither."""
    if not request.HasField("total"):
        return request.kind == pb.DOCUMENT_KIND_STOCK_MOVEMENT
    total = nanos_of(request.total, "total")
    if any(line.value.currency_code != request.total.currency_code for line in request.lines):
        return False
    return sum(nanos_of(line.value, "lines.value") for line in request.lines) == total


def kind_name(kind: int) -> str:
    """Answers the name of a kind of document; UNKNOWN_n for one from a newer contract."""
    known = kind in pb.DocumentKind.values()
    return pb.DocumentKind.Name(pb.DocumentKind.ValueType(kind)).removeprefix(_PREFIX) if known else f"UNKNOWN_{kind}"
