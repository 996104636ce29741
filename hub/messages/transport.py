"""What carriers and transport systems are asked: to follow parcels, where they are, and for labels."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant
from hub.kernel.money import Money


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


class CustomsGoods(Struct, frozen=True):
    """Goods of one kind in a parcel that crosses a customs border: what all units weigh in grams, and cost."""

    description: str
    hs_code: str
    origin: str
    quantity: int
    net_grams: int
    value: Money


class Customs(Struct, frozen=True):
    """What customs must know of a parcel; `registrations` map the kind of a number of the seller to the number."""

    goods: tuple[CustomsGoods, ...]
    incoterm: str
    registrations: dict[str, str]


class BuyLabel(Struct, frozen=True):
    """Asks to sell the label of a parcel: grams, millimeters (0: not known), and PDF, PNG or ZPL.

    The message's id is the label's.
    """

    KIND: ClassVar[str] = "transport.label"

    order_id: UUID
    fulfillment_order_id: UUID
    ship_to_party_id: UUID
    service_code: str
    sender: Sender
    weight_grams: int
    length_mm: int
    width_mm: int
    height_mm: int
    format: str
    customs: Customs | None = None


class RefundLabel(Struct, frozen=True):
    """Asks to take a label back that no parcel left with."""

    KIND: ClassVar[str] = "transport.refund_label"

    order_id: UUID
    fulfillment_order_id: UUID
    label_id: UUID
    tracking_number: str


class LabelSold(Struct, frozen=True):
    """What a partner says of a label that it sold. The document goes to its person, and is kept with no message.

    Shown by `repr` without its content, so that no log carries it.
    """

    tracking_number: str
    document: bytes
    cost: Money
    carrier_code: str = ""

    def __repr__(self) -> str:
        return "LabelSold()"
