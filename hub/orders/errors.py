"""Refusals of the orders room."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class OrderNotFound(Refusal):
    """No order with this id or reference in the caller's scope."""

    reason = "ORDER_NOT_FOUND"
    status = Status.NOT_FOUND


class OrderLineNotFound(Refusal):
    """No line with this number in the order."""

    reason = "ORDER_LINE_NOT_FOUND"
    status = Status.NOT_FOUND


class OrderActionNotAllowed(Refusal):
    """The order's state does not allow this."""

    reason = "ORDER_ACTION_NOT_ALLOWED"
    status = Status.FAILED_PRECONDITION


class QuantityNotCancelable(Refusal):
    """The request names more units than can still be canceled."""

    reason = "QUANTITY_NOT_CANCELABLE"
    status = Status.FAILED_PRECONDITION


class ChannelReferenceTaken(Refusal):
    """The channel already placed another order under this reference."""

    reason = "CHANNEL_REFERENCE_TAKEN"
    status = Status.ALREADY_EXISTS


class AdoptedUnitsMismatch(Refusal):
    """The units and parcels stated for an adopted order do not sum to what was ordered."""

    reason = "ADOPTED_UNITS_MISMATCH"
    status = Status.FAILED_PRECONDITION


class AdoptedMoneyMismatch(Refusal):
    """The money stated for an adopted order does not match its instruments or its shipments."""

    reason = "ADOPTED_MONEY_MISMATCH"
    status = Status.FAILED_PRECONDITION


class AdoptedStockMissing(Refusal):
    """An adopted order claims more units at a node than are free there."""

    reason = "ADOPTED_STOCK_MISSING"
    status = Status.FAILED_PRECONDITION


class PickupUnavailable(Refusal):
    """Goods cannot be collected at that node; nothing was kept of the order."""

    reason = "PICKUP_UNAVAILABLE"
    status = Status.FAILED_PRECONDITION


class PriceMissing(Refusal):
    """A line has no price, and the catalog has none in the currency of the order."""

    reason = "PRICE_MISSING"
    status = Status.FAILED_PRECONDITION


class ItemEnded(Refusal):
    """An item of the order is sold no more; metadata names it."""

    reason = "ITEM_ENDED"
    status = Status.FAILED_PRECONDITION


class UnitMismatch(Refusal):
    """A line is ordered in another unit of measure than its item is counted in; metadata names both."""

    reason = "UNIT_MISMATCH"
    status = Status.FAILED_PRECONDITION


class ShipWindowPassed(Refusal):
    """The last instant at which a line may ship is over; metadata names the line's SKU and field."""

    reason = "SHIP_WINDOW_PASSED"
    status = Status.FAILED_PRECONDITION


class NoRoute(Refusal):
    """No lane leads from any node of the channel to where the goods go; metadata names nodes, country and service."""

    reason = "NO_ROUTE"
    status = Status.FAILED_PRECONDITION
