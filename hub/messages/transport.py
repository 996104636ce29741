"""What carriers and transport systems are asked: to follow parcels, and where they are."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant


class Sender(Struct, frozen=True):
    """The node that a parcel left, and where it is."""

    name: str
    street_lines: tuple[str, ...]
    city: str
    country_code: str
    region_code: str = ""
    postal_code: str = ""


class RegisterParcel(Struct, frozen=True):
    """Asks to follow a parcel; `promised_at` is the latest day promised for a line in it, None where none was.

    `weight_grams` is 0 where the weight of the parcel is not known.
    """

    KIND: ClassVar[str] = "transport.register"

    shipment_id: UUID
    tracking_number: str
    from_node_id: str
    ship_to_party_id: UUID
    service_code: str
    shipped_at: Instant
    sender: Sender
    promised_at: Instant | None = None
    weight_grams: int = 0


class PullTransport(Struct, frozen=True):
    """Asks a transport account where parcels are since the last time."""

    KIND: ClassVar[str] = "transport.pull"
