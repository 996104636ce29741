"""Work that nodes have: each fulfillment order has a deadline until its node has nothing left of it."""

from __future__ import annotations

from uuid import UUID

from hub.cases.case import Case
from hub.cases.deadlines import NODE_WORK
from hub.cases.fulfillment.endings import worked_at
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.model import FulfillmentOrder
from hub.kernel.instant import Instant
from hub.messages.timers import NodeWorkDue


def await_work(case: Case, fulfillment_order: FulfillmentOrder, at: Instant) -> None:
    """Sets the deadline of a fulfillment order: from when it should leave on, or from now where that is over."""
    due_at = max(at, fulfillment_order.ship_by) + NODE_WORK.span
    case.set_timer(NodeWorkDue(fulfillment_order.fulfillment_order_id, due_at, case.order_id))


def heard(case: Case, fulfillment_order_id: UUID, at: Instant) -> None:
    """Ends what was said of a node's silence, as it told of its work; units that it still has are waited for anew."""
    fulfillment_order = case.fulfillment_order(fulfillment_order_id)
    late = at >= fulfillment_order.ship_by + NODE_WORK.span
    if late:
        case.resolve_exception(ExceptionReason.WORK_OVERDUE, str(fulfillment_order_id))
    if not any(map(worked_at(fulfillment_order_id), case.slices)):
        case.clear_timer(NodeWorkDue, fulfillment_order_id)
    elif late:
        await_work(case, fulfillment_order, at)
