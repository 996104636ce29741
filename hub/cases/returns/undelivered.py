"""Parcels that never reached their customer: each becomes a return that nobody had to ask for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from hub.cases.context import FlowContext
from hub.cases.fulfillment.arrivals import arrived
from hub.cases.fulfillment.endings import by_line
from hub.cases.returns.return_cases import ReturnCase, in_return, return_of
from hub.fulfillment.model import Shipment
from hub.messages.events.returns import ParcelTurnedBack, ParcelWrittenOff
from hub.messages.timers import ReturnDeadline
from hub.returns.lifecycle import ReturnState
from hub.returns.model import Reason, Resolution, Return, ReturnLine, ReturnPolicies
from hub.returns.policy.credits import policy_for
from hub.slices.lifecycle import SliceAction
from hub.slices.policy import Taking


def turn_back(
    flow: FlowContext,
    found: ReturnCase,
    shipment: Shipment,
    policies: ReturnPolicies,
    *,
    lost: str = "",
) -> Return | None:
    """Puts what is still under way in a parcel under a return of its own: SHIPPED -> RETURNING; None where nothing is.

    `lost` is why it is written off, where it is.
    """
    case = found.case
    units = case.taking(SliceAction.TURN_BACK, where=lambda one: one.shipment_id == shipment.shipment_id)
    if not units:
        return None
    rma = _return(flow, found, shipment, policies, units)
    found.put(rma)
    known, quantity = shipment.shipment_id, sum(count for _, count in units)
    event = (
        ParcelWrittenOff(return_id=rma.return_id, shipment_id=known, quantity=quantity, reason=lost)
        if lost
        else ParcelTurnedBack(return_id=rma.return_id, shipment_id=known, quantity=quantity)
    )
    cause = case.happened(event, flow.at)
    case.move(units, SliceAction.TURN_BACK, cause, flow.at, in_return(rma.return_id))
    case.set_timer(ReturnDeadline(rma.return_id, rma.return_by))
    arrived(case, shipment)
    return rma


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
