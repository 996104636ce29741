"""Declares parcels that crossed a customs border: by itself once they left, again by a person's word, with papers.

A parcel has one declaration. Another attempt is made only after customs rejected the one before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.fulfillment.declaring import changed, document_sent, lane_of, not_found, payload_of
from hub.cases.fulfillment.papers import PapersContext, papers_of_shipment
from hub.cases.store import load, save
from hub.fulfillment import operations as fulfillment
from hub.fulfillment.model import Shipment
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.messages.customs import AddCustomsDocument, DeclareConsignment
from hub.parties import operations as parties
from hub.parties.model import Contact
from hub.trade import operations as trade
from hub.trade.errors import DeclarationNotAllowed, PapersIncomplete
from hub.trade.model.declarations import CustomsDeclaration, DeclarationDocument, DeclarationState
from hub.trade.model.landed_cost import Incoterm, Landed
from hub.trade.model.papers import ConsignmentPapers
from hub.trade.model.rules import TradeRules
from hub.trade.policy.declarations import AGAIN, TAKEN

FLOW = "declare_shipments"


class ToDeclare(Struct, frozen=True):
    """A parcel that is to be declared again, under an incoterm; None keeps the one that is known."""

    shipment_id: UUID
    incoterm: Incoterm | None = None


class ToSend(Struct, frozen=True):
    """A paper of a parcel that customs shall have."""

    shipment_id: UUID
    document: DeclarationDocument


A = TypeVar("A", ToDeclare, ToSend)


class _Desk(Struct, frozen=True):
    """What declarations are made of beside their cases; `known` changes as parcels are declared."""

    flow: FlowContext
    rules: TradeRules
    people: Mapping[UUID, Contact]
    landed: Mapping[UUID, Sequence[Landed]]
    known: dict[UUID, list[CustomsDeclaration]]

    def latest(self, order_id: UUID, shipment_id: UUID) -> CustomsDeclaration | None:
        """The last declaration of a parcel."""
        attempts = [one for one in self.known.get(order_id, ()) if one.shipment_id == shipment_id]
        return max(attempts, key=lambda one: one.attempt, default=None)

    def put(self, declaration: CustomsDeclaration) -> None:
        """Keep a declaration in place of its former self."""
        others = [
            one for one in self.known.get(declaration.order_id, ()) if one.declaration_id != declaration.declaration_id
        ]
        self.known[declaration.order_id] = [*others, declaration]


async def declare_shipments(flow: FlowContext, parcels: Sequence[tuple[UUID, UUID]]) -> list[None]:
    """Declares parcels (order id, shipment id) that left, once each; a parcel that has a declaration keeps it."""
    loaded = await load(flow, FLOW, [order_id for order_id, _ in parcels])
    desk = await _desk(flow, loaded.cases)
    made = []
    for order_id, shipment_id in parcels:
        case = loaded.cases[order_id]
        account_id = flow.network.channel(case.order.channel_id).customs_account_id
        if account_id and desk.latest(order_id, shipment_id) is None:
            made.append(_declared(desk, case, _shipment(case, shipment_id), account_id, None, None))
    await trade.save_declarations(flow.tx, made)
    await save(flow, FLOW, loaded)
    return [None] * len(parcels)


async def declare_again(flow: FlowContext, asked: Sequence[ToDeclare]) -> list[CustomsDeclaration | Refusal]:
    """Declares parcels whose declaration is INCOMPLETE or REJECTED. Refuses DECLARATION_NOT_FOUND, .._NOT_ALLOWED."""

    def again(desk: _Desk, case: Case, known: CustomsDeclaration, one: ToDeclare) -> CustomsDeclaration | Refusal:
        if known.state not in AGAIN:
            return _refused(known, "it can be declared again once it is INCOMPLETE or REJECTED")
        account_id = flow.network.channel(case.order.channel_id).customs_account_id or known.account_id
        return _declared(desk, case, _shipment(case, one.shipment_id), account_id, known, one.incoterm)

    answers = await _each(flow, asked, again)
    kept = {one.declaration_id: one for one in answers if isinstance(one, CustomsDeclaration)}
    await trade.save_declarations(flow.tx, list(kept.values()))
    return answers


async def send_documents(flow: FlowContext, asked: Sequence[ToSend]) -> list[CustomsDeclaration | Refusal]:
    """Sends papers of declared parcels to customs. Refuses DECLARATION_NOT_FOUND, DECLARATION_NOT_ALLOWED."""

    def send(desk: _Desk, case: Case, known: CustomsDeclaration, one: ToSend) -> CustomsDeclaration | Refusal:
        if known.state not in TAKEN:
            return _refused(known, "customs takes documents once it has the declaration, until it decides")
        return _sent(desk, case, known, one.document)

    return await _each(flow, asked, send)


async def _each(
    flow: FlowContext,
    asked: Sequence[A],
    act: Callable[[_Desk, Case, CustomsDeclaration, A], CustomsDeclaration | Refusal],
) -> list[CustomsDeclaration | Refusal]:
    """Acts on the latest declaration of each parcel that is asked about, and saves what became of their orders."""
    order_of, _ = await fulfillment.orders_of_parcels(
        flow.tx, flow.scope, sorted({one.shipment_id for one in asked}), []
    )
    loaded = await load(flow, FLOW, order_of.values())
    desk = await _desk(flow, loaded.cases)
    answers: list[CustomsDeclaration | Refusal] = []
    for one in asked:
        case = loaded.cases.get(order_of.get(one.shipment_id, one.shipment_id))
        known = desk.latest(case.order_id, one.shipment_id) if case else None
        answers.append(act(desk, case, known, one) if case and known else not_found(one.shipment_id))
    await save(flow, FLOW, loaded)
    return answers


def _refused(known: CustomsDeclaration, why: str) -> DeclarationNotAllowed:
    return DeclarationNotAllowed(
        f"The declaration of shipment {known.shipment_id} is {known.state.value}; {why}.",
        shipment_id=known.shipment_id,
        state=known.state.value,
    )


async def _desk(flow: FlowContext, cases: Mapping[UUID, Case]) -> _Desk:
    recipients = sorted({case.order.ship_to_party_id for case in cases.values()})
    return _Desk(
        flow=flow,
        rules=await flow.trade_rules.load(flow.tx, flow.trade_version),
        people=await parties.contacts(flow.tx, recipients, flow.secrets.people),
        landed=await trade.landed_of(flow.tx, cases),
        known=await trade.declarations(flow.tx, cases),
    )


def _shipment(case: Case, shipment_id: UUID) -> Shipment:
    return next(one for one in case.shipments if one.shipment_id == shipment_id)


def _declared(
    desk: _Desk,
    case: Case,
    shipment: Shipment,
    account_id: str,
    known: CustomsDeclaration | None,
    incoterm: Incoterm | None,
) -> CustomsDeclaration:
    """Declare a parcel for the first time, or again in place of `known`."""
    again = known is not None and known.state is DeclarationState.REJECTED
    attempt = (known.attempt if known else 1) + (1 if again else 0)
    units, before = _counted(desk, case, shipment, known)
    declaration = CustomsDeclaration(
        declaration_id=derived(shipment.shipment_id, "declaration", attempt),
        shipment_id=shipment.shipment_id,
        order_id=case.order_id,
        account_id=account_id,
        state=DeclarationState.REQUESTED,
        declared_at=desk.flow.at,
        attempt=attempt,
        incoterm=incoterm or (known.incoterm if known else None),
        units=units,
        before=before,
    )
    try:
        papers = _papers(desk, case, shipment, declaration)
    except PapersIncomplete as refusal:
        declaration = replace(declaration, state=DeclarationState.INCOMPLETE, lacks=refusal.lacks)
    else:
        if papers is None:
            declaration = replace(declaration, state=DeclarationState.NOT_NEEDED, units={}, before={})
        else:
            declaration = replace(declaration, incoterm=papers.incoterm)
            payload = payload_of(declaration, shipment, papers, case.order.ship_to_party_id)
            identity = derived(declaration.declaration_id, "declare")
            case.send(payload, lane_of(shipment.shipment_id), identity, account_id=account_id)
    desk.put(declaration)
    changed(case, known, declaration, desk.flow.at, desk.flow.at)
    return declaration


def _counted(
    desk: _Desk, case: Case, shipment: Shipment, known: CustomsDeclaration | None
) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """The units of a parcel by line, and those of its order that were declared before; both stay as they were."""
    if known is not None:
        return known.units, known.before
    units = Counter[int]()
    for line in shipment.lines:
        units[line.line_number] += line.quantity
    others = {one.shipment_id: one.units for one in desk.known.get(case.order_id, ())}
    return dict(units), dict(sum((Counter(one) for one in others.values()), Counter[int]()))


def _papers(desk: _Desk, case: Case, shipment: Shipment, declaration: CustomsDeclaration) -> ConsignmentPapers | None:
    """The papers of a parcel as it is declared. Raises PapersIncomplete."""
    recipient = desk.people.get(case.order.ship_to_party_id)
    context = PapersContext(
        network=desk.flow.network,
        rules=desk.rules,
        recipient=recipient or Contact(name=""),
        landed=desk.landed.get(case.order_id, ()),
        stated=declaration.incoterm,
        at=desk.flow.at,
    )
    return papers_of_shipment(case, shipment, Counter(declaration.before), context)


def _sent(
    desk: _Desk, case: Case, known: CustomsDeclaration, document: DeclarationDocument
) -> CustomsDeclaration | Refusal:
    shipment = _shipment(case, known.shipment_id)
    try:
        papers = _papers(desk, case, shipment, known)
    except PapersIncomplete as refusal:
        return refusal
    if papers is None:
        return _refused(known, "it crosses no customs border by the rules of its day")
    declared: DeclareConsignment = payload_of(known, shipment, papers, case.order.ship_to_party_id)
    payload = AddCustomsDocument(declared, document.value, known.customs_reference)
    number = len(case.effects.messages)
    identity = derived(known.declaration_id, "document", document.value, case.order.version, number)
    case.send(payload, lane_of(known.shipment_id), identity, account_id=known.account_id)
    document_sent(case, known, desk.flow.at)
    return known
