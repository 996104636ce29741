"""Makes a case of an order that stands elsewhere: units, parcels and money as facts, without any effect at partners.

What does not add up is refused here, with what can be done; where only the money of goods that left does not add up,
the case is made and held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from hub.cases.adoption.adopted_money import instruments_short, settle_shipment, take_money, take_refunds, what_differs
from hub.cases.adoption.adoption import AdoptedMoney, AdoptedShipment, AdoptedUnits, Adoption
from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.fulfillment.arrivals import await_arrival
from hub.cases.fulfillment.endings import worked_at
from hub.cases.fulfillment.node_work import await_work
from hub.cases.holds import hold, hold_for_unread
from hub.cases.intake.drafts import content_hash_of, destination_of, instruments_of, order_of, pays_of
from hub.cases.intake.waiting import name_waiting
from hub.cases.screening import await_screening
from hub.cases.worth import value_of
from hub.fulfillment.lifecycle import FulfillmentState, ShipmentState
from hub.fulfillment.model import FulfillmentLine, FulfillmentOrder, Shipment
from hub.holds.model import HoldType
from hub.kernel.errors import InvalidField, inside
from hub.kernel.ids import derived
from hub.kernel.money import first_units
from hub.kernel.trace import trace_of
from hub.messages.events.orders import OrderAdopted
from hub.messages.timers import LinesExpire, ReleaseDue
from hub.network.model import Channel
from hub.orders.errors import AdoptedUnitsMismatch
from hub.orders.lifecycle import OrderState
from hub.orders.model import Charge, OrderLine
from hub.orders.policy import differences, expiry_of
from hub.payments.model import Payments
from hub.slices.lifecycle import ALLOCATING, ENDED, RESERVING, WAITING, SliceState
from hub.slices.model import Slice
from hub.slices.policy import stood, units

_UNDER_WAY = WAITING | RESERVING


def refuse_invalid(flow: FlowContext, adoption: Adoption, lines: Sequence[OrderLine]) -> None:
    """Raises AdoptedUnitsMismatch, UnknownNode or InvalidField where units, parcels and lines do not fit each other."""
    ordered = {line.line_number: line.quantity for line in lines}
    stated = Counter[int]()
    for index, unit in enumerate(adoption.units):
        stated[unit.line_number] += unit.quantity
        with inside(f"units[{index}]"):
            _refuse_misplaced(flow, unit)
    for index, shipment in enumerate(adoption.shipments):
        flow.network.node(shipment.node_id)
        if shipment.delivered_at is not None and shipment.delivered_at < shipment.shipped_at:
            field = f"shipments[{index}].deliver_time"
            raise InvalidField(f"{field} is before its ship_time; state when each happened.", **{field: "too early"})
        for line in shipment.lines:
            stated[line.line_number] += line.quantity
    for number in sorted(ordered.keys() | stated.keys()):
        if ordered.get(number, 0) != stated[number]:
            raise AdoptedUnitsMismatch(
                f"Line {number} has {ordered.get(number, 0)} units ordered, {stated[number]} are stated in units and"
                " shipments; state every unit once, canceled ones included.",
                line_number=number,
                ordered=ordered.get(number, 0),
                stated=stated[number],
            )
    named = Counter((one.node_id, one.work_reference, one.reference) for one in adoption.shipments)
    if twice := sorted(key for key, times in named.items() if times > 1):
        raise AdoptedUnitsMismatch(
            f"Shipment {twice[0][2]} of {twice[0][0]} is stated {named[twice[0]]} times; state each once.",
            shipment_reference=twice[0][2],
        )


def _refuse_misplaced(flow: FlowContext, one: AdoptedUnits) -> None:
    place = f"units of line {one.line_number}"
    if one.state in ALLOCATING | RESERVING:
        if not one.node_id:
            raise InvalidField(f"{place} are {one.state.value}; name their node.", node_id="missing")
        flow.network.node(one.node_id)
        if one.state in ALLOCATING and not one.reference:
            raise InvalidField(f"{place} are worked at {one.node_id}; name the work.", work_reference="missing")
    elif one.node_id:
        raise InvalidField(f"{place} are {one.state.value} and so at no node.", node_id="goes with no such state")


def adopted(
    flow: FlowContext, adoption: Adoption, channel: Channel, lines: tuple[OrderLine, ...], charges: tuple[Charge, ...]
) -> Case:
    """The case of a sound adoption; raises AdoptedMoneyMismatch where its money does not fit and nothing has left."""
    order_id = flow.new_id()
    trace = trace_of(order_id)
    order = order_of(
        adoption.draft,
        channel,
        lines,
        charges,
        to=destination_of(flow.network, adoption.draft),
        order_id=order_id,
        trace=trace,
        state=OrderState.CONFIRMED,
        at=flow.at,
        checks={},
        promises={},
        ship_days={},
        content_hash=content_hash_of(flow, adoption.draft),
    )
    instruments = instruments_of(channel, order_id, pays_of(adoption.draft, _kept_minor(adoption, lines, charges)))
    case = Case(order=order, slices=(), payments=Payments(order.currency, instruments), trace=trace)
    cause = case.happened(
        OrderAdopted(
            channel_id=order.channel_id,
            channel_reference=order.channel_reference,
            quantity=sum(unit.quantity for unit in adoption.units),
            shipment_count=len(adoption.shipments),
        ),
        flow.at,
    )
    left = take_money(case, adoption.money)
    _take_work(flow, case, adoption)
    _take_units(case, adoption)
    _await_nodes(flow, case)
    for shipment in sorted(adoption.shipments, key=lambda one: (one.shipped_at, one.reference)):
        _take_shipment(case, shipment, left, adoption.money)
    take_refunds(case, adoption.money, left)
    case.effects.moves += stood(case.slices, cause, flow.at)
    await_screening(case, channel, "the order was taken over and is to be compared", flow.at)
    _go_on(flow, case, adoption, what_differs(case, left))
    return case


def _kept_minor(adoption: Adoption, lines: Sequence[OrderLine], charges: Sequence[Charge]) -> int:
    """What the units cost that the old system did not cancel: nothing pays for others, unless it is stated."""
    canceled = Counter[int]()
    for unit in adoption.units:
        canceled[unit.line_number] += unit.quantity if unit.state is SliceState.CANCELED else 0
    kept = {line.line_number: line.quantity - canceled[line.line_number] for line in lines}
    goods = sum(first_units(line.total_minor, line.quantity, kept[line.line_number]) for line in lines)
    return goods + sum(charge.total_minor for charge in charges) if any(kept.values()) else 0


def _work_id(case: Case, node_id: str, reference: str) -> UUID:
    return derived(case.order_id, "adopted work", node_id, reference)


def _take_work(flow: FlowContext, case: Case, adoption: Adoption) -> None:
    """A fulfillment order per piece of work that the old system gave a node."""
    work: dict[tuple[str, str], Counter[int]] = {}
    for unit in adoption.units:
        if unit.state in ALLOCATING:
            work.setdefault((unit.node_id, unit.reference), Counter())[unit.line_number] += unit.quantity
    for parcel in adoption.shipments:
        for line in parcel.lines:
            key = (parcel.node_id, parcel.work_reference)
            work.setdefault(key, Counter())[line.line_number] += line.quantity
    for (node_id, reference), counted in sorted(work.items()):
        lines = tuple(_line(case, number, quantity) for number, quantity in sorted(counted.items()))
        case.put_fulfillment_order(
            FulfillmentOrder(
                fulfillment_order_id=_work_id(case, node_id, reference),
                order_id=case.order_id,
                node_id=node_id,
                account_id=flow.network.node(node_id).warehouse_account_id,
                state=FulfillmentState.ACKNOWLEDGED,
                lines=lines,
                service_code=case.order.service_code,
                ship_by=flow.at,
                created_at=flow.at,
                partner_reference=reference,
                adopted=True,
            )
        )


def _line(case: Case, line_number: int, quantity: int) -> FulfillmentLine:
    line = case.order.line(line_number)
    return FulfillmentLine(line_number, quantity, line.sku if line else "")


def _add_slice(case: Case, line_number: int, state: SliceState, quantity: int, **place: object) -> None:
    number = len(case.slices) + 1
    sku = _line(case, line_number, quantity).sku
    added = replace(Slice(case.order_id, line_number, number, sku, state, quantity), **place)
    case.slices = (*case.slices, added)


def _take_units(case: Case, adoption: Adoption) -> None:
    for unit in adoption.units:
        work = _work_id(case, unit.node_id, unit.reference) if unit.state in ALLOCATING else None
        _add_slice(
            case, unit.line_number, unit.state, unit.quantity, node_id=unit.node_id or None, fulfillment_order_id=work
        )


def _await_nodes(flow: FlowContext, case: Case) -> None:
    for fulfillment_order in case.fulfillment_orders:
        if any(map(worked_at(fulfillment_order.fulfillment_order_id), case.slices)):
            await_work(case, fulfillment_order, flow.at)


def _take_shipment(case: Case, stated: AdoptedShipment, left: dict[UUID, int], money: Sequence[AdoptedMoney]) -> None:
    lines = tuple(_line(case, one.line_number, one.quantity) for one in stated.lines)
    goods, charges, tax = value_of(case, lines)
    work = _work_id(case, stated.node_id, stated.work_reference)
    shipment = Shipment(
        shipment_id=derived(work, "shipment", stated.reference),
        fulfillment_order_id=work,
        order_id=case.order_id,
        node_id=stated.node_id,
        reference=stated.reference,
        tracking_number=stated.tracking_number,
        state=ShipmentState.DELIVERED if stated.delivered_at else ShipmentState.TENDERED,
        lines=lines,
        value_minor=goods + charges,
        charges_minor=charges,
        shipped_at=stated.shipped_at,
        delivered_at=stated.delivered_at,
        adopted=True,
    )
    case.put_shipment(shipment)
    state = SliceState.DELIVERED if stated.delivered_at else SliceState.SHIPPED
    place = {"node_id": stated.node_id, "fulfillment_order_id": work, "shipment_id": shipment.shipment_id}
    for line in lines:
        _add_slice(case, line.line_number, state, line.quantity, **place)
    settle_shipment(case, shipment, tax, left, money)


def _go_on(flow: FlowContext, case: Case, adoption: Adoption, money_differs: str) -> None:
    """How the order goes on under the hub: on hold, ended, or released when it is time."""
    for shipment in case.shipments:
        if shipment.delivered_at is None:
            await_arrival(case, shipment, flow.at)
    for stated in adoption.holds:
        hold(case, stated.type, stated.reason, flow.at)
    found = [
        *differences(adoption.draft, case.order.lines, case.order.charges),
        *([money_differs] if money_differs else []),
    ]
    if found:
        hold(case, HoldType.MANUAL, "; ".join(found), flow.at)
    hold_for_unread(case, adoption.draft.unread_facts, flow.at)
    if short := instruments_short(case):
        hold(case, HoldType.PAYMENT, short, flow.at)
    if not case.holds and all(slice_.state in ENDED for slice_ in case.slices):
        canceled = all(slice_.state is SliceState.CANCELED for slice_ in case.slices)
        case.order = replace(case.order, state=OrderState.CANCELED if canceled else OrderState.CLOSED)
    if waiting := units(case.slices, {SliceState.BACKORDERED}):
        name_waiting(flow, case, waiting)
    if units(case.slices, _UNDER_WAY):
        _resume(flow, case, adoption)
    if expiry := expiry_of(case.order.lines, flow.at):
        case.set_timer(LinesExpire(case.order_id, expiry))


def _resume(flow: FlowContext, case: Case, adoption: Adoption) -> None:
    if adoption.resume_at is None:
        reason = "adopted; resume it once the old system works it no more: crossdock bulk resume"
        hold(case, HoldType.MANUAL, reason, flow.at)
        return
    case.set_timer(ReleaseDue(case.order_id, max(adoption.resume_at, flow.at)))
