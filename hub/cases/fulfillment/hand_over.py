"""Hands reserved units over to the nodes that have them: a fulfillment order for each node."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from hub.cases import outgoing
from hub.cases.case import Case, Place, at_node
from hub.cases.context import FlowContext
from hub.cases.cool_down import GRACE, cools_until, may_cool, nodes_of
from hub.cases.fulfillment.endings import by_line, stock_found
from hub.cases.fulfillment.node_work import await_acceptance, await_work
from hub.cases.held import may_be_handed_over
from hub.cases.money.cover import covered
from hub.fulfillment.lifecycle import FulfillmentState
from hub.fulfillment.model import FulfillmentOrder
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.messages.events.fulfillment import FulfillmentOrderReleased, UnitsSourcedAgain
from hub.messages.tasks import ReleaseOrder
from hub.messages.timers import CoolDownDue, ReleaseDue
from hub.network.model import Node
from hub.orders.policy import too_early
from hub.promising.policy.calendars import working_days_before
from hub.promising.policy.dates import day_begin, ship_date
from hub.slices.lifecycle import WAITING, SliceAction, SliceState
from hub.slices.model import Slice
from hub.slices.policy import Taking


def hand_over(flow: FlowContext, case: Case) -> None:
    """Hands over the reserved units of a case; what ships later waits, units at a closed node are sourced again.

    An order that leaves as a whole waits until its last unit is reserved, and every order until what it is to pay is
    authorized. An order in its cool-down waits for the end of it.
    """
    nodes = nodes_of(case)
    cools = cools_until(flow, case)
    later = set(nodes) if cools else {one for one in nodes if _work_begins(flow, case, one) > flow.at}
    paid = (not nodes or later != set(nodes)) and covered(case, flow.at)
    for node_id in nodes:
        if flow.network.node(node_id).closed:
            _leave(flow, case, node_id)
        elif paid and node_id not in later and not _waits_for_others(case):
            _hand_over(flow, case, node_id)
    _wait_for_early_units(flow, case, cools)
    stock_found(case)


def _waits_for_others(case: Case) -> bool:
    """Whether units of an order that leaves as a whole are still to come."""
    together = case.order.promise is not None and case.order.promise.together
    return together and any(slice_.state in WAITING for slice_ in case.slices)


def _work_begins(flow: FlowContext, case: Case, node_id: str) -> Instant:
    """When a node is given its units: at once; for a wished day when they leave, less what its slowest goods take."""
    day = case.order.ship_days.get(node_id)
    if case.order.wish is None or day is None:
        return flow.at
    node = flow.network.node(node_id)
    calendar = flow.network.calendars[node.calendar_id]
    return day_begin(node, working_days_before(calendar, day, max(node.processing_days.values(), default=0)))


def _leave(flow: FlowContext, case: Case, node_id: str) -> None:
    """Gives up what is claimed at a node that takes no new work any more; it is sourced again."""
    takings = case.taking(
        SliceAction.SHORT, where=lambda one: one.state is SliceState.RESERVED and one.node_id == node_id
    )
    quantity = sum(units for _, units in takings)
    cause = case.happened(UnitsSourcedAgain(node_id=node_id, quantity=quantity), flow.at)
    case.move(takings, SliceAction.SHORT, cause, flow.at, at_node(None))
    case.task(ReleaseOrder(case.order_id))


def _hand_over(flow: FlowContext, case: Case, node_id: str) -> None:
    node = flow.network.node(node_id)
    takings = case.taking(
        SliceAction.ALLOCATE,
        where=lambda slice_: slice_.node_id == node_id and not too_early(case.order, slice_.line_number, flow.at),
    )
    takings = may_be_handed_over(case, takings)
    if not takings:
        return
    fulfillment_order = FulfillmentOrder(
        fulfillment_order_id=derived(case.order_id, "fulfillment", len(case.fulfillment_orders) + 1),
        order_id=case.order_id,
        node_id=node_id,
        account_id=node.warehouse_account_id,
        state=FulfillmentState.RELEASED,
        lines=by_line(takings),
        service_code=case.order.service_code,
        ship_by=_ship_by(flow, case, node, takings),
        created_at=flow.at,
    )
    identity = fulfillment_order.fulfillment_order_id
    case.put_fulfillment_order(fulfillment_order)
    quantity = sum(units for _, units in takings)
    cause = case.happened(
        FulfillmentOrderReleased(fulfillment_order_id=identity, node_id=node_id, quantity=quantity), flow.at
    )
    case.move(takings, SliceAction.ALLOCATE, cause, flow.at, _worked_by(identity))
    released = case.taking(SliceAction.RELEASE, where=lambda slice_: slice_.fulfillment_order_id == identity)
    case.move(released, SliceAction.RELEASE, cause, flow.at)
    outgoing.release(case, fulfillment_order)
    await_work(case, fulfillment_order, flow.at)
    await_acceptance(case, fulfillment_order, node, flow.at)


def _ship_by(flow: FlowContext, case: Case, node: Node, takings: Sequence[Taking]) -> Instant:
    """When it should leave: as soon as the node ships, and within the ship windows of its lines."""
    named = {slice_.line_number for slice_, _ in takings}
    windows = [line.ship_not_after for line in case.order.lines if line.line_number in named and line.ship_not_after]
    lane = flow.network.lane(node.node_id, case.order.destination, case.order.service_code)
    day = case.order.ship_days.get(node.node_id)
    released_at = max(flow.at, day_begin(node, day)) if day else flow.at
    return min([ship_date(flow.network, node.node_id, lane, released_at), *windows])


def _worked_by(fulfillment_order_id: UUID) -> Place:
    def place(slice_: Slice) -> Slice:
        return replace(slice_, fulfillment_order_id=fulfillment_order_id)

    return place


def _wait_for_early_units(flow: FlowContext, case: Case, cools: Instant | None) -> None:
    begins = [line.ship_not_before for line in case.order.lines if line.ship_not_before is not None]
    begins += [_work_begins(flow, case, node_id) for node_id in nodes_of(case)] if case.order.wish else []
    if cools:
        channel_id = case.order.channel_id
        case.share_timer(CoolDownDue(f"{channel_id} {cools.isoformat()}", cools, channel_id))
        begins.append(cools + GRACE)
    early = [begin for begin in begins if begin > flow.at]
    if early:
        case.set_timer(ReleaseDue(case.order_id, min(early)))
    elif begins or case.order.wish or may_cool(flow, case):
        case.clear_timer(ReleaseDue, case.order_id)
