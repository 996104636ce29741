"""The life of a reservation. What became of its units is counted beside it; only a LIVE one holds any."""

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
