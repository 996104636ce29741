"""Watches fulfillment orders of which a node does not tell: those not shipped in time are named, and those not
acknowledged in the node's time are taken back and sourced from other nodes.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.fulfillment.endings import worked_at
from hub.cases.fulfillment.node_requests import ask_nodes, leave_node
from hub.cases.fulfillment.node_work import await_work, to_work
from hub.cases.outgoing import fulfillment_lane
from hub.cases.stock import stock
from hub.cases.store import load, save
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.lifecycle import FulfillmentState, RequestKind
from hub.fulfillment.model import FulfillmentOrder
from hub.kernel.instant import Instant
from hub.messages.events.fulfillment import AcceptanceMissed
from hub.orders.model import DeliveryMethod
from hub.outbox import operations as outbox
from hub.slices.lifecycle import SliceAction

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


async def take_back_unaccepted(flow: FlowContext, work: Sequence[tuple[UUID, UUID]]) -> None:
    """Takes back fulfillment orders (order id, its own id) that their nodes have not acknowledged in their time.

    Such a node is told, and is not offered units of the order again until a person has it sourced again. A node that
    has reported anything of its work has accepted it.
    """
    loaded = await load(flow, FLOW, [order_id for order_id, _ in work])
    for order_id, identity in work:
        case = loaded.cases.get(order_id)
        if case is not None and _unaccepted(case, case.fulfillment_order(identity)):
            _take_back(flow, case, case.fulfillment_order(identity))
    await stock.settle(flow, [case for case in loaded.cases.values() if case.effects.moves])
    await save(flow, FLOW, loaded)


def _unaccepted(case: Case, fulfillment_order: FulfillmentOrder) -> bool:
    identity = fulfillment_order.fulfillment_order_id
    shipped = any(shipment.fulfillment_order_id == identity for shipment in case.shipments)
    return fulfillment_order.state is FulfillmentState.RELEASED and not shipped and to_work(case, identity) > 0


def _take_back(flow: FlowContext, case: Case, fulfillment_order: FulfillmentOrder) -> None:
    identity, node_id = fulfillment_order.fulfillment_order_id, fulfillment_order.node_id
    units = case.taking(SliceAction.SHORT, where=worked_at(identity))
    ask_nodes(flow, case, units, RequestKind.GIVE_BACK)
    case.put_fulfillment_order(replace(case.fulfillment_order(identity), state=FulfillmentState.REJECTED))
    quantity = sum(count for _, count in units)
    missed = AcceptanceMissed(fulfillment_order_id=identity, node_id=node_id, quantity=quantity)
    leave_node(flow, case, identity, units, case.happened(missed, flow.at), flow.at)


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
