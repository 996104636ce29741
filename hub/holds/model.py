"""Holds as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


BEFORE_RELEASE: Final = frozenset({Operation.RELEASE, Operation.CAPTURE})
"""What a hold on a new order blocks: its stock stays claimed, nothing is handed over or charged."""


class WithheldNotice(Struct, frozen=True):
    """What a customer is told when the hold that blocks it ends: a template, what it is about, and its values."""

    template: str
    subject: UUID
    values: Mapping[str, str]


class Hold(Struct, frozen=True):
    """Why an order may not go on; `reason` is one sentence for people without personal data.

    At `expires_at` it ends by itself.
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


def blocking(holds: Iterable[Hold], operation: Operation) -> Hold | None:
    """The first active hold that blocks an operation."""
    return next((hold for hold in holds if hold.status is HoldStatus.ACTIVE and operation in hold.blocks), None)
