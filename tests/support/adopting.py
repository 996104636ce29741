"""Orders of an old system as tests state them, and what its payment provider knows of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from adapters.double_payment import vault
from adapters.double_payment.policy import Authorization
from hub.cases.adoption.adoption import AdoptedMoney, AdoptedShipment, AdoptedUnits, Adoption
from hub.fulfillment.model import FulfillmentLine
from hub.orders.model import Draft
from hub.slices.lifecycle import SliceState
from tests.support.drafts import draft, line, minor
from tests.support.world import TUESDAY, World

YESTERDAY = TUESDAY - timedelta(days=1)
_NANOS_A_CENT = 10_000_000


def units(
    state: SliceState, quantity: int, node_id: str = "", reference: str = "", line_number: int = 1
) -> AdoptedUnits:
    """Units that have not left."""
    return AdoptedUnits(line_number, state, quantity, node_id, reference)


def left(
    reference: str, quantity: int, *, delivered: bool = False, line_number: int = 1, **changes: Any
) -> AdoptedShipment:
    """A parcel that left DC-NL yesterday."""
    given: dict[str, Any] = {
        "reference": reference,
        "node_id": "DC-NL",
        "lines": (FulfillmentLine(line_number, quantity),),
        "shipped_at": YESTERDAY,
        "tracking_number": f"OLD-{reference}",
        "delivered_at": TUESDAY if delivered else None,
        "work_reference": "OLD-FO",
    } | changes
    return AdoptedShipment(**given)


def money(authorized: str = "0", captured: str = "0", refunded: str = "0", number: int = 1) -> AdoptedMoney:
    """What happened to a card, in euros."""
    return AdoptedMoney(
        number, minor(authorized), minor(captured), minor(refunded), "AUTH-OLD", TUESDAY + timedelta(days=6)
    )


def standing(
    reference: str,
    stated: Sequence[AdoptedUnits] = (),
    shipments: Sequence[AdoptedShipment] = (),
    *,
    card: AdoptedMoney | None = None,
    order: Draft | None = None,
    **changes: Any,
) -> Adoption:
    """An order of 5 shirts at 20.00 and 4.95 of shipping, paid by card, as it stands elsewhere."""
    made = order or draft(reference, [line("SHIRT", 5, "20.00")], shipping="4.95")
    cards = () if card is None else (card,)
    return Adoption(made, tuple(stated), tuple(shipments), cards, **changes)


def provider_knows(world: World, authorized: str, captured: str) -> None:
    """Has the payment stand-in know the authorization of the old system."""
    known = Authorization(
        reference="AUTH-OLD",
        currency="EUR",
        amount=minor(authorized) * _NANOS_A_CENT,
        captured=minor(captured) * _NANOS_A_CENT,
        reversed=0,
        expires_at=TUESDAY + timedelta(days=6),
    )
    with sqlite3.connect(world.doubles.file("double_payment")) as connection:
        vault.save(connection, "cards", known)


def heard(world: World) -> list[str]:
    """Kinds of all effects at all partners."""
    return [one.kind for name in world.doubles.addresses if name.startswith("double_") for one in world.effects(name)]
