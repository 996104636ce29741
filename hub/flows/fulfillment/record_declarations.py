"""Records what customs says of declarations: answers, events in whatever order they come, and silence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.fulfillment import declaring
from hub.cases.fulfillment.declaring import not_found
from hub.cases.plausibility import refuse_before, refuse_implausible
from hub.cases.store import Loaded, load, save
from hub.exceptions.model import ExceptionReason
from hub.kernel.errors import Refusal
from hub.trade import operations as trade
from hub.trade.errors import DeclarationReferenceDiffers
from hub.trade.model.declarations import CustomsDeclaration, DeclarationEvent, DeclarationState
from hub.trade.policy.declarations import standing, with_event

FLOW = "record_declarations"

_ANSWER: Final = "answer"
"""The reference of the event that the refusal of a declaration is."""


class DeclarationAnswer(Struct, frozen=True):
    """What a customs account answered to a declaration: its reference, or why it is rejected, which is empty if not."""

    declaration_id: UUID
    customs_reference: str = ""
    rejected: str = ""


class _Known(Struct, frozen=True):
    """Declarations by id, which change, with the ids that references of customs name."""

    loaded: Loaded
    by_id: dict[UUID, CustomsDeclaration]

    def of_reference(self, account_id: str, reference: str) -> list[CustomsDeclaration]:
        """The declarations that have a reference of customs, of an account where one is named."""
        return [
            one
            for one in self.by_id.values()
            if reference and one.customs_reference == reference and account_id in ("", one.account_id)
        ]

    def named(self, event: DeclarationEvent) -> CustomsDeclaration:
        """The declaration that an event is about. Raises DeclarationNotFound and DeclarationReferenceDiffers."""
        if event.declaration_id is not None:
            found = [one for one in (self.by_id.get(event.declaration_id),) if one is not None]
        else:
            found = self.of_reference(event.account_id, event.customs_reference)
        if len(found) != 1 or event.account_id not in ("", found[0].account_id):
            raise not_found(event.declaration_id or event.customs_reference)
        if found[0].order_id not in self.loaded.cases:
            raise not_found(event.declaration_id or event.customs_reference)
        self.refuse_taken(found[0], event.customs_reference)
        return found[0]

    def refuse_taken(self, declaration: CustomsDeclaration, reference: str) -> None:
        """Raise DeclarationReferenceDiffers where another declaration of the account has a reference of customs."""
        for other in self.of_reference(declaration.account_id, reference):
            if other.declaration_id != declaration.declaration_id:
                raise DeclarationReferenceDiffers(
                    f"Reference {reference} is of declaration {other.declaration_id}, not of"
                    f" {declaration.declaration_id}.",
                    customs_reference=reference,
                    declaration_id=declaration.declaration_id,
                )


async def record_declaration_events(
    flow: FlowContext, events: Sequence[DeclarationEvent]
) -> list[CustomsDeclaration | Refusal]:
    """Takes what customs says of declarations; a repeat changes nothing, a late event counts as of when it happened.

    Refuses DECLARATION_NOT_FOUND, DECLARATION_NOT_ALLOWED, DECLARATION_REFERENCE_DIFFERS, REFERENCE_REUSED,
    INSTANT_IMPLAUSIBLE.
    """
    ids = [event.declaration_id for event in events if event.declaration_id]
    known = await _known(flow, ids, [event.customs_reference for event in events])
    answers: list[CustomsDeclaration | Refusal] = []
    for event in events:
        try:
            answers.append(_recorded(flow, known, event))
        except Refusal as refusal:
            answers.append(refusal)
    await _save(flow, known)
    return answers


async def take_declaration_answers(flow: FlowContext, told: Sequence[DeclarationAnswer]) -> list[None]:
    """Takes the answers of customs accounts: the declaration is DECLARED, or REJECTED."""
    known = await _known(flow, [one.declaration_id for one in told], [one.customs_reference for one in told])
    for one in told:
        before = known.by_id[one.declaration_id]
        case = known.loaded.cases[before.order_id]
        if one.rejected:
            event = DeclarationEvent(DeclarationState.REJECTED, flow.at, _ANSWER, why=one.rejected)
            after = with_event(before, event)
        else:
            reference = _believed(flow, known, before, one.customs_reference)
            after = standing(replace(before, answered=True, customs_reference=before.customs_reference or reference))
        known.by_id[one.declaration_id] = after
        declaring.changed(case, before, after, flow.at, flow.at)
    await _save(flow, known)
    return [None] * len(told)


async def name_silent(flow: FlowContext, declarations: Sequence[UUID]) -> list[None]:
    """Opens an exception for each declaration of which customs said nothing new in time."""
    known = await _known(flow, declarations, [])
    for declaration in known.by_id.values():
        declaring.name_silent(known.loaded.cases[declaration.order_id], declaration, flow.at)
    await save(flow, FLOW, known.loaded)
    return [None] * len(declarations)


def _recorded(flow: FlowContext, known: _Known, event: DeclarationEvent) -> CustomsDeclaration:
    before = known.named(event)
    case = known.loaded.cases[before.order_id]
    shipment = next(one for one in case.shipments if one.shipment_id == before.shipment_id)
    refuse_implausible(case, event.occurred_at, flow.at)
    refuse_before(event.occurred_at, [shipment.shipped_at], "the parcel left")
    after = with_event(before, event)
    known.by_id[before.declaration_id] = after
    declaring.changed(case, before, after, event.occurred_at, flow.at)
    return after


def _believed(flow: FlowContext, known: _Known, declaration: CustomsDeclaration, reference: str) -> str:
    """The reference that customs gives a declaration; none, and an exception, where another one has it."""
    try:
        known.refuse_taken(declaration, reference)
    except DeclarationReferenceDiffers as refusal:
        case = known.loaded.cases[declaration.order_id]
        detail = (
            f"{declaration.account_id} answered: {refusal.message} Ask customs, and record the right one with"
            f" crossdock declarations --record {declaration.declaration_id} --state ACCEPTED --reference REFERENCE."
        )
        subject = str(declaration.declaration_id)
        case.open_exception(ExceptionReason.DECLARATION_CONTRADICTED, subject, detail, None, flow.at)
        return ""
    return reference


async def _known(flow: FlowContext, ids: Sequence[UUID], references: Sequence[str]) -> _Known:
    """Declarations of ids and references, read once their orders are locked."""
    wanted = sorted(set(ids)), sorted(set(references) - {""})
    await trade.lock_references(flow.tx, wanted[1])
    found = await trade.declarations_named(flow.tx, *wanted)
    loaded = await load(flow, FLOW, [one.order_id for one in found])
    locked = await trade.declarations_named(flow.tx, *wanted)
    return _Known(loaded, {one.declaration_id: one for one in locked})


async def _save(flow: FlowContext, known: _Known) -> None:
    changed = [one for one in known.by_id.values() if one.order_id in known.loaded.cases]
    await trade.save_declarations(flow.tx, changed)
    await save(flow, FLOW, known.loaded)
