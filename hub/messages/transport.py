"""What carriers and transport systems are asked: to follow parcels, and where they are."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant


class RegisterParcel(Struct, frozen=True):
    """Asks to follow a parcel; `promised_at` is the latest day promised for a line in it, None where none was."""

    KIND: ClassVar[str] = "transport.register"

    shipment_id: UUID
    tracking_number: str
    from_node_id: str
    ship_to_party_id: UUID
    service_code: str
    shipped_at: Instant
    promised_at: Instant | None = None


class PullTransport(Struct, frozen=True):
    """Asks a transport account where parcels are since the last time."""

    KIND: ClassVar[str] = "transport.pull"
