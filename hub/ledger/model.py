"""Postings as values."""

from __future__ import annotations

from enum import Enum
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant


class Account(Enum):
    """Accounts of an order's money; debit is positive."""

    CUSTOMER = "customer"
    REVENUE = "revenue"
    TAX = "tax"
    CASH = "cash"
    CHANNEL_CLEARING = "channel_clearing"
    PREPAYMENT = "prepayment"
    RECEIVABLE = "receivable"
    UNCOLLECTABLE = "uncollectable"
    FEES = "fees"
    APPEASEMENT = "appeasement"
    STORE_CREDIT = "store_credit"
    EXCHANGE = "exchange"
    PAYABLE = "payable"


class Posting(Struct, frozen=True):
    """A set of entries (account, signed minor units) that sums to zero, for one cause, once."""

    posting_id: UUID
    order_id: UUID
    cause: str
    currency: str
    entries: tuple[tuple[Account, int], ...]
    at: Instant
