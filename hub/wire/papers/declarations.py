"""Declarations to customs on the wire."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from crossdock.trade.v1 import declarations_pb2 as pb
from hub.inbox.policy import masked
from hub.kernel.errors import InvalidField, Refusal
from hub.trade.model.declarations import CustomsDeclaration, DeclarationDocument, DeclarationEvent, DeclarationState
from hub.wire.enums import Names
from hub.wire.instants import instant_from_pb, instant_to_pb
from hub.wire.refusals import refusal_to_pb
from hub.wire.trade import INCOTERMS

STATES: Final = Names(DeclarationState, pb.DeclarationState, "DECLARATION_STATE")
DOCUMENTS: Final = Names(DeclarationDocument, pb.DeclarationDocument, "DECLARATION_DOCUMENT")


def declaration_event_from_pb(message: pb.DeclarationEvent, account_id: str = "") -> DeclarationEvent:
    """What is said of a declaration, by an account where one tells it. Raises InvalidField where it names none."""
    if not message.declaration_id and not message.customs_reference:
        raise InvalidField("State declaration_id or customs_reference.", declaration_id="missing")
    return DeclarationEvent(
        state=STATES.from_pb(message.state, "state"),
        occurred_at=instant_from_pb(message.occur_time, field="occur_time"),
        reference=message.event_reference,
        declaration_id=UUID(message.declaration_id) if message.declaration_id else None,
        customs_reference=message.customs_reference,
        why=masked(message.reason),
        missing_documents=tuple(masked(name) for name in message.missing_documents),
        account_id=account_id,
    )


def declaration_to_pb(declaration: CustomsDeclaration) -> pb.CustomsDeclaration:
    """The declaration as a message."""
    return pb.CustomsDeclaration(
        shipment_id=str(declaration.shipment_id),
        declaration_id=str(declaration.declaration_id),
        order_id=str(declaration.order_id),
        account_id=declaration.account_id,
        state=STATES.to_pb(declaration.state),
        customs_reference=declaration.customs_reference,
        attempt=declaration.attempt,
        declare_time=instant_to_pb(declaration.declared_at),
        lacks=declaration.lacks,
        events=[
            pb.DeclarationEvent(
                declaration_id=str(declaration.declaration_id),
                customs_reference=declaration.customs_reference,
                state=STATES.to_pb(event.state),
                occur_time=instant_to_pb(event.occurred_at),
                event_reference=event.reference,
                reason=event.why,
                missing_documents=event.missing_documents,
            )
            for event in declaration.events
        ],
        incoterm=None if declaration.incoterm is None else INCOTERMS.to_pb(declaration.incoterm),
    )


def result_to_pb(answer: CustomsDeclaration | Refusal) -> pb.DeclarationResult:
    """The declaration as it stands, or why nothing was done."""
    if isinstance(answer, Refusal):
        return pb.DeclarationResult(refusal=refusal_to_pb(answer))
    return pb.DeclarationResult(declaration=declaration_to_pb(answer))
