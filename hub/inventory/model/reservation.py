"""Reservations as values, and what is decided of them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from uuid import UUID

from msgspec import Struct, field

from hub.inventory.lifecycle import ReservationAction, ReservationState
from hub.inventory.model import StockKey
from hub.kernel.instant import Instant


class ReservationKind(Enum):
    """Where the units of a reservation may be: at any node of its channel, or at one."""

    FLOATING = "FLOATING"
    BOUND = "BOUND"


class ReservedLine(Struct, frozen=True):
    """What became of the units of a SKU: live, released, expired and consumed sum to the quantity."""

    sku: str
    quantity: int
    live: int
    released: int = 0
    expired: int = 0
    consumed: int = 0


class Reservation(Struct, frozen=True):
    """A soft claim: `claims` are the units it holds now, by (sku, node), part of what is reserved in stock there.

    From `expires_at` on its units are free, whenever they are taken back. It can be extended up to `latest_at`.
    `principal` made it; `buyer_index` is a keyed hash of who it is for, None where nobody was named.
    """

    reservation_id: UUID
    channel_id: str
    seller_id: str
    principal: str
    kind: ReservationKind
    lines: tuple[ReservedLine, ...]
    made_at: Instant
    expires_at: Instant
    latest_at: Instant
    claims: Mapping[StockKey, int] = field(default_factory=dict)
    node_id: str | None = None
    buyer_index: bytes | None = None
    state: ReservationState = ReservationState.LIVE
    version: int = 1
    order_id: UUID | None = None

    @property
    def live(self) -> int:
        """Units it holds."""
        return sum(line.live for line in self.lines)

    def state_at(self, at: Instant) -> ReservationState:
        """Its state at an instant: EXPIRED from its end on, also while nobody took its units back yet."""
        over = self.state is ReservationState.LIVE and self.expires_at <= at
        return ReservationState.EXPIRED if over else self.state


class ReservationChange(Struct, frozen=True):
    """What happened to a reservation: how it stands now, units given back by (sku, node), and why."""

    after: Reservation
    given_back: Mapping[StockKey, int]
    action: ReservationAction
    reason: str = ""


class Consumption(Struct, frozen=True):
    """An order takes a reservation as it was read, using so many units of each SKU; the others are given back."""

    reservation: Reservation
    used: Mapping[str, int]
    order_id: UUID


class HoldingLimit(Struct, frozen=True):
    """What one holder, ("client" or "buyer", name), may hold by reservations at once; 0 is no limit."""

    holder: tuple[str, str]
    reservations: int = 0
    units: int = 0


class Holding(Struct, frozen=True):
    """What a holder holds by reservations, and when the first of them ends."""

    reservations: int = 0
    units: int = 0
    first_end_at: Instant | None = None


class Wanted(Struct, frozen=True):
    """A reservation to make, without claims yet: the nodes where its units may be, the limits it is under.

    `floors`: units that it must leave for others.
    """

    reservation: Reservation
    node_ids: tuple[str, ...]
    limits: tuple[HoldingLimit, ...] = ()
    floors: Mapping[StockKey, int] = field(default_factory=dict)


class LimitReached(Struct, frozen=True):
    """Whose limit a reservation would break, and what is held under it."""

    limit: HoldingLimit
    held: Holding


class ReservationFilter(Struct, frozen=True):
    """What a listing asks for; every field given must match. `state` is that at `at`."""

    at: Instant
    channel_id: str = ""
    state: ReservationState | None = None
    sku: str = ""
    node_id: str = ""
    buyer_index: bytes = b""
