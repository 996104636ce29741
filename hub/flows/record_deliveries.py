"""Records where parcels are: the carrier axis; DELIVERED moves slices SHIPPED -> DELIVERED and may close the order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from hub.cases import outgoing
from hub.cases.case import Case
from hub.cases.ending import end_if_done
from hub.cases.reports import Carried
from hub.cases.store import load, save
from hub.cases.unit import Unit
from hub.exceptions.model import ExceptionReason
from hub.fulfillment import operations as fulfillment
from hub.fulfillment.errors import ShipmentNotFound
from hub.fulfillment.lifecycle import TROUBLE, ShipmentState, follows
from hub.fulfillment.model import CarrierEvent, Shipment
from hub.kernel.errors import Refusal
from hub.slices.lifecycle import SliceAction

FLOW = "record_deliveries"


async def record_carrier_events(unit: Unit, events: Sequence[CarrierEvent]) -> list[Carried | Refusal]:
    """Takes events in order; a repeat changes nothing, a late one enters the timeline only.

    Refuses SHIPMENT_NOT_FOUND.
    """
    by_id, by_number = await fulfillment.orders_of_parcels(
        unit.tx,
        unit.scope,
        sorted({one.shipment_id for one in events if one.shipment_id}),
        sorted({one.tracking_number for one in events if one.tracking_number}),
    )
    loaded = await load(unit, FLOW, [*by_id.values(), *(order_id for order_id, _ in by_number.values())])
    parcels = [_parcel(event, by_id, by_number) for event in events]
    known = [(parcel[1], event) for parcel, event in zip(parcels, events, strict=True) if parcel]
    new = iter(await fulfillment.record_carrier_events(unit.tx, known))
    answers: list[Carried | Refusal] = []
    for event, parcel in zip(events, parcels, strict=True):
        case = loaded.cases.get(parcel[0]) if parcel else None
        is_new = parcel is not None and next(new)
        if parcel is None or case is None:
            name = event.tracking_number or event.shipment_id
            answers.append(ShipmentNotFound(f"There is no shipment {name}; report the shipment first.", shipment=name))
            continue
        if is_new:
            _take(unit, case, next(one for one in case.shipments if one.shipment_id == parcel[1]), event)
        answers.append(Carried(case, parcel[1]))
    await save(unit, FLOW, loaded)
    return answers


def _parcel(
    event: CarrierEvent, by_id: Mapping[UUID, UUID], by_number: Mapping[str, tuple[UUID, UUID]]
) -> tuple[UUID, UUID] | None:
    if event.shipment_id is not None and event.shipment_id in by_id:
        return by_id[event.shipment_id], event.shipment_id
    return by_number.get(event.tracking_number)


def _take(unit: Unit, case: Case, shipment: Shipment, event: CarrierEvent) -> None:
    cause = case.happened(
        "ShipmentDelivered" if event.state is ShipmentState.DELIVERED else "CarrierReported",
        event.occurred_at,
        shipment_id=shipment.shipment_id,
        tracking_number=shipment.tracking_number,
        state=event.state,
    )
    if not follows(shipment.state, event.state):
        return
    delivered_at = event.occurred_at if event.state is ShipmentState.DELIVERED else None
    case.put_shipment(replace(shipment, state=event.state, delivered_at=delivered_at))
    channel = unit.network.channel(case.order.channel_id)
    if event.state is ShipmentState.DELIVERED:
        units = case.taking(SliceAction.DELIVER, where=lambda one: one.shipment_id == shipment.shipment_id)
        case.move(units, SliceAction.DELIVER, cause, event.occurred_at)
        outgoing.tell_channel(
            case, channel, "DELIVERED", shipment.shipment_id, shipment.lines, shipment.tracking_number
        )
        end_if_done(case, unit.at)
        return
    facts = {"carrier_state": event.state.value, "shipment_reference": shipment.reference}
    outgoing.tell_channel(case, channel, "TRACKING", cause, shipment.lines, shipment.tracking_number, facts)
    if event.state in TROUBLE:
        detail = f"Parcel {shipment.tracking_number} is {event.state.value}."
        command = f"crossdock order {case.order_id}"
        case.open_exception(ExceptionReason.PARCEL_TROUBLE, str(shipment.shipment_id), detail, command, unit.at)
