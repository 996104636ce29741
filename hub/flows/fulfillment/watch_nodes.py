"""Names fulfillment orders of which a node does not tell: not acknowledged in time, or acknowledged and not shipped."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.cases.context import FlowContext
from hub.cases.fulfillment.endings import worked_at
from hub.cases.fulfillment.node_work import await_work
from hub.cases.store import load, save
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.lifecycle import FulfillmentState

FLOW = "watch_nodes"


async def name_silent_nodes(flow: FlowContext, work: Sequence[tuple[UUID, UUID]]) -> list[None]:
    """Opens an exception for each fulfillment order (order id, its own id) of which its node still has units.

    It is waited for anew, so that one that a person ends is named again while the node tells nothing.
    """
    loaded = await load(flow, FLOW, [order_id for order_id, _ in work])
    for order_id, fulfillment_order_id in work:
        case = loaded.cases.get(order_id)
        units = sum(one.quantity for one in case.slices if worked_at(fulfillment_order_id)(one)) if case else 0
        if case is None or not units:
            continue
        fulfillment_order = case.fulfillment_order(fulfillment_order_id)
        released = fulfillment_order.state is FulfillmentState.RELEASED
        missing = "has not acknowledged" if released else "has acknowledged and not shipped"
        detail = f"{fulfillment_order.node_id} {missing} {units} units, which it should ship by"
        detail += f" {fulfillment_order.ship_by:%Y-%m-%d %H:%M}. Ask the node; the command asks it to give them back."
        command = f"crossdock bulk source-again --order {order_id}"
        case.open_exception(ExceptionReason.WORK_OVERDUE, str(fulfillment_order_id), detail, command, flow.at)
        await_work(case, fulfillment_order, flow.at)
    await save(flow, FLOW, loaded)
    return [None] * len(work)
