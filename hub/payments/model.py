"""Instruments and transactions as values."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from hub.inbox.model import SourceSequence
from hub.kernel.enums import QuickEnum
from hub.kernel.instant import Instant


class Holder(QuickEnum):
    """Who holds the money of an instrument; with RETURN goods that come back are the means of payment.

    The `reference` of a RETURN instrument is the return, its `token` says ACCEPTED once it is known what they bring.
    """

    HUB = "HUB"
    CHANNEL = "CHANNEL"
    TERMS = "TERMS"
    RETURN = "RETURN"


class TransactionKind(QuickEnum):
    """What a transaction does.

    AUTHORIZATION, CAPTURE and REVERSAL are asked of a provider. PREPAYMENT was taken by the channel, APPLICATION uses
    some of it for a shipment, PREPAYMENT_REFUND gives back what no shipment uses (asked of the channel). RECEIVABLE
    invoices a shipment on terms, UNCOLLECTABLE is shipped value that nothing covers. CREDIT is what a customer is owed;
    REFUND (asked of a provider), CHANNEL_REFUND (asked of the channel), CREDIT_NOTE (less to pay on terms),
    STORE_CREDIT, EXCHANGED (paid with other goods), OFFSET (against what nothing covered) and UNREFUNDED (no instrument
    takes it back) say how it is paid out. TRADE_IN pays for a shipment with goods that come back: REQUESTED until they
    do. CHARGEBACK takes a captured amount back by a dispute: REQUESTED while that is open, SUCCEEDED once it is lost,
    FAILED once it is won; nobody is asked for it. REMITTANCE is what a customer paid of invoices on terms, WRITE_OFF
    what the seller gave up of them.
    """

    AUTHORIZATION = "AUTHORIZATION"
    CAPTURE = "CAPTURE"
    REVERSAL = "REVERSAL"
    PREPAYMENT = "PREPAYMENT"
    APPLICATION = "APPLICATION"
    PREPAYMENT_REFUND = "PREPAYMENT_REFUND"
    RECEIVABLE = "RECEIVABLE"
    UNCOLLECTABLE = "UNCOLLECTABLE"
    CREDIT = "CREDIT"
    REFUND = "REFUND"
    CHANNEL_REFUND = "CHANNEL_REFUND"
    CREDIT_NOTE = "CREDIT_NOTE"
    STORE_CREDIT = "STORE_CREDIT"
    EXCHANGED = "EXCHANGED"
    OFFSET = "OFFSET"
    UNREFUNDED = "UNREFUNDED"
    TRADE_IN = "TRADE_IN"
    CHARGEBACK = "CHARGEBACK"
    REMITTANCE = "REMITTANCE"
    WRITE_OFF = "WRITE_OFF"


class TransactionState(QuickEnum):
    """How far a transaction is."""

    REQUESTED = "REQUESTED"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    UNKNOWN = "UNKNOWN"


class Instrument(Struct, frozen=True):
    """A means of payment of an order, used in the order of `rank`, for at most `amount_minor`.

    One with a `balance_id` is paid from a balance that the hub keeps: no provider is asked. One that `takes_rest` was
    stated without an amount: it also pays what balances before it lack. One on terms with a `credit_account_id` counts
    against the limit of that account of the seller.
    """

    instrument_id: UUID
    order_id: UUID
    rank: int
    holder: Holder
    kind: str
    amount_minor: int
    account_id: str | None = None
    token: str = ""
    reference: str = ""
    balance_id: UUID | None = None
    takes_rest: bool = False
    credit_account_id: str = ""


class Transaction(Struct, frozen=True):
    """One step of money; `transaction_id` is the key under which the provider knows the request.

    `credit_id` is the credit it pays out, `capture_id` the capture that a refund or chargeback gives back,
    `authorization_id` the authorization that a capture or reversal is of. At `expires_at` an authorization ends by
    itself, and the time for evidence against a chargeback. The `failure_code` of a chargeback is its reason.
    `action_url` is where the customer confirms one that is requested.
    `adopted`: it happened before the hub had the order; nobody was asked for it.
    """

    transaction_id: UUID
    order_id: UUID
    instrument_id: UUID | None
    kind: TransactionKind
    state: TransactionState
    amount_minor: int
    created_at: Instant
    shipment_id: UUID | None = None
    provider_reference: str = ""
    failure_code: str = ""
    expires_at: Instant | None = None
    credit_id: UUID | None = None
    capture_id: UUID | None = None
    adopted: bool = False
    authorization_id: UUID | None = None
    action_url: str = ""


PARTLY_MOVED = "PARTLY_MOVED"
"""Failure code of a step that a holder of money did for less than it was asked: its amount is what was moved."""
NOT_MOVED = "NOT_MOVED"
"""Failure code of the rest of such a step. Nobody is asked for it again."""

PARTIAL_REVERSAL = "partial_reversal"
"""Failure code of a reversal by a provider that gives back an authorization as a whole only."""


class PaymentEventKind(QuickEnum):
    """What a provider notifies of a transaction."""

    AUTHORIZED = "AUTHORIZED"
    DECLINED = "DECLINED"
    CAPTURED = "CAPTURED"
    CAPTURE_FAILED = "CAPTURE_FAILED"
    REVERSED = "REVERSED"
    REVERSAL_FAILED = "REVERSAL_FAILED"
    REFUNDED = "REFUNDED"
    REFUND_FAILED = "REFUND_FAILED"
    DISPUTED = "DISPUTED"
    DISPUTE_WON = "DISPUTE_WON"
    DISPUTE_LOST = "DISPUTE_LOST"


class PaymentReport(Struct, frozen=True):
    """What a provider notified of a transaction. `waits`: where there is none such yet, it is kept until there is.

    Without an amount, in minor units of `currency`, all that was asked was moved. `fee_minor`, in minor units of
    `fee_currency`, is charged for a lost dispute.
    """

    transaction_id: UUID
    kind: PaymentEventKind
    occurred_at: Instant
    reference: str = ""
    failure_code: str = ""
    expires_at: Instant | None = None
    sequence: SourceSequence | None = None
    waits: bool = False
    amount_minor: int | None = None
    currency: str = ""
    fee_minor: int = 0
    fee_currency: str = ""


class Payments(Struct, frozen=True):
    """All money of one order."""

    currency: str
    instruments: tuple[Instrument, ...] = ()
    transactions: tuple[Transaction, ...] = ()
