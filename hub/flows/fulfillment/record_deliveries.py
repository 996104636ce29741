"""Records where parcels are: the carrier axis; DELIVERED moves slices SHIPPED -> DELIVERED and may close the order.

A parcel that its carrier has, has left: where its node has not reported it yet, its units ship now. Where a parcel is
follows from all that was told of it in the order in which it happened, whatever the order in which it was told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases import outgoing
from hub.cases.awaited import parcel_key
from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.feeds.feeds import take_turns
from hub.cases.feeds.parked_events import Unmatched, parked_unmatched
from hub.cases.fulfillment import parcels
from hub.cases.fulfillment.arrivals import arrived, end_promises
from hub.cases.fulfillment.endings import end_if_done
from hub.cases.fulfillment.matching import matched, unmatched
from hub.cases.fulfillment.reports import ShipmentResult
from hub.cases.plausibility import refuse_implausible
from hub.cases.returns.return_cases import return_of
from hub.cases.stock import stock
from hub.cases.store import Loaded, load, save
from hub.exceptions.model import ExceptionReason
from hub.fulfillment import operations as fulfillment
from hub.fulfillment.errors import FulfillmentOrderNotFound, ShipmentNotFound
from hub.fulfillment.lifecycle import TROUBLE, UNSENT, ShipmentState, carried
from hub.fulfillment.model import NOWHERE, Carriage, CarrierEvent, NumberedParcel, Shipment, ShipmentReport
from hub.fulfillment.policy import meant
from hub.inbox.model import ParkedEvent
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.messages.events.fulfillment import CarrierReported, ShipmentDelivered
from hub.messages.tasks import TurnBackParcel
from hub.slices.lifecycle import SliceAction, SliceState

FLOW = "record_deliveries"


class _Named(Struct, frozen=True):
    """Orders of what events name: shipments, tracking numbers, fulfillment orders."""

    loaded: Loaded
    by_id: Mapping[UUID, UUID]
    by_number: Mapping[str, Sequence[NumberedParcel]]
    by_fulfillment: Mapping[UUID, UUID]


class _Parcel(Struct, frozen=True):
    """The parcel that an event is about; `cause` is the event as noted already, where it had the parcel ship."""

    case: Case
    shipment_id: UUID
    event: CarrierEvent
    cause: UUID | None = None

    @property
    def shipment(self) -> Shipment:
        """The shipment as it stands."""
        return next(shipment for shipment in self.case.shipments if shipment.shipment_id == self.shipment_id)


async def record_carrier_events(
    flow: FlowContext, events: Sequence[CarrierEvent]
) -> list[ShipmentResult | ParkedEvent | Refusal]:
    """Takes events in order; a repeat changes nothing, a late one enters the timeline only.

    Refuses SHIPMENT_NOT_FOUND, FULFILLMENT_ORDER_NOT_FOUND, INSTANT_IMPLAUSIBLE, and as record_shipments where it
    ships; an event that waits is parked instead of the first two.
    """
    turns = await take_turns(flow, events, repeatable=True)
    found = await matched(flow, turns.due)
    named = await _named(flow, [one for one in found if isinstance(one, CarrierEvent)])
    parcels_of = [_parcels(flow, named, one) for one in found]
    await _take(flow, [parcel for one in parcels_of if isinstance(one, tuple) for parcel in one])
    await stock.settle(flow, [case for case in named.loaded.cases.values() if case.effects.moves])
    answers = await parked_unmatched(flow, turns.due, parcels_of)
    await save(flow, FLOW, named.loaded)
    carried_ones = [
        ShipmentResult(answer[-1].case, answer[-1].shipment_id) if isinstance(answer, tuple) else answer
        for answer in answers
    ]
    return await turns.merged(flow, carried_ones)


async def _named(flow: FlowContext, events: Sequence[CarrierEvent]) -> _Named:
    by_id, by_number = await fulfillment.orders_of_parcels(
        flow.tx,
        flow.scope,
        sorted({event.shipment_id for event in events if event.shipment_id}),
        sorted({event.tracking_number for event in events if event.tracking_number}),
    )
    ids = sorted({event.fulfillment_order_id for event in events} - {NOWHERE})
    by_fulfillment = await fulfillment.orders_of(flow.tx, flow.scope, ids)
    numbered = [one.order_id for several in by_number.values() for one in several]
    order_ids = [*by_id.values(), *numbered, *by_fulfillment.values()]
    return _Named(await load(flow, FLOW, order_ids), by_id, by_number, by_fulfillment)


def _parcels(
    flow: FlowContext, named: _Named, event: CarrierEvent | Unmatched | Refusal
) -> tuple[_Parcel, ...] | Unmatched | Refusal:
    """The parcels of an event; one that is with its carrier and whose node has not reported it yet ships now."""
    if not isinstance(event, CarrierEvent):
        return event
    if event.shipment_id is not None and event.shipment_id in named.by_id:
        found = [(named.by_id[event.shipment_id], event.shipment_id)]
    else:
        numbered = meant(named.by_number.get(event.tracking_number, ()), event.occurred_at)
        found = [(one.order_id, one.shipment_id) for one in numbered]
    cases = named.loaded.cases
    if parcels_of := tuple(_Parcel(cases[order_id], known, event) for order_id, known in found if order_id in cases):
        return _plausible(flow, parcels_of)
    if event.fulfillment_order_id != NOWHERE:
        return _of_fulfillment_order(flow, named, event)
    name = event.tracking_number or str(event.shipment_id)
    if event.waits and event.tracking_number:
        return Unmatched(parcel_key(event.tracking_number))
    return ShipmentNotFound(f"There is no shipment {name}; report it with RecordShipments first.", shipment=name)


def _of_fulfillment_order(
    flow: FlowContext, named: _Named, event: CarrierEvent
) -> tuple[_Parcel, ...] | Unmatched | Refusal:
    identity = event.fulfillment_order_id
    order_id = named.by_fulfillment.get(identity)
    case = named.loaded.cases.get(order_id) if order_id else None
    if case is None:
        return unmatched(
            event,
            FulfillmentOrderNotFound(f"There is no fulfillment order {identity}.", fulfillment_order_id=identity),
        )
    own = [one for one in case.shipments if one.fulfillment_order_id == identity]
    if standing := [one for one in own if event.tracking_number in ("", one.tracking_number)]:
        return _plausible(flow, tuple(_Parcel(case, one.shipment_id, event) for one in standing))
    if nameless := next((one for one in own if not one.tracking_number), None):
        case.put_shipment(replace(nameless, tracking_number=event.tracking_number))
        return (_Parcel(case, nameless.shipment_id, event),)
    if event.state in UNSENT:
        name = event.tracking_number or str(identity)
        refusal = ShipmentNotFound(f"Parcel {name} has not left yet; report it when it has.", shipment=name)
        return Unmatched(parcel_key(event.tracking_number)) if event.waits and event.tracking_number else refusal
    try:
        refuse_implausible(case, event.occurred_at, flow.at)
        return (_implied(flow, case, event),)
    except Refusal as refused:
        return refused


def _plausible(flow: FlowContext, parcels_of: tuple[_Parcel, ...]) -> tuple[_Parcel, ...] | Refusal:
    """The parcels of an event, or why it cannot have happened to one of them then."""
    for parcel in parcels_of:
        event = parcel.event
        left_at = parcel.shipment.shipped_at if event.state is ShipmentState.DELIVERED else None
        try:
            refuse_implausible(parcel.case, event.occurred_at, flow.at, left_at)
        except Refusal as refused:
            return refused
    return parcels_of


def _implied(flow: FlowContext, case: Case, event: CarrierEvent) -> _Parcel:
    """Ships what is left of a fulfillment order, because its carrier has it."""
    fulfillment_order = case.fulfillment_order(event.fulfillment_order_id)
    reference = event.tracking_number or f"carrier:{event.reference or event.state.value}"
    report = ShipmentReport(
        event.fulfillment_order_id,
        reference,
        event.occurred_at,
        tracking_number=event.tracking_number,
        carriage=Carriage(tracking_url=event.tracking_url),
    )
    units = parcels.units_of(flow, case, fulfillment_order, report)
    shipment_id = derived(event.fulfillment_order_id, "shipment", reference)
    cause = _note(case, event, shipment_id)
    parcels.ship(flow, case, fulfillment_order, report, units, told_by=cause)
    return _Parcel(case, shipment_id, event, cause)


async def _take(flow: FlowContext, found: Sequence[_Parcel]) -> None:
    """Notes what is new of events, and moves their parcels to where all that was told of them says they are."""
    flags = await fulfillment.record_carrier_events(flow.tx, [(one.shipment_id, one.event) for one in found])
    new = [one for one, is_new in zip(found, flags, strict=True) if is_new]
    told = await fulfillment.carrier_events(flow.tx, sorted({one.shipment_id for one in new}))
    fresh = {(one.shipment_id, one.event.reference, one.event.state, one.event.occurred_at) for one in new}
    before = {
        shipment_id: [one for one in events if (shipment_id, one.reference, one.state, one.occurred_at) not in fresh]
        for shipment_id, events in told.items()
    }
    for one in new:
        events = before[one.shipment_id]
        start = ShipmentState.TENDERED if events else one.shipment.state
        events.append(one.event)
        events.sort(key=lambda event: event.occurred_at)
        _move(flow, one, carried(start, [event.state for event in events]))


def _move(flow: FlowContext, parcel: _Parcel, state: ShipmentState) -> None:
    case, shipment, event = parcel.case, parcel.shipment, parcel.event
    cause = parcel.cause or _note(case, event, shipment.shipment_id)
    back = {slice_.state for slice_ in case.slices if slice_.return_id == return_of(shipment.shipment_id)}
    if back:
        if event.state is ShipmentState.DELIVERED and SliceState.LOST in back:
            _name_found(case, shipment, flow.at)
        return  # it comes back to us, or was written off: the carrier says nothing new of it
    delivered = event.state is ShipmentState.DELIVERED
    arrived_at = max(event.occurred_at, shipment.shipped_at)  # what may be done since never begins before it left
    delivered_at = min(shipment.delivered_at or arrived_at, arrived_at) if delivered else None
    known = shipment.state
    shipment = replace(
        shipment,
        state=state,
        delivered_at=delivered_at or shipment.delivered_at,
        carriage=parcels.completed(shipment.carriage, Carriage(tracking_url=event.tracking_url)),
    )
    case.put_shipment(shipment)
    if state is known:
        return
    channel = flow.network.channel(case.order.channel_id)
    if state is ShipmentState.DELIVERED:
        units = case.taking(SliceAction.DELIVER, where=lambda one: one.shipment_id == shipment.shipment_id)
        case.move(units, SliceAction.DELIVER, cause, event.occurred_at)
        if units:
            end_promises(case, shipment, event.occurred_at)
        arrived(case, shipment)
        if any(one.shipment_id == shipment.shipment_id and one.state is SliceState.LOST for one in case.slices):
            _name_found(case, shipment, flow.at)
        outgoing.delivered(case, channel, shipment)
        end_if_done(case, channel, flow.at)
        return
    outgoing.tracked(case, channel, cause, shipment, state.value)
    if shipment.state is ShipmentState.LOST:
        case.resolve_exception(ExceptionReason.PARCEL_TROUBLE, str(shipment.shipment_id))
    if state in TROUBLE:
        detail = f"Parcel {shipment.tracking_number} is {state.value}."
        lost = state in {ShipmentState.LOST, ShipmentState.DAMAGED}
        command = f"crossdock parcels {shipment.shipment_id} --write-off {state.value}" if lost else None
        case.open_exception(ExceptionReason.PARCEL_TROUBLE, str(shipment.shipment_id), detail, command, flow.at)
    if state is ShipmentState.RETURNING_TO_SENDER:
        case.task(TurnBackParcel(case.order_id, shipment.shipment_id))


def _name_found(case: Case, shipment: Shipment, at: Instant) -> None:
    detail = (
        f"Parcel {shipment.tracking_number} was lost and credited, in whole or in part, and is delivered after all."
    )
    case.open_exception(ExceptionReason.PARCEL_TROUBLE, str(shipment.shipment_id), detail, None, at)


def _note(case: Case, event: CarrierEvent, shipment_id: UUID) -> UUID:
    reported = ShipmentDelivered if event.state is ShipmentState.DELIVERED else CarrierReported
    tracking_number = event.tracking_number or _tracking(case, shipment_id)
    return case.happened(
        reported(shipment_id=shipment_id, tracking_number=tracking_number, state=event.state.value), event.occurred_at
    )


def _tracking(case: Case, shipment_id: UUID) -> str:
    return next((shipment.tracking_number for shipment in case.shipments if shipment.shipment_id == shipment_id), "")
