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


class PickupCodeWrong(Refusal):
    """The code that was named for a collection is not the one that the customer was sent."""

    reason = "PICKUP_CODE_WRONG"
    status = Status.FAILED_PRECONDITION


class PickupLocked(Refusal):
    """Too many wrong codes were named for a collection."""

    reason = "PICKUP_LOCKED"
    status = Status.FAILED_PRECONDITION


class NothingToHandOver(Refusal):
    """Nothing of the fulfillment order waits to be collected: it is not ready, collected, or back on the shelf."""

    reason = "NOTHING_TO_HAND_OVER"
    status = Status.FAILED_PRECONDITION


class NodeRequestNotFound(Refusal):
    """The fulfillment order's node was asked nothing under this key."""

    reason = "NODE_REQUEST_NOT_FOUND"
    status = Status.NOT_FOUND


class LabelNotOffered(Refusal):
    """The hub buys no labels of this carrier service."""

    reason = "LABEL_NOT_OFFERED"
    status = Status.FAILED_PRECONDITION


class LabelNotFound(Refusal):
    """No label was asked for this parcel."""

    reason = "LABEL_NOT_FOUND"
    status = Status.NOT_FOUND


class LabelNotAllowed(Refusal):
    """The parcel can have no label, or cannot lose its own."""

    reason = "LABEL_NOT_ALLOWED"
    status = Status.FAILED_PRECONDITION


class ShipmentNotFound(Refusal):
    """No shipment with this id or tracking number in the caller's scope."""

    reason = "SHIPMENT_NOT_FOUND"
    status = Status.NOT_FOUND
