"""Refusals of the fulfillment room."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class FulfillmentOrderNotFound(Refusal):
    """No fulfillment order with this id in the caller's scope."""

    reason = "FULFILLMENT_ORDER_NOT_FOUND"
    status = Status.NOT_FOUND


class FulfillmentActionNotAllowed(Refusal):
    """The fulfillment order's state or slices do not allow this."""

    reason = "FULFILLMENT_ACTION_NOT_ALLOWED"
    status = Status.FAILED_PRECONDITION


class NodeRequestNotFound(Refusal):
    """The fulfillment order's node was asked nothing under this key."""

    reason = "NODE_REQUEST_NOT_FOUND"
    status = Status.NOT_FOUND


class ShipmentNotFound(Refusal):
    """No shipment with this id or tracking number in the caller's scope."""

    reason = "SHIPMENT_NOT_FOUND"
    status = Status.NOT_FOUND
