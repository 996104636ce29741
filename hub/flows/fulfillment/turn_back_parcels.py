"""Takes back what carriers could not deliver: SHIPPED -> RETURNING, under a return that nobody had to ask for.

From there it is a return like any other: received, inspected, credited, disposed of at the node that shipped it.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.cases.context import FlowContext
from hub.cases.returns.return_cases import load_orders, save_returning
from hub.cases.returns.undelivered import turn_back
from hub.fulfillment.lifecycle import ShipmentState
from hub.returns import operations as returns

FLOW = "turn_back_parcels"


async def turn_back_parcels(flow: FlowContext, parcels: Sequence[tuple[UUID, UUID]]) -> list[None]:
    """Turns back (order id, shipment id) parcels that their carriers return, and leaves others alone."""
    returning = await load_orders(flow, FLOW, [order_id for order_id, _ in parcels])
    policies = await returns.policies(flow.tx)
    for order_id, shipment_id in parcels:
        found = returning.cases.get(order_id)
        for shipment in found.case.shipments if found else ():
            if shipment.shipment_id == shipment_id and shipment.state is ShipmentState.RETURNING_TO_SENDER:
                turn_back(flow, returning.cases[order_id], shipment, policies)
    await save_returning(flow, FLOW, returning)
    return [None] * len(parcels)
