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
    DISPUTED = "disputed"
    CHARGEBACK = "chargeback"
    CHARGEBACK_FEE = "chargeback_fee"
    PAYABLE = "payable"
    CUSTOMS = "customs"
    IMPORT_VARIANCE = "import_variance"
    BAD_DEBT = "bad_debt"


class Posting(Struct, frozen=True):
    """A set of entries (account, signed minor units) that sums to zero, for one cause, once."""

    posting_id: UUID
    order_id: UUID
    cause: str
    currency: str
    entries: tuple[tuple[Account, int], ...]
    at: Instant


class EntryKind(Enum):
    """What an entry of a settlement report is about."""

    CAPTURE = "CAPTURE"
    REFUND = "REFUND"
    CHARGEBACK = "CHARGEBACK"


class SettlementEntry(Struct, frozen=True):
    """What a provider says to have settled: `amount_minor` without fees, asked for under `operation_key`."""

    reference: str
    kind: EntryKind
    operation_key: str
    amount_minor: int
    currency: str


class SettlementReport(Struct, frozen=True):
    """A provider's report about an account. It must settle all that was asked from `since` and before `until`."""

    account_id: str
    reference: str
    entries: tuple[SettlementEntry, ...]
    since: Instant | None = None
    until: Instant | None = None


class BookedStep(Struct, frozen=True):
    """A capture, refund or chargeback in the ledger; `booked` is what it moved, None where it has not succeeded."""

    operation_key: str
    account_id: str
    kind: EntryKind
    currency: str
    booked_minor: int | None


class DifferenceKind(Enum):
    """How a settlement report and the ledger differ."""

    UNKNOWN = "UNKNOWN"
    OTHER_ACCOUNT = "OTHER_ACCOUNT"
    OTHER_KIND = "OTHER_KIND"
    NOT_BOOKED = "NOT_BOOKED"
    OTHER_CURRENCY = "OTHER_CURRENCY"
    OTHER_AMOUNT = "OTHER_AMOUNT"
    SETTLED_TWICE = "SETTLED_TWICE"
    ENTRY_CHANGED = "ENTRY_CHANGED"
    NOT_SETTLED = "NOT_SETTLED"


class Difference(Struct, frozen=True):
    """One difference: the entry, empty where there is none, the key of what was asked, and a sentence for people."""

    kind: DifferenceKind
    entry_reference: str
    operation_key: str
    detail: str
