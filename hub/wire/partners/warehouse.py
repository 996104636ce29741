"""The warehouse contract: payloads of `warehouse.*` messages to requests, updates to plain values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import to_builtins
from msgspec.structs import asdict

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2
from hub.messages.warehouse import CancelFulfillmentOrder, ReleaseFulfillmentOrder, WorkLine
from hub.parties.model import Contact
from hub.wire.address import contact_to_pb
from hub.wire.carriage import carriage_from_pb
from hub.wire.partners.calls import enum_name, time_from_pb, time_to_pb


def release_to_pb(
    call: call_pb2.Call, payload: ReleaseFulfillmentOrder, ship_to: Contact
) -> warehouse_pb2.ReleaseFulfillmentOrderRequest:
    """The request of `warehouse.release`."""
    return warehouse_pb2.ReleaseFulfillmentOrderRequest(
        call=call,
        fulfillment_order_id=str(payload.fulfillment_order_id),
        node_id=payload.node_id,
        order_id=str(payload.order_id),
        lines=[_line(line) for line in payload.lines],
        ship_to=contact_to_pb(ship_to),
        service_code=payload.service_code,
        ship_by_time=time_to_pb(payload.ship_by),
    )


def cancel_to_pb(call: call_pb2.Call, payload: CancelFulfillmentOrder) -> warehouse_pb2.CancelFulfillmentOrderRequest:
    """The request of `warehouse.cancel`."""
    return warehouse_pb2.CancelFulfillmentOrderRequest(
        call=call,
        fulfillment_order_id=str(payload.fulfillment_order_id),
        lines=[_line(line) for line in payload.lines],
    )


def update_from_pb(update: warehouse_pb2.Update) -> dict[str, Any]:
    """An update as a plain value; `kind` is the upper-case name of what happened, UNKNOWN for what is new to us."""
    which = update.WhichOneof("kind")
    value: dict[str, Any] = {"update_id": update.update_id, "kind": (which or "unknown").upper()}
    if which is None:
        return value
    happened = getattr(update, which)
    value["fulfillment_order_id"] = happened.fulfillment_order_id
    if which == "cancel_decision":
        return value | {"operation_key": happened.operation_key, "accepted": happened.accepted}
    value["occurred_at"] = time_from_pb(happened, "occur_time")
    match which:
        case "acknowledgment":
            value["partner_reference"] = happened.partner_reference
        case "rejection":
            value["reason"] = happened.reason
        case "shipment":
            value |= {
                "shipment_reference": happened.shipment_reference,
                "tracking_number": happened.tracking_number,
                "lines": _lines(happened.lines),
                "carriage": to_builtins(carriage_from_pb(happened)),
                "packages": [
                    {
                        "reference": package.package_reference,
                        "kind": package.kind,
                        "tracking_number": package.tracking_number,
                        "lines": _lines(package.lines),
                    }
                    for package in happened.packages
                ],
            }
        case "short":
            value |= {
                "report_reference": happened.report_reference,
                "reason": enum_name(fulfillment_pb2.ShortReason, happened.reason, "SHORT_REASON_"),
                "lines": _lines(happened.lines),
            }
        case _:
            value["lines"] = _lines(happened.lines)
    return value


def _line(line: WorkLine) -> warehouse_pb2.WorkLine:
    return warehouse_pb2.WorkLine(**asdict(line))


def _lines(lines: Iterable[fulfillment_pb2.FulfillmentLine]) -> list[dict[str, Any]]:
    return [{"line_number": line.line_number, "sku": line.sku, "quantity": line.quantity} for line in lines]
