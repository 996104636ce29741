"""Values that are obeyed, each with another one that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from crossdock.orders.v1 import orders_pb2
from hub.api.servicers import SERVICES
from tests.walks.shown import named

_NOBODY: Final = "00000000-0000-0000-0000-000000000007"

REFUSED: Final[Mapping[str, Mapping[str, object]]] = {
    "ReservationService.ReserveStock": {"reservations.lines.quantity": 9_999},
    "SupplyService.SetSafetyStock": {"safety_stock.sku": "NONE"},
    "SupplyService.ChangeConditions": {"changes.sku": "NONE", "changes.node_id": "NOWHERE"},
    "AdminService.MovePollCursor": {"account_id": "nobody"},
    "AdminService.PauseAccount": {"account_id": "nobody"},
    "AdminService.ResumeAccount": {"account_id": "nobody"},
    "ReturnService.ReceiveReturns": {"receipts.units.line_number": 9, "receipts.units.quantity": 9},
    "ReturnService.InspectReturns": {"inspections.units.line_number": 9, "inspections.units.quantity": 9},
    "ReturnService.DisposeReturns": {"dispositions.units.line_number": 9, "dispositions.units.quantity": 9},
    "ToteService.OpenTotes": {"totes.node_id": "NOWHERE", "totes.to_node_id": "NOWHERE"},
    "ToteService.IssueReturnCodes": {"return_ids": _NOBODY},
    "ToteService.ScanReturns": {"scans.units.line_number": 9, "scans.units.quantity": 9},
    "ToteService.CloseTotes": {"totes.counted_quantity": 9},
    "ToteService.ShipTotes": {"totes.tote_id": _NOBODY},
}
"""Rpc -> path in its request -> a value with which it is refused; the rpcs in the order in which they can be called."""

CHOSEN: Final[Mapping[str, tuple[object, object]]] = {
    "channel_id": ("WEB-NL", "WEB-DE"),
    "channel_reference": ("1001", "1002"),
    "sku": ("SHIRT", "TROUSERS"),
    "node_id": ("DC-NL", "ST-AMS"),
    "state": (orders_pb2.ORDER_STATE_CONFIRMED, orders_pb2.ORDER_STATE_PLACED),
}
"""Field of a selection -> (a value of an order, another one)."""

ASKED: Final[Mapping[str, str]] = {
    "channel_account_id": "channel.ReportProgress",
    "payment_account_id": "payment.Authorize",
    "fraud_account_id": "fraud.ScreenOrder",
    "tax_account_id": "tax.DetermineTax",
    "notice_account_id": "notice.SendNotice",
}
"""Field of a channel -> the rpc of that partner."""

_HOLDS: Final = (
    "HoldOrdersRequest.dry_run",
    "HoldOrdersRequest.type",
    "ResumeOrdersRequest.dry_run",
    "ResumeOrdersRequest.type",
)
"""Fields of requests about holds, which one history shows."""


def rows() -> set[str]:
    """Return the fields that pairs of values show."""
    return {
        *(named(_request(rpc), path) for rpc, values in REFUSED.items() for path in values),
        *(f"orders.v1.OrderSelection.{name}" for name in CHOSEN),
        *(f"network.v1.Channel.{name}" for name in ASKED),
        *(f"orders.v1.{name}" for name in _HOLDS),
    }


def _request(rpc: str) -> Any:
    service, method = rpc.split(".")
    return SERVICES[service].methods_by_name[method].input_type
