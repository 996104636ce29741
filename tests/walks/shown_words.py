"""Who reads the words that people state with a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FEED: Final = "feed"
"""Subscribers of events."""
_BOOKS: Final = "erp.PostDocument"
_SHOP: Final = "channel.ReportProgress"

CARRIED: Final[Mapping[str, str]] = {
    "fulfillment.v1.Rejection.reason": FEED,
    "fulfillment.v1.ShipmentWriteOff.reason": FEED,
    "inventory.v1.Adjustment.cause": _BOOKS,
    "inventory.v1.ConditionChange.cause": FEED,
    "inventory.v1.Slip.reason": FEED,
    "inventory.v1.SupplyCancellation.reason": FEED,
    "orders.v1.CancelLinesRequest.reason": _SHOP,
    "orders.v1.CancelOrdersRequest.reason": _SHOP,
    "orders.v1.HoldOrdersRequest.reason": FEED,
    "orders.v1.PlaceHoldRequest.reason": FEED,
    "orders.v1.ProposeChangeRequest.reason": FEED,
    "orders.v1.ResolveHoldRequest.note": FEED,
    "orders.v1.ResumeOrdersRequest.note": FEED,
    "returns.v1.ClaimDecision.reason": FEED,
    "returns.v1.CreditDraft.reason": _SHOP,
    "returns.v1.InspectedUnits.note": FEED,
}
"""Field -> who reads what is stated in it."""
