"""What customs is asked: to take declarations and their documents, and what it made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from hub.messages.transport import Sender


class DeclaredGoods(Struct, frozen=True):
    """Goods of one line: `value_minor` is what all units cost without tax, `net_grams` what they weigh."""

    line_number: int
    sku: str
    description: str
    hs_code: str
    origin: str
    quantity: int
    net_grams: int
    value_minor: int


class DeclareConsignment(Struct, frozen=True):
    """Declares a parcel. Its recipient is looked up just before the call, so that nothing personal is kept here.

    `day` is an ISO date. `form`, `incoterm` and `flow` are names of the trade room's values, `flow` may be empty.
    Amounts are in minor units of `currency`.
    """

    KIND: ClassVar[str] = "customs.declare"

    declaration_id: UUID
    shipment_id: UUID
    order_id: UUID
    fulfillment_order_id: UUID
    order_number: str
    tracking_number: str
    day: str
    form: str
    incoterm: str
    flow: str
    exporter: Sender
    recipient_party_id: UUID
    seller_imports: bool
    goods: tuple[DeclaredGoods, ...]
    currency: str
    freight_minor: int
    registrations: Mapping[str, str]


class AddCustomsDocument(Struct, frozen=True):
    """Hands in a paper of a parcel that was declared; it is drawn just before the call."""

    KIND: ClassVar[str] = "customs.document"

    declared: DeclareConsignment
    document: str
    customs_reference: str = ""


class PullCustoms(Struct, frozen=True):
    """Asks a customs account what it said of declarations since the last time."""

    KIND: ClassVar[str] = "customs.pull"
