"""Declarations to customs as values: what was declared of a parcel, and what customs says of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from uuid import UUID

from msgspec import Struct, field

from hub.kernel.instant import Instant
from hub.trade.model.landed_cost import Incoterm


class DeclarationState(Enum):
    """How a declaration stands; RELEASED and REJECTED end it."""

    INCOMPLETE = "INCOMPLETE"
    REQUESTED = "REQUESTED"
    DECLARED = "DECLARED"
    ACCEPTED = "ACCEPTED"
    HELD = "HELD"
    RELEASED = "RELEASED"
    REJECTED = "REJECTED"
    NOT_NEEDED = "NOT_NEEDED"


class DeclarationDocument(Enum):
    """A paper that the hub makes of a parcel."""

    COMMERCIAL_INVOICE = "COMMERCIAL_INVOICE"
    POSTAL_DECLARATION = "POSTAL_DECLARATION"


class DeclarationEvent(Struct, frozen=True):
    """What customs says of a declaration, named by the hub's id or by the reference of customs.

    `reference` is the teller's id of the event. `account_id` is the customs account that tells it, empty where a person
    does. `missing_documents` are named as customs names them.
    """

    state: DeclarationState
    occurred_at: Instant
    reference: str
    declaration_id: UUID | None = None
    customs_reference: str = ""
    why: str = ""
    missing_documents: tuple[str, ...] = ()
    account_id: str = ""


class CustomsDeclaration(Struct, frozen=True):
    """The declaration of a parcel. A parcel has one; another attempt only after the one before is REJECTED.

    `units` are what it declares by line, `before` those of its order that were declared earlier: amounts are counted on
    from them. `answered`: the customs account said that it has the declaration. `lacks` are missing facts.
    """

    declaration_id: UUID
    shipment_id: UUID
    order_id: UUID
    account_id: str
    state: DeclarationState
    declared_at: Instant
    attempt: int = 1
    customs_reference: str = ""
    incoterm: Incoterm | None = None
    units: Mapping[int, int] = field(default_factory=dict)
    before: Mapping[int, int] = field(default_factory=dict)
    answered: bool = False
    lacks: tuple[str, ...] = ()
    events: tuple[DeclarationEvent, ...] = ()
