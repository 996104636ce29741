"""How units and orders end: canceled units, canceled fulfillment orders, closed, canceled and rejected orders."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from msgspec.structs import replace

from hub.cases import outgoing
from hub.cases.case import Case, at_node
from hub.cases.fulfillment.labels import drop_unused
from hub.cases.holds import overdue, shrink
from hub.cases.money.cover import forget_authorizations
from hub.cases.money.money import give_back_excess
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.lifecycle import LIVE, FulfillmentState
from hub.fulfillment.model import FulfillmentLine
from hub.holds.model import Hold, HoldStatus, HoldType
from hub.kernel.instant import Instant
from hub.messages.erp import DocumentKind
from hub.messages.events.orders import LinesCanceled, OrderCanceled, OrderClosed, OrderRejected
from hub.messages.tasks import RefundShipping
from hub.network.model import Channel
from hub.orders.lifecycle import ENDED as ENDED_ORDERS
from hub.orders.lifecycle import OrderAction, OrderState
from hub.orders.policy import after
from hub.payments.model import TransactionKind
from hub.payments.policy import in_flight
from hub.slices.lifecycle import AT_NODE, ENDED, GONE, WAITING, SliceAction, SliceState
from hub.slices.model import Slice
from hub.slices.policy import Taking, Where, units


def cancel_units(case: Case, channel: Channel, takings: list[Taking], reason: str, at: Instant) -> int:
    """Cancels units, tells channel and ERP, gives back what is no longer needed; answers how many units."""
    if not takings:
        return 0
    lines = by_line(takings)
    count = sum(line.quantity for line in lines)
    cause = case.happened(
        LinesCanceled(quantity=count, reason=reason, lines={line.line_number: line.quantity for line in lines}), at
    )
    case.move(takings, SliceAction.CANCEL, cause, at, at_node(None))
    outgoing.canceled(case, channel, cause, lines, reason)
    if case.order.erp_documents:
        posted = [outgoing.posted_line(case, line, value_minor=0) for line in lines]
        outgoing.post_to_erp(case, channel, DocumentKind.CANCELLATION, cause, posted)
    close_fulfillment_orders(case)
    shrink(case, at)
    end_if_done(case, channel, at)
    credited = any(transaction.kind is TransactionKind.CREDIT for transaction in case.payments.transactions)
    if credited and all(slice_.state in GONE | {SliceState.CANCELED} for slice_ in case.slices):
        case.task(RefundShipping(case.order_id))
    return count


def close_fulfillment_orders(case: Case) -> None:
    """Cancels fulfillment orders of which the node has nothing left and nothing ever left.

    Has the labels taken back that no parcel leaves with.
    """
    for fulfillment_order in case.fulfillment_orders:
        own = [
            slice_ for slice_ in case.slices if slice_.fulfillment_order_id == fulfillment_order.fulfillment_order_id
        ]
        if fulfillment_order.state in LIVE and not own:
            case.put_fulfillment_order(replace(fulfillment_order, state=FulfillmentState.CANCELED))
    drop_unused(case)


def end_if_done(case: Case, channel: Channel, at: Instant) -> None:
    """Closes or cancels the order once nothing of it can move any more; before that gives back money not needed.

    An order with an active hold is not closed: it is when the hold ends.
    """
    give_back_excess(case, channel, at)
    if case.order.state in ENDED_ORDERS or any(slice_.state not in ENDED for slice_ in case.slices):
        return
    _forget_waiting(case)
    if all(slice_.state is SliceState.CANCELED for slice_ in case.slices):
        case.order = after(case.order, OrderAction.CANCEL)
        case.happened(OrderCanceled(), at)
        _drop_holds(case)
        give_back_excess(case, channel, at)
        forget_authorizations(case)
    elif case.order.state is OrderState.CONFIRMED and not in_flight(case.payments) and not _held(case):
        case.order = after(case.order, OrderAction.CLOSE)
        case.happened(OrderClosed(), at)
        forget_authorizations(case)


def reject(case: Case, channel: Channel, reason: str, at: Instant) -> None:
    """Refuses an order that was placed and not yet confirmed: cancels its units, gives back its stock and money."""
    case.order = after(case.order, OrderAction.REJECT)
    cause = case.happened(OrderRejected(reason=reason), at)
    takings = case.taking(SliceAction.CANCEL)
    lines = by_line(takings)
    case.move(takings, SliceAction.CANCEL, cause, at, at_node(None))
    outgoing.canceled(case, channel, cause, lines, reason)
    _drop_holds(case)
    give_back_excess(case, channel, at)
    forget_authorizations(case)
    _forget_waiting(case)


def by_line(takings: Iterable[Taking]) -> tuple[FulfillmentLine, ...]:
    """Units per order line."""
    counted: dict[tuple[int, str], int] = {}
    for slice_, quantity in takings:
        key = (slice_.line_number, slice_.sku)
        counted[key] = counted.get(key, 0) + quantity
    return tuple(
        FulfillmentLine(line_number, quantity, sku) for (line_number, sku), quantity in sorted(counted.items())
    )


def stock_found(case: Case) -> None:
    """Ends the exception about missing stock once no unit waits any more."""
    if not units(case.slices, WAITING):
        _forget_waiting(case)


def worked_at(fulfillment_order_id: UUID, line_number: int | None = None) -> Where:
    """A condition on slices: worked by a fulfillment order, of one line or of any."""

    def where(slice_: Slice) -> bool:
        return (
            slice_.fulfillment_order_id == fulfillment_order_id
            and slice_.state in AT_NODE
            and line_number in {None, slice_.line_number}
        )

    return where


def _forget_waiting(case: Case) -> None:
    case.resolve_exception(ExceptionReason.STOCK_SHORT, str(case.order_id))
    case.resolve_exception(ExceptionReason.UNKNOWN_ITEM, str(case.order_id))
    case.resolve_exception(ExceptionReason.NO_ROUTE, str(case.order_id))


def _held(case: Case) -> list[Hold]:
    return [hold for hold in case.holds if hold.status is HoldStatus.ACTIVE]


def _drop_holds(case: Case) -> None:
    for hold in _held(case):
        case.put_hold(replace(hold, status=HoldStatus.REJECTED))
        case.resolve_exception(ExceptionReason.ON_HOLD, str(hold.hold_id))
        case.resolve_exception(ExceptionReason.ON_HOLD, overdue(hold))
        if hold.type is HoldType.EXPORT_CONTROL:
            case.resolve_exception(ExceptionReason.DENIED_PARTY, str(hold.hold_id))
        if hold.type is HoldType.CREDIT_LIMIT:
            case.resolve_exception(ExceptionReason.CREDIT_EXCEEDED, str(hold.hold_id))
