"""Parcels that do not arrive: named when their time is over, and written off by a person's word.

A parcel written off is a return of which all was lost on its way: the customer is credited by the same rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.cases.context import FlowContext
from hub.cases.fulfillment.reports import ShipmentResult
from hub.cases.returns.receipts import receive
from hub.cases.returns.return_cases import ReturnCase, load_orders, return_of, save_returning
from hub.cases.returns.undelivered import turn_back
from hub.cases.store import load, save
from hub.exceptions.model import ExceptionReason
from hub.fulfillment import operations as fulfillment
from hub.fulfillment.errors import FulfillmentActionNotAllowed, ShipmentNotFound
from hub.fulfillment.model import Shipment, WriteOff
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.returns import operations as returns
from hub.returns.model import Outcome, Receipt, Received, Return, ReturnPolicies
from hub.slices.lifecycle import SliceState

FLOW = "end_parcels"


async def name_overdue(flow: FlowContext, parcels: Sequence[tuple[UUID, UUID]]) -> list[None]:
    """Opens an exception for each parcel (order id, shipment id) that is still under way."""
    loaded = await load(flow, FLOW, [order_id for order_id, _ in parcels])
    for order_id, shipment_id in parcels:
        case = loaded.cases.get(order_id)
        under_way = {slice_.shipment_id for slice_ in case.slices if slice_.state is SliceState.SHIPPED} if case else ()
        if case is not None and shipment_id in under_way:
            shipment = next(one for one in case.shipments if one.shipment_id == shipment_id)
            detail = f"Parcel {shipment.tracking_number or shipment.reference} left and did not arrive in time."
            command = f"crossdock parcels {shipment_id} --write-off 'lost by its carrier'"
            case.open_exception(ExceptionReason.PARCEL_OVERDUE, str(shipment_id), detail, command, flow.at)
    await save(flow, FLOW, loaded)
    return [None] * len(parcels)


async def write_off_parcels(flow: FlowContext, write_offs: Sequence[WriteOff]) -> list[ShipmentResult | Refusal]:
    """Ends parcels as lost: SHIPPED -> LOST, the customer credited; one that was written off stays as it is.

    Refuses SHIPMENT_NOT_FOUND, FULFILLMENT_ACTION_NOT_ALLOWED.
    """
    ids = sorted({one.shipment_id for one in write_offs})
    order_of, _ = await fulfillment.orders_of_parcels(flow.tx, flow.scope, ids, [])
    returning = await load_orders(flow, FLOW, order_of.values())
    policies = await returns.policies(flow.tx)
    results: list[ShipmentResult | Refusal] = []
    for write_off in write_offs:
        found = returning.cases.get(order_of.get(write_off.shipment_id, write_off.shipment_id))
        try:
            results.append(_written_off(flow, found, write_off, policies))
        except Refusal as refusal:
            results.append(refusal)
    await save_returning(flow, FLOW, returning)
    return results


def _written_off(
    flow: FlowContext, found: ReturnCase | None, write_off: WriteOff, policies: ReturnPolicies
) -> ShipmentResult:
    shipment_id = write_off.shipment_id
    if found is None:
        raise ShipmentNotFound(f"There is no shipment {shipment_id}.", shipment=shipment_id)
    shipment = next(one for one in found.case.shipments if one.shipment_id == shipment_id)
    known = found.returns.get(return_of(shipment_id))
    if known is None or not any(one.outcome is Outcome.LOST_IN_TRANSIT for one in known.received):
        rma = turn_back(flow, found, shipment, policies, lost=write_off.reason)
        if rma is None:
            raise FulfillmentActionNotAllowed(
                f"Nothing of shipment {shipment_id} is under way: it was delivered, or comes back as a return.",
                shipment_id=shipment_id,
            )
        receive(flow, found, _nothing_came(flow, rma, shipment))
    return ShipmentResult(found.case, shipment_id)


def _nothing_came(flow: FlowContext, rma: Return, shipment: Shipment) -> Receipt:
    reference = f"written off {derived(shipment.shipment_id, 'written off')}"
    units = tuple(
        Received(reference, number, line.line_number, line.quantity, Outcome.LOST_IN_TRANSIT, shipment.node_id, flow.at)
        for number, line in enumerate(rma.lines, 1)
    )
    return Receipt(rma.return_id, reference, shipment.node_id, units, flow.at)
