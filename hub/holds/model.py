"""Holds as values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant


class HoldType(Enum):
    """Why an order may not go on."""

    FRAUD = "FRAUD"
    PAYMENT = "PAYMENT"
    ADDRESS = "ADDRESS"
    EXPORT_CONTROL = "EXPORT_CONTROL"
    CUSTOMS_DATA = "CUSTOMS_DATA"
    CREDIT_LIMIT = "CREDIT_LIMIT"
    CUSTOMER_CHANGE = "CUSTOMER_CHANGE"
    STOCK_DISCREPANCY = "STOCK_DISCREPANCY"
    MANUAL = "MANUAL"
    UNREAD_FACT = "UNREAD_FACT"
    TAX = "TAX"


class HoldStatus(Enum):
    """Life of a hold."""

    ACTIVE = "ACTIVE"
    RESOLVED = "RESOLVED"
    REJECTED = "REJECTED"
    EXPIRED = "EXPIRED"


class Operation(Enum):
    """What a hold may block."""

    ALLOCATE = "allocate"
    RELEASE = "release"
    SHIP = "ship"
    CAPTURE = "capture"
    REFUND = "refund"
    NOTIFY = "notify"


class HoldScope(Enum):
    """What a hold is of."""

    ORDER = "ORDER"
    LINE = "LINE"
    FULFILLMENT_ORDER = "FULFILLMENT_ORDER"
    INSTRUMENT = "INSTRUMENT"


class AtExpiry(Enum):
    """What becomes of a hold whose time is over."""

    RELEASED = "RELEASED"
    EXCEPTION = "EXCEPTION"


STAYS_AT_EXPIRY: Final = frozenset(
    {HoldType.FRAUD, HoldType.PAYMENT, HoldType.EXPORT_CONTROL, HoldType.CREDIT_LIMIT, HoldType.CUSTOMS_DATA}
)
"""Types that no passing of time answers: at their expiry they stay, and an exception says so. The others end."""

PLACED_BY_HUB: Final = frozenset({HoldType.EXPORT_CONTROL, HoldType.UNREAD_FACT, HoldType.TAX})
"""Types that people may not place: a check of the hub finds their cause, and sees it end."""

BEFORE_RELEASE: Final = frozenset({Operation.RELEASE, Operation.CAPTURE})
"""What a hold on a new order blocks: its stock stays claimed, nothing is handed over or charged."""


class HoldPart(Struct, frozen=True):
    """What of an order is held: of a line the last `quantity` units; fields that the scope does not need are absent."""

    scope: HoldScope = HoldScope.ORDER
    line_number: int | None = None
    quantity: int | None = None
    fulfillment_order_id: UUID | None = None
    instrument_id: UUID | None = None


THE_ORDER: Final = HoldPart()
"""All of an order."""


class WithheldNotice(Struct, frozen=True):
    """What a customer is told when the hold that blocks it ends: a template, what it is about, and its values.

    `fulfillment_order_id` and `line_numbers`: whose goods it is about; none where it is about the order.
    """

    template: str
    subject: UUID
    values: Mapping[str, str]
    fulfillment_order_id: UUID | None = None
    line_numbers: tuple[int, ...] = ()


class Hold(Struct, frozen=True):
    """Why an order may not go on; `reason` is one sentence for people without personal data.

    `scope`: of the whole order; of the last `quantity` units of line `line_number`; of a fulfillment order; or of an
    instrument. Goods belong to no instrument: for allocate, release, ship and notify a hold of one is of the order.
    `owner` is who must decide. At `expires_at` it ends by itself, or stays and is named: see `at_expiry`.
    `credit_ids` are credits that it keeps from being paid out, where it is of part of the order.
    """

    hold_id: UUID
    order_id: UUID
    type: HoldType
    status: HoldStatus
    reason: str
    blocks: frozenset[Operation]
    created_at: Instant
    expires_at: Instant | None = None
    note: str = ""
    withheld: tuple[WithheldNotice, ...] = ()
    scope: HoldScope = HoldScope.ORDER
    line_number: int | None = None
    quantity: int | None = None
    fulfillment_order_id: UUID | None = None
    instrument_id: UUID | None = None
    owner: str = ""
    credit_ids: tuple[UUID, ...] = ()

    @property
    def part(self) -> HoldPart:
        """What of the order it is of."""
        return HoldPart(self.scope, self.line_number, self.quantity, self.fulfillment_order_id, self.instrument_id)

    @property
    def at_expiry(self) -> AtExpiry:
        """What becomes of it when its time is over, by its type."""
        return AtExpiry.EXCEPTION if self.type in STAYS_AT_EXPIRY else AtExpiry.RELEASED
