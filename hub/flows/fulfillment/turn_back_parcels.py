"""Takes back what carriers could not deliver: SHIPPED -> RETURNING, under a return that nobody had to ask for.

From there it is a return like any other: received, inspected, credited, disposed of at the node that shipped it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from hub.cases.context import FlowContext
from hub.cases.fulfillment.endings import by_line
from hub.cases.returns.return_cases import ReturnCase, in_return, load_orders, return_of, save_returning
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import Shipment
from hub.messages.events.returns import ParcelTurnedBack
from hub.messages.timers import ReturnDeadline
from hub.returns import operations as returns
from hub.returns.lifecycle import ReturnState
from hub.returns.model import Reason, Resolution, Return, ReturnLine, ReturnPolicies
from hub.returns.policy.credits import policy_for
from hub.slices.lifecycle import SliceAction
from hub.slices.policy import Taking

FLOW = "turn_back_parcels"


async def turn_back_parcels(flow: FlowContext, parcels: Sequence[tuple[UUID, UUID]]) -> list[None]:
    """Turns back (order id, shipment id) parcels that their carriers return, and leaves others alone."""
    returning = await load_orders(flow, FLOW, [order_id for order_id, _ in parcels])
    policies = await returns.policies(flow.tx)
    for order_id, shipment_id in parcels:
        found = returning.cases.get(order_id)
        for shipment in found.case.shipments if found else ():
            if shipment.shipment_id == shipment_id and shipment.state is ShipmentState.RETURNING_TO_SENDER:
                _turn_back(flow, returning.cases[order_id], shipment, policies)
    await save_returning(flow, FLOW, returning)
    return [None] * len(parcels)


def _turn_back(flow: FlowContext, found: ReturnCase, shipment: Shipment, policies: ReturnPolicies) -> None:
    case = found.case
    units = case.taking(SliceAction.TURN_BACK, where=lambda one: one.shipment_id == shipment.shipment_id)
    if not units:
        return
    rma = _return(flow, found, shipment, policies, units)
    found.put(rma)
    cause = case.happened(
        ParcelTurnedBack(
            return_id=rma.return_id,
            shipment_id=shipment.shipment_id,
            quantity=sum(quantity for _, quantity in units),
        ),
        flow.at,
    )
    case.move(units, SliceAction.TURN_BACK, cause, flow.at, in_return(rma.return_id))
    case.set_timer(ReturnDeadline(rma.return_id, rma.return_by))
    case.resolve_exception(ExceptionReason.PARCEL_TROUBLE, str(shipment.shipment_id))


def _return(
    flow: FlowContext, found: ReturnCase, shipment: Shipment, policies: ReturnPolicies, units: Sequence[Taking]
) -> Return:
    policy = policy_for(policies, found.case.order.channel_id)
    return Return(
        return_id=return_of(shipment.shipment_id),
        order_id=found.case.order_id,
        state=ReturnState.IN_TRANSIT,
        lines=tuple(ReturnLine(one.line_number, one.quantity, one.sku, Reason.UNDELIVERABLE) for one in by_line(units)),
        resolution=Resolution.REFUND,
        policy_id=policy.policy_id,
        policy_version=policies.version,
        created_at=flow.at,
        return_by=flow.at + timedelta(days=policy.return_days),
        node_id=shipment.node_id,
        promotions=policy.promotions,
        shipping=policy.shipping,
    )
