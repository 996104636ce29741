"""How a declaration stands after all that was said of it, in whatever order it was told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from hub.kernel.errors import ReferenceReused
from hub.trade.errors import DeclarationNotAllowed, DeclarationReferenceDiffers
from hub.trade.model.declarations import CustomsDeclaration, DeclarationDocument, DeclarationEvent, DeclarationState

_S = DeclarationState

ENDED: Final = frozenset({_S.RELEASED, _S.REJECTED, _S.NOT_NEEDED})
"""States in which nothing more is expected of customs."""
AWAITED: Final = frozenset({_S.REQUESTED, _S.DECLARED, _S.ACCEPTED})
"""States in which customs has to say more."""
TAKEN: Final = frozenset({_S.DECLARED, _S.ACCEPTED, _S.HELD})
"""States in which customs has the declaration and decides on it."""
AGAIN: Final = frozenset({_S.INCOMPLETE, _S.REJECTED})
"""States in which a parcel may be declared again."""

_RANK: Final = {_S.ACCEPTED: 0, _S.HELD: 1, _S.RELEASED: 2, _S.REJECTED: 3}
"""What goes first of events that happened at the same instant."""


def standing(declaration: CustomsDeclaration) -> CustomsDeclaration:
    """Return a declaration that was sent, in the state that follows from the answer to it and from its events."""
    state, _ = _played(declaration)
    return replace(declaration, state=state)


def contradictions(declaration: CustomsDeclaration) -> list[str]:
    """Return what customs said of a declaration that cannot be, in words: it does not count."""
    return _played(declaration)[1]


def with_event(declaration: CustomsDeclaration, event: DeclarationEvent) -> CustomsDeclaration:
    """Return a declaration with one more event; the same one again changes nothing.

    Raises ReferenceReused for an event under the reference of another one, DeclarationNotAllowed where nothing was
    declared yet, and DeclarationReferenceDiffers where it names the reference of another declaration.
    """
    if declaration.state in (_S.INCOMPLETE, _S.NOT_NEEDED):
        raise DeclarationNotAllowed(
            f"Declaration {declaration.declaration_id} is {declaration.state.value}: nothing was declared.",
            declaration_id=declaration.declaration_id,
            state=declaration.state.value,
        )
    known = declaration.customs_reference
    if known and event.customs_reference not in ("", known):
        raise DeclarationReferenceDiffers(
            f"Declaration {declaration.declaration_id} has the reference {known}, not {event.customs_reference}.",
            declaration_id=declaration.declaration_id,
            customs_reference=event.customs_reference,
            known_reference=known,
        )
    told = replace(event, declaration_id=declaration.declaration_id, customs_reference="", account_id="")
    before = next((one for one in declaration.events if one.reference == event.reference), None)
    if before is not None and before != told:
        raise ReferenceReused(
            f"Event {event.reference} told something else of declaration {declaration.declaration_id} before.",
            reference=event.reference,
            declaration_id=declaration.declaration_id,
        )
    if before is None:
        declaration = replace(declaration, events=_sorted([*declaration.events, told]))
    return standing(replace(declaration, customs_reference=known or event.customs_reference))


def made_by_hub(missing: Sequence[str]) -> list[DeclarationDocument]:
    """Return which of the documents that customs asks for the hub makes."""
    return [DeclarationDocument[name] for name in missing if name in DeclarationDocument.__members__]


def _sorted(events: Sequence[DeclarationEvent]) -> tuple[DeclarationEvent, ...]:
    return tuple(sorted(events, key=lambda one: (one.occurred_at, _RANK[one.state], one.reference)))


def _played(declaration: CustomsDeclaration) -> tuple[DeclarationState, list[str]]:
    """The state after all events in the order in which they happened, and what of them cannot be."""
    state = _S.DECLARED if declaration.answered else _S.REQUESTED
    accepted, wrong = False, []
    for event in declaration.events:
        if state in ENDED:
            if event.state is not state:
                wrong.append(f"{event.state.value} after it was {state.value}")
        elif event.state is _S.RELEASED and not accepted:
            wrong.append("RELEASED without ever having been ACCEPTED")
        else:
            state = event.state
            accepted = accepted or event.state is _S.ACCEPTED
    return state, wrong
