"""Declarations of parcels to customs: what is declared of a case, and what follows from each new state."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from hub.cases.case import Case
from hub.cases.deadlines import DECLARATION
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.model import Shipment
from hub.kernel.ids import derived
from hub.kernel.instant import Instant, iso
from hub.messages.customs import DeclareConsignment, DeclaredGoods
from hub.messages.events.fulfillment import DeclarationChanged
from hub.messages.tasks import DeclareShipment
from hub.messages.timers import DeclarationDue
from hub.messages.transport import Sender
from hub.network.model import Network
from hub.trade.errors import DeclarationNotFound
from hub.trade.model.declarations import CustomsDeclaration, DeclarationEvent, DeclarationState
from hub.trade.model.papers import ConsignmentPapers, PaperParty
from hub.trade.policy.declarations import AWAITED, ENDED, contradictions, made_by_hub

_OPENED: Final = {
    DeclarationState.INCOMPLETE: ExceptionReason.DECLARATION_INCOMPLETE,
    DeclarationState.HELD: ExceptionReason.DECLARATION_HELD,
    DeclarationState.REJECTED: ExceptionReason.DECLARATION_REJECTED,
}
"""States in which somebody has to do something, and the exception that says so."""


def declare(case: Case, network: Network, shipment: Shipment) -> None:
    """Has a parcel for another country declared, where its channel has a customs account; in a lane of its own."""
    country = network.node(shipment.node_id).address.country_code
    if network.channel(case.order.channel_id).customs_account_id and country != case.order.ship_to_country:
        task = DeclareShipment(case.order_id, shipment.shipment_id)
        case.send(task, lane_of(shipment.shipment_id), derived(shipment.shipment_id, "declare"))


def lane_of(shipment_id: UUID) -> str:
    """The lane of all that is asked of customs about a parcel, in order."""
    return f"customs:{shipment_id}"


def payload_of(
    declaration: CustomsDeclaration, shipment: Shipment, papers: ConsignmentPapers, recipient_party_id: UUID
) -> DeclareConsignment:
    """Return what customs is told of a parcel, without its recipient."""
    return DeclareConsignment(
        declaration_id=declaration.declaration_id,
        shipment_id=shipment.shipment_id,
        order_id=shipment.order_id,
        fulfillment_order_id=shipment.fulfillment_order_id,
        order_number=papers.order_number,
        tracking_number=shipment.tracking_number,
        day=papers.day.isoformat(),
        form=papers.form.name,
        incoterm=papers.incoterm.name,
        flow=papers.flow.name if papers.flow else "",
        exporter=_sender(papers.exporter),
        recipient_party_id=recipient_party_id,
        seller_imports=papers.seller_imports,
        goods=tuple(
            DeclaredGoods(
                goods.line_number,
                goods.sku,
                goods.description,
                goods.hs_code,
                goods.origin,
                goods.quantity,
                goods.net_grams,
                goods.value.minor,
            )
            for goods in papers.goods
        ),
        currency=papers.freight.currency,
        freight_minor=papers.freight.minor,
        registrations=papers.registrations,
    )


def not_found(named: object) -> DeclarationNotFound:
    """The refusal of what names no declaration."""
    return DeclarationNotFound(
        f"There is no customs declaration {named}; list those of an order with ListDeclarations.", named=named
    )


def changed(
    case: Case, before: CustomsDeclaration | None, after: CustomsDeclaration, at: Instant, now: Instant
) -> None:
    """Tells what became of a declaration at `at`: the event, the deadline of what is awaited, who has to do what."""
    _name_contradictions(case, before, after, now)
    told = after.events[-1] if after.events else None
    if before is not None and (before.state, before.events[-1:]) == (after.state, after.events[-1:]):
        return
    told_before = before is not None and (before.state, before.declaration_id) == (after.state, after.declaration_id)
    if not told_before and after.state is not DeclarationState.NOT_NEEDED:
        case.happened(
            DeclarationChanged(
                shipment_id=after.shipment_id,
                state=after.state.value,
                customs_reference=after.customs_reference,
                why=told.why if told else "",
            ),
            at,
        )
    subject = str(after.shipment_id)
    opened = _OPENED.get(after.state)
    for reason in (*_OPENED.values(), ExceptionReason.DECLARATION_OVERDUE):
        if before is not None and reason is not opened:
            case.resolve_exception(reason, subject)
    if opened is not None:
        detail, command = _to_do(after, told)
        case.open_exception(opened, subject, detail, command, now)
    if after.state in AWAITED:
        case.set_timer(DeclarationDue(after.declaration_id, now + DECLARATION.span, case.order_id))
    elif before is not None:
        case.clear_timer(DeclarationDue, after.declaration_id)


def document_sent(case: Case, declaration: CustomsDeclaration, now: Instant) -> None:
    """Ends the exception of a hold that asks for a document, and waits for what customs says of it."""
    missing = declaration.events[-1].missing_documents if declaration.events else ()
    if declaration.state is DeclarationState.HELD and made_by_hub(missing):
        case.resolve_exception(ExceptionReason.DECLARATION_HELD, str(declaration.shipment_id))
        case.set_timer(DeclarationDue(declaration.declaration_id, now + DECLARATION.span, case.order_id))


def name_silent(case: Case, declaration: CustomsDeclaration, at: Instant) -> None:
    """Opens an exception for a declaration of which customs says nothing more."""
    if declaration.state in AWAITED or declaration.state is DeclarationState.HELD:
        detail = (
            f"{declaration.account_id} has said nothing new of declaration {_name(declaration)} of shipment"
            f" {declaration.shipment_id}, which is {declaration.state.value}. Ask customs, and record what it says."
        )
        accepted = any(event.state is DeclarationState.ACCEPTED for event in declaration.events)
        subject = str(declaration.shipment_id)
        command = _record(declaration, "RELEASED" if accepted else "ACCEPTED")
        case.open_exception(ExceptionReason.DECLARATION_OVERDUE, subject, detail, command, at)


def _name_contradictions(
    case: Case, before: CustomsDeclaration | None, after: CustomsDeclaration, now: Instant
) -> None:
    wrong = contradictions(after)
    known = contradictions(before) if before is not None else []
    subject = str(after.declaration_id)
    if wrong and wrong != known:
        detail = (
            f"{after.account_id} said of declaration {_name(after)} that it is {'; '.join(wrong)}. It stays"
            f" {after.state.value}. Ask customs, and record what it says."
        )
        released = [event.occurred_at for event in after.events if event.state is DeclarationState.RELEASED]
        early = bool(released) and after.state not in ENDED
        command = f"{_record(after, 'ACCEPTED')} --at {iso(released[0])}" if early else None
        case.open_exception(ExceptionReason.DECLARATION_CONTRADICTED, subject, detail, command, now)
    elif known and not wrong:
        case.resolve_exception(ExceptionReason.DECLARATION_CONTRADICTED, subject)


def _to_do(after: CustomsDeclaration, told: DeclarationEvent | None) -> tuple[str, str]:
    """What is wrong in words, and the command that mends it."""
    said = f": {told.why}" if told and told.why else ""
    if after.state is DeclarationState.INCOMPLETE:
        stated = " --incoterm DAP" if after.incoterm is None and any("incoterm" in lack for lack in after.lacks) else ""
        return (
            f"Shipment {after.shipment_id} left and is not declared to {after.account_id}: {'; '.join(after.lacks)}.",
            f"crossdock declarations --declare {after.shipment_id}{stated}",
        )
    if after.state is DeclarationState.REJECTED:
        rejected = f"Customs rejected declaration {_name(after)} of shipment {after.shipment_id}{said}."
        again = f"crossdock declarations --declare {after.shipment_id}"
        return f"{rejected} Correct it, and declare the shipment again.", again
    missing = told.missing_documents if told else ()
    asked = f" It asks for {', '.join(missing)}." if missing else ""
    detail = f"Customs holds shipment {after.shipment_id}, declaration {_name(after)}{said}.{asked}"
    if made := made_by_hub(missing):
        return detail, f"crossdock declarations --send {after.shipment_id} --document {made[0].value}"
    return f"{detail} Settle it with customs, and record what it says.", _record(after, "RELEASED")


def _record(declaration: CustomsDeclaration, state: str) -> str:
    return f"crossdock declarations --record {declaration.declaration_id} --state {state}"


def _name(declaration: CustomsDeclaration) -> str:
    return declaration.customs_reference or str(declaration.declaration_id)


def _sender(party: PaperParty) -> Sender:
    return Sender(party.name, party.street_lines, party.city, party.country_code, party.region_code, party.postal_code)
