"""What sales channels are told: progress of orders, refunds of money they took, stock they may sell."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant


class Progress(Enum):
    """What happened to units of an order, as channels hear it."""

    CONFIRMED = "CONFIRMED"
    SHIPPED = "SHIPPED"
    CANCELED = "CANCELED"
    DELIVERED = "DELIVERED"
    TRACKING = "TRACKING"
    SHORT = "SHORT"
    REFUNDED = "REFUNDED"


class ProgressLine(Struct, frozen=True, omit_defaults=True):
    """Units of an order line. `waiting_quantity` of them wait for stock; `promised_at` is the day promised."""

    line_number: int
    sku: str
    quantity: int
    channel_line_reference: str
    waiting_quantity: int = 0
    promised_at: Instant | None = None


class Package(Struct, frozen=True):
    """A pallet, carton or parcel with the units in it; `kind` is the node's word for it."""

    reference: str
    kind: str
    tracking_number: str
    lines: tuple[ProgressLine, ...]


class ReportProgress(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Tells of progress of units. What does not belong to `progress` is left at its default.

    `amount_minor` is what was given back, in minor units of `currency`; `reason` says why units were canceled, are
    short or were paid back; `carrier_state` is where the parcel is.
    """

    KIND: ClassVar[str] = "channel.report"

    order_id: UUID
    channel_reference: str
    progress: Progress
    lines: tuple[ProgressLine, ...]
    tracking_number: str
    occurred_at: Instant | None = None
    shipment_reference: str = ""
    service_code: str = ""
    packages: tuple[Package, ...] = ()
    carrier_state: str = ""
    reason: str = ""
    amount_minor: int | None = None
    currency: str = ""
    carrier_code: str = ""
    carrier_name: str = ""
    weight_grams: int = 0
    tracking_url: str = ""


class RefundByChannel(Struct, frozen=True):
    """Asks the channel to give back money that it took; `payment_reference` is its name of the payment."""

    KIND: ClassVar[str] = "channel.refund"

    order_id: UUID
    transaction_id: UUID
    amount_minor: int
    currency: str
    channel_reference: str
    payment_reference: str


class StockLevel(Struct, frozen=True):
    """Units of a SKU that the channel may sell."""

    sku: str
    available: int


class PublishStock(Struct, frozen=True):
    """Tells what can be sold."""

    KIND: ClassVar[str] = "channel.stock"

    levels: tuple[StockLevel, ...]
