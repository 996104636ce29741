"""The lives of a reservation and of dated supply.

What became of a reservation's units is counted beside it; only a LIVE one holds any.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final


class ReservationState(Enum):
    """Life of a reservation."""

    LIVE = "LIVE"
    RELEASED = "RELEASED"
    EXPIRED = "EXPIRED"
    CONSUMED = "CONSUMED"


class ReservationAction(Enum):
    """What moves a reservation, once none of its units are left."""

    RELEASE = "RELEASE"
    EXPIRE = "EXPIRE"
    CONSUME = "CONSUME"


TRANSITIONS: Final[Mapping[tuple[ReservationState, ReservationAction], ReservationState]] = {
    (ReservationState.LIVE, ReservationAction.RELEASE): ReservationState.RELEASED,
    (ReservationState.LIVE, ReservationAction.EXPIRE): ReservationState.EXPIRED,
    (ReservationState.LIVE, ReservationAction.CONSUME): ReservationState.CONSUMED,
}
"""(state, action) -> state. It stays LIVE while an action leaves it units."""


class SupplyState(Enum):
    """How far a supply is."""

    EXPECTED = "EXPECTED"
    RECEIVED = "RECEIVED"
    CANCELED = "CANCELED"


class SupplyAction(Enum):
    """What happens to a supply. COMPLETE is the receipt, or the statement, after which nothing more will come."""

    PUT = "PUT"
    SLIP = "SLIP"
    RECEIVE = "RECEIVE"
    COMPLETE = "COMPLETE"
    CANCEL = "CANCEL"


SUPPLY_TRANSITIONS: Final[Mapping[tuple[SupplyState, SupplyAction], SupplyState]] = {
    (SupplyState.EXPECTED, SupplyAction.PUT): SupplyState.EXPECTED,
    (SupplyState.EXPECTED, SupplyAction.SLIP): SupplyState.EXPECTED,
    (SupplyState.EXPECTED, SupplyAction.RECEIVE): SupplyState.EXPECTED,
    (SupplyState.EXPECTED, SupplyAction.COMPLETE): SupplyState.RECEIVED,
    (SupplyState.EXPECTED, SupplyAction.CANCEL): SupplyState.CANCELED,
    (SupplyState.RECEIVED, SupplyAction.RECEIVE): SupplyState.RECEIVED,
    (SupplyState.RECEIVED, SupplyAction.COMPLETE): SupplyState.RECEIVED,
    (SupplyState.RECEIVED, SupplyAction.PUT): SupplyState.EXPECTED,
    (SupplyState.CANCELED, SupplyAction.RECEIVE): SupplyState.CANCELED,
    (SupplyState.CANCELED, SupplyAction.COMPLETE): SupplyState.CANCELED,
    (SupplyState.CANCELED, SupplyAction.PUT): SupplyState.EXPECTED,
}
"""(state, action) -> state. Goods that come are taken in whatever state; a source may announce more of what ended."""
