"""Buys labels of packed parcels from carriers, and has those taken back that no parcel leaves with.

A label is asked for from the outbox; what it shows is kept with the person whom it names, sealed as the contact is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.deadlines import LABEL
from hub.cases.fulfillment import carriers, labels
from hub.cases.fulfillment.endings import by_line, worked_at
from hub.cases.fulfillment.papers import PapersContext, papers_of
from hub.cases.fulfillment.reports import FulfillmentResult, load_reported
from hub.cases.held import held_to_leave, refuse_to_leave
from hub.cases.store import load, save
from hub.fulfillment.errors import LabelNotAllowed, LabelNotFound, LabelNotOffered
from hub.fulfillment.lifecycle import WANTED, LabelState
from hub.fulfillment.model import FulfillmentLine, FulfillmentOrder, Label, LabeledParcel, PackedParcel
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.messages.timers import LabelDue
from hub.messages.transport import BuyLabel, Customs, CustomsGoods, LabelSold
from hub.network.model.carriers import Lane, Load
from hub.network.policy.freight import route_by
from hub.parties import operations as parties
from hub.parties.errors import PartyNotFound
from hub.parties.model import PartyDocument
from hub.promising.policy.dates import local_day
from hub.slices.lifecycle import SliceAction
from hub.trade import operations as trade
from hub.trade.model.landed_cost import Incoterm

FLOW: Final = "buy_labels"


class LabelAnswer(Struct, frozen=True):
    """What a partner said to a label: sold with what, refused with a code; `voiding`: to taking it back."""

    order_id: UUID
    fulfillment_order_id: UUID
    label_id: UUID
    code: str = ""
    sold: LabelSold | None = None
    voiding: bool = False


async def buy_labels(flow: FlowContext, parcels: Sequence[PackedParcel]) -> list[FulfillmentResult | Refusal]:
    """Asks for the labels of parcels, in order; one that is asked for or bought for the same parcel changes nothing.

    Refuses FULFILLMENT_ORDER_NOT_FOUND, LABEL_NOT_OFFERED, LABEL_NOT_ALLOWED, BLOCKED_BY_HOLD, PARTY_NOT_FOUND,
    PAPERS_INCOMPLETE.
    """
    reported = await load_reported(flow, FLOW, [parcel.fulfillment_order_id for parcel in parcels])
    results: list[FulfillmentResult | Refusal] = []
    for parcel in parcels:
        try:
            case = reported.case(parcel.fulfillment_order_id)
            await _asked(flow, case, parcel)
            results.append(FulfillmentResult(case, parcel.fulfillment_order_id))
        except Refusal as refusal:
            results.append(refusal)
    await save(flow, FLOW, reported.loaded)
    return results


async def void_labels(flow: FlowContext, parcels: Sequence[LabeledParcel]) -> list[FulfillmentResult | Refusal]:
    """Has labels taken back, in order; one that is taken back already changes nothing.

    Refuses FULFILLMENT_ORDER_NOT_FOUND, LABEL_NOT_FOUND, LABEL_NOT_ALLOWED.
    """
    reported = await load_reported(flow, FLOW, [parcel.fulfillment_order_id for parcel in parcels])
    results: list[FulfillmentResult | Refusal] = []
    for parcel in parcels:
        try:
            case = reported.case(parcel.fulfillment_order_id)
            labels.drop(case, _to_void(case, parcel))
            results.append(FulfillmentResult(case, parcel.fulfillment_order_id))
        except Refusal as refusal:
            results.append(refusal)
    await save(flow, FLOW, reported.loaded)
    return results


async def take_labels(flow: FlowContext, answers: Sequence[LabelAnswer]) -> list[None]:
    """Takes what partners said to labels; documents go to their persons, and go with them."""
    loaded = await load(flow, FLOW, [answer.order_id for answer in answers])
    shown: list[PartyDocument] = []
    ended: list[UUID] = []
    for answer in answers:
        case = loaded.cases[answer.order_id]
        label = _label(case, answer.fulfillment_order_id, answer.label_id)
        if answer.voiding:
            labels.taken_back(case, label, answer.code, flow.at)
            ended += [] if answer.code else [answer.label_id]
        elif answer.sold is None:
            labels.refused(case, label, answer.code, flow.at)
        else:
            labels.sold(case, flow.network, label, answer.sold, flow.at)
            shown.append(PartyDocument(answer.label_id, case.order.ship_to_party_id, answer.sold.document))
    await parties.keep_documents(flow.tx, shown, keys=flow.secrets.people, at=flow.at)
    await parties.drop_documents(flow.tx, ended, keys=flow.secrets.people)
    await save(flow, FLOW, loaded)
    return [None] * len(answers)


async def name_late_labels(flow: FlowContext, due: Sequence[LabelDue]) -> list[None]:
    """Opens an exception for each label that is not bought in time."""
    loaded = await load(flow, FLOW, [one.order_id for one in due])
    for one in due:
        case = loaded.cases[one.order_id]
        labels.name_late(case, _label(case, one.fulfillment_order_id, one.label_id), flow.at)
    await save(flow, FLOW, loaded)
    return [None] * len(due)


async def _asked(flow: FlowContext, case: Case, parcel: PackedParcel) -> None:
    work = case.fulfillment_order(parcel.fulfillment_order_id)
    lane = _lane(flow, case, work)
    before = labels.label_of(work, parcel.reference)
    if before is not None and before.state in WANTED:
        late = before.state is LabelState.ASKED and flow.at >= before.deadline_at
        if before.parcel == parcel and not late:
            return
        if labels.left_with(case, before):
            raise _not_allowed(parcel, "has left with its label; report another parcel under a reference of its own")
    _refuse_unworked(case, parcel)
    customs = await _customs(flow, case, work, parcel)
    if before is not None:
        labels.drop(case, before)
    _ask(flow, case, parcel, lane, customs)


def _ask(flow: FlowContext, case: Case, parcel: PackedParcel, lane: Lane, customs: Customs | None) -> None:
    work = case.fulfillment_order(parcel.fulfillment_order_id)
    load_of = Load(parcel.weight_grams, parcel.volume_cm3)
    route = route_by(flow.network, work.node_id, case.order.destination, work.service_code, load_of)
    number = sum(one.parcel.reference == parcel.reference for one in work.labels)
    label = Label(
        label_id=derived(work.fulfillment_order_id, "label", parcel.reference, number),
        parcel=parcel,
        account_id=lane.transport_account_id,
        asked_at=flow.at,
        deadline_at=flow.at + LABEL.span,
        expected_cost=route.rate if route else None,
    )
    labels.put(case, label)
    payload = BuyLabel(
        order_id=case.order_id,
        fulfillment_order_id=work.fulfillment_order_id,
        ship_to_party_id=case.order.ship_to_party_id,
        service_code=work.service_code,
        sender=carriers.sender_of(flow.network.node(work.node_id)),
        weight_grams=parcel.weight_grams,
        length_mm=parcel.length_mm,
        width_mm=parcel.width_mm,
        height_mm=parcel.height_mm,
        format=parcel.format.value,
        customs=customs,
    )
    case.send(payload, labels.lane_of(label), label.label_id, account_id=label.account_id)
    case.set_timer(LabelDue(label.label_id, label.deadline_at, case.order_id, work.fulfillment_order_id))


def _lane(flow: FlowContext, case: Case, work: FulfillmentOrder) -> Lane:
    lane = flow.network.lane(work.node_id, case.order.destination, work.service_code)
    if lane is None or lane.collects or not flow.network.service(lane).buys_labels:
        raise LabelNotOffered(
            f"The hub buys no labels of {work.service_code} from {work.node_id}: the network does not say buys_labels"
            " of this carrier service. Let the node buy them, or change the network.",
            fulfillment_order_id=work.fulfillment_order_id,
        )
    return lane


def _refuse_unworked(case: Case, parcel: PackedParcel) -> None:
    identity = parcel.fulfillment_order_id
    numbers = {line.line_number for line in by_line(case.taking(SliceAction.SHIP, where=worked_at(identity)))}
    free = [one for one in numbers if held_to_leave(case, identity, [FulfillmentLine(one, 1)]) is None]
    if not free:
        refuse_to_leave(case, identity, [FulfillmentLine(one, 1) for one in sorted(numbers)], "shipping")
    if any(one.fulfillment_order_id == identity and one.reference == parcel.reference for one in case.shipments):
        raise _not_allowed(parcel, "has left; report another parcel under a reference of its own")
    if not labels.works(case, identity):
        raise _not_allowed(parcel, "has nothing to hold: no units of its fulfillment order are left at the node")


async def _customs(flow: FlowContext, case: Case, work: FulfillmentOrder, parcel: PackedParcel) -> Customs | None:
    """What customs must know of a parcel, from the papers of its fulfillment order; None where it crosses no border."""
    node = flow.network.node(work.node_id)
    rules = await flow.trade_rules.load(flow.tx)
    if not rules.crosses(node.address.country_code, case.order.ship_to_country, local_day(node, flow.at)):
        return None
    if any(one.state in WANTED and one.parcel.reference != parcel.reference for one in work.labels):
        raise _not_allowed(parcel, "crosses a customs border, where a fulfillment order travels as one parcel")
    party_id = case.order.ship_to_party_id
    recipient = (await parties.contacts(flow.tx, [party_id], flow.secrets.people)).get(party_id)
    if recipient is None:
        raise PartyNotFound("The recipient was erased; no label can be made.", party_id=party_id)
    landed = (await trade.landed_of(flow.tx, [case.order_id])).get(case.order_id, ())
    stated = Incoterm.__members__.get(parcel.incoterm)
    context = PapersContext(flow.network, rules, recipient, landed, stated, flow.at)
    papers = next(one for one in papers_of(case, context) if one.consignment_id == str(work.fulfillment_order_id))
    goods = tuple(
        CustomsGoods(one.description, one.hs_code, one.origin, one.quantity, one.net_grams, one.value)
        for one in papers.goods
    )
    return Customs(goods, papers.incoterm.value, dict(papers.registrations))


def _to_void(case: Case, parcel: LabeledParcel) -> Label:
    label = labels.label_of(case.fulfillment_order(parcel.fulfillment_order_id), parcel.reference)
    if label is None:
        raise LabelNotFound(
            f"No label was asked for parcel {parcel.reference}; name one as it was asked for.",
            fulfillment_order_id=parcel.fulfillment_order_id,
        )
    if labels.left_with(case, label):
        raise _not_allowed(label.parcel, "has left with its label")
    return label


def _label(case: Case, fulfillment_order_id: UUID, label_id: UUID) -> Label:
    return next(one for one in case.fulfillment_order(fulfillment_order_id).labels if one.label_id == label_id)


def _not_allowed(parcel: PackedParcel, why: str) -> LabelNotAllowed:
    return LabelNotAllowed(
        f"Parcel {parcel.reference} {why}.",
        fulfillment_order_id=parcel.fulfillment_order_id,
        shipment_reference=parcel.reference,
    )
