"""Names fulfillment orders of which a node does not tell: not acknowledged in time, or acknowledged and not shipped."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.fulfillment.node_work import await_work, to_work
from hub.cases.outgoing import fulfillment_lane
from hub.cases.store import load, save
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.lifecycle import FulfillmentState
from hub.fulfillment.model import FulfillmentOrder
from hub.kernel.instant import Instant
from hub.orders.model import DeliveryMethod
from hub.outbox import operations as outbox

FLOW = "watch_nodes"


async def name_silent_nodes(flow: FlowContext, work: Sequence[tuple[UUID, UUID]]) -> list[None]:
    """Opens an exception for each fulfillment order (order id, its own id) of which its node still has units.

    It is waited for anew, so that one that a person ends is named again while the node tells nothing. Of one that the
    node was not given yet, its account's waiting or dead message is what is named.
    """
    loaded = await load(flow, FLOW, [order_id for order_id, _ in work])
    working = []
    for order_id, fulfillment_order_id in work:
        case = loaded.cases.get(order_id)
        if case is not None and to_work(case, fulfillment_order_id):
            working.append((case, case.fulfillment_order(fulfillment_order_id)))
    lanes = sorted(fulfillment_lane(fulfillment_order) for _, fulfillment_order in working)
    waiting = await outbox.unsettled_lanes(flow.tx, lanes) if lanes else set()
    for case, fulfillment_order in working:
        await_work(case, fulfillment_order, flow.at)
        if fulfillment_lane(fulfillment_order) not in waiting:
            _name(case, fulfillment_order, flow.at)
    await save(flow, FLOW, loaded)
    return [None] * len(work)


def _name(case: Case, fulfillment_order: FulfillmentOrder, at: Instant) -> None:
    identity = fulfillment_order.fulfillment_order_id
    units = to_work(case, identity)
    collected = case.order.delivery_method is DeliveryMethod.PICKUP
    released = fulfillment_order.state is FulfillmentState.RELEASED
    missing = (
        "has not acknowledged" if released else "has acknowledged and not " + ("made ready" if collected else "shipped")
    )
    detail = (
        f"{fulfillment_order.node_id} {missing} {units} units, which it should {'have' if collected else 'ship'} by"
    )
    detail += f" {fulfillment_order.ship_by:%Y-%m-%d %H:%M}. Ask the node; the command asks it to give them back."
    command = f"crossdock bulk source-again --order {case.order_id}"
    case.open_exception(ExceptionReason.WORK_OVERDUE, str(identity), detail, command, at)
