"""Work that nodes have: each fulfillment order has a deadline until its node has nothing left of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from hub.cases.case import Case
from hub.cases.deadlines import NODE_WORK
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.model import FulfillmentOrder
from hub.kernel.instant import Instant
from hub.messages.timers import AcceptanceDue, NodeWorkDue
from hub.network.model import Node
from hub.orders.model import DeliveryMethod
from hub.slices.lifecycle import TO_WORK
from hub.slices.policy import units


def await_work(case: Case, fulfillment_order: FulfillmentOrder, at: Instant) -> None:
    """Sets the deadline of a fulfillment order: from when it should leave on, or from now where that is over.

    What is to be collected should be ready by then: its first deadline is that itself.
    """
    collected = case.order.delivery_method is DeliveryMethod.PICKUP
    span = timedelta(0) if collected and at < fulfillment_order.ship_by else NODE_WORK.span
    due_at = max(at, fulfillment_order.ship_by) + span
    case.set_timer(NodeWorkDue(fulfillment_order.fulfillment_order_id, due_at, case.order_id))


def await_acceptance(case: Case, fulfillment_order: FulfillmentOrder, node: Node, at: Instant) -> None:
    """Sets the deadline by which a node has to acknowledge a fulfillment order, where the network states one."""
    if node.accept_within_seconds:
        due_at = at + timedelta(seconds=node.accept_within_seconds)
        case.set_timer(AcceptanceDue(fulfillment_order.fulfillment_order_id, due_at, case.order_id))


def to_work(case: Case, fulfillment_order_id: UUID) -> int:
    """Return the units that a node has to ship or to make ready."""
    own = [slice_ for slice_ in case.slices if slice_.fulfillment_order_id == fulfillment_order_id]
    return units(own, TO_WORK)


def heard(case: Case, fulfillment_order_id: UUID, at: Instant) -> None:
    """Ends what was said of a node's silence, as it told of its work; units that it still has are waited for anew."""
    fulfillment_order = case.fulfillment_order(fulfillment_order_id)
    collected = case.order.delivery_method is DeliveryMethod.PICKUP
    late = at >= fulfillment_order.ship_by + (timedelta(0) if collected else NODE_WORK.span)
    if late:
        case.resolve_exception(ExceptionReason.WORK_OVERDUE, str(fulfillment_order_id))
    if not to_work(case, fulfillment_order_id):
        case.clear_timer(NodeWorkDue, fulfillment_order_id)
    elif late:
        await_work(case, fulfillment_order, at)
