"""Instruments, transactions and sums of money of an order on the wire."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from crossdock.payments.v1 import payments_pb2 as pb
from hub.kernel.errors import InvalidField
from hub.kernel.instant import Instant
from hub.kernel.money import LARGEST_MINOR
from hub.payments.model import (
    Instrument,
    PaymentEventKind,
    PaymentReport,
    Payments,
    Transaction,
    TransactionKind,
    TransactionState,
)
from hub.payments.policy import summed
from hub.wire.enums import Names
from hub.wire.feeds import sequence_from_pb
from hub.wire.instants import instant_to_pb, optional_instant
from hub.wire.money import money_from_pb
from hub.wire.orders.drafts import HOLDERS
from hub.wire.prices import minor_to_pb

TRANSACTION_KINDS: Final = Names(TransactionKind, pb.TransactionKind, "TRANSACTION_KIND")
EVENT_KINDS: Final = Names(PaymentEventKind, pb.PaymentEventKind, "PAYMENT_EVENT_KIND")
TRANSACTION_STATES: Final = Names(TransactionState, pb.TransactionState, "TRANSACTION_STATE")

_DISPUTES: Final = frozenset({PaymentEventKind.DISPUTED, PaymentEventKind.DISPUTE_WON, PaymentEventKind.DISPUTE_LOST})
_DONE: Final = frozenset({TransactionState.SUCCEEDED})
_ASKED: Final = frozenset({TransactionState.REQUESTED, TransactionState.UNKNOWN})


def payments_to_pb(payments: Payments) -> pb.GetPaymentsResponse:
    """All money of one order; steps that are not asked of a provider stand in the sums only."""
    transactions, currency = payments.transactions, payments.currency
    return pb.GetPaymentsResponse(
        instruments=[_instrument(payments, one) for one in sorted(payments.instruments, key=lambda one: one.rank)],
        transactions=[
            _transaction(transaction, currency) for transaction in transactions if transaction.kind in TRANSACTION_KINDS
        ],
        captured=minor_to_pb(_captured(payments, None), currency),
        capture_requested=minor_to_pb(summed(transactions, TransactionKind.CAPTURE, _ASKED), currency),
        receivable=minor_to_pb(summed(transactions, TransactionKind.RECEIVABLE, _DONE), currency),
        uncollectable=minor_to_pb(summed(transactions, TransactionKind.UNCOLLECTABLE, _DONE), currency),
        credited=minor_to_pb(summed(transactions, TransactionKind.CREDIT, _DONE), currency),
        refunded=minor_to_pb(_refunded(payments, _DONE), currency),
        refund_requested=minor_to_pb(_refunded(payments, _ASKED), currency),
    )


def payment_report_from_pb(message: pb.PaymentEvent, now: Instant) -> PaymentReport:
    """What a provider notified; `now` where it does not say when.

    Raises InvalidField for an amount that is none, and for a dispute without a reference.
    """
    kind = EVENT_KINDS.from_pb(message.kind, "kind")
    if kind in _DISPUTES and not message.provider_reference:
        raise InvalidField("A dispute needs its provider_reference.", provider_reference="missing")
    moved = money_from_pb(message.amount, field="amount") if message.HasField("amount") else None
    if moved is not None and not 0 < moved.minor <= LARGEST_MINOR:
        raise InvalidField("amount is out of range; state what was moved.", amount="out of range")
    fee = money_from_pb(message.fee, field="fee") if message.HasField("fee") else None
    if fee is not None and not 0 <= fee.minor <= LARGEST_MINOR:
        raise InvalidField("fee is out of range; state what the provider charges.", fee="out of range")
    return PaymentReport(
        transaction_id=UUID(message.transaction_id),
        kind=kind,
        occurred_at=optional_instant(message, "occur_time") or now,
        reference=message.provider_reference,
        failure_code=message.failure_code,
        expires_at=optional_instant(message, "expire_time"),
        sequence=sequence_from_pb(message),
        waits=True,
        amount_minor=moved.minor if moved else None,
        currency=moved.currency if moved else "",
        fee_minor=fee.minor if fee else 0,
        fee_currency=fee.currency if fee else "",
    )


def transaction_to_pb(transaction: Transaction, currency: str) -> pb.Transaction:
    """One step of money as a message."""
    return _transaction(transaction, currency)


def _captured(payments: Payments, instrument: Instrument | None) -> int:
    """Taken for shipments: captured by the provider, or used up of what the channel took."""
    kinds = (TransactionKind.CAPTURE, TransactionKind.APPLICATION)
    return sum(summed(payments.transactions, kind, _DONE, instrument) for kind in kinds)


def _refunded(payments: Payments, states: frozenset[TransactionState], instrument: Instrument | None = None) -> int:
    kinds = (TransactionKind.REFUND, TransactionKind.CHANNEL_REFUND, TransactionKind.CREDIT_NOTE)
    return sum(summed(payments.transactions, kind, states, instrument) for kind in kinds)


def _instrument(payments: Payments, instrument: Instrument) -> pb.Instrument:
    granted = sum(
        summed(payments.transactions, kind, _DONE, instrument)
        for kind in (TransactionKind.AUTHORIZATION, TransactionKind.PREPAYMENT)
    ) - sum(
        summed(payments.transactions, kind, _DONE, instrument)
        for kind in (TransactionKind.REVERSAL, TransactionKind.PREPAYMENT_REFUND)
    )
    return pb.Instrument(
        instrument_id=str(instrument.instrument_id),
        holder=HOLDERS.to_pb(instrument.holder),
        kind=instrument.kind,
        amount=minor_to_pb(instrument.amount_minor, payments.currency),
        authorized=minor_to_pb(granted, payments.currency),
        captured=minor_to_pb(_captured(payments, instrument), payments.currency),
        refunded=minor_to_pb(_refunded(payments, _DONE, instrument), payments.currency),
        balance_id=str(instrument.balance_id or ""),
    )


def _transaction(transaction: Transaction, currency: str) -> pb.Transaction:
    message = pb.Transaction(
        transaction_id=str(transaction.transaction_id),
        instrument_id=str(transaction.instrument_id or ""),
        kind=TRANSACTION_KINDS.to_pb(transaction.kind),
        state=TRANSACTION_STATES.to_pb(transaction.state),
        amount=minor_to_pb(transaction.amount_minor, currency),
        shipment_id=str(transaction.shipment_id or ""),
        provider_reference=transaction.provider_reference,
        failure_code=transaction.failure_code,
        create_time=instant_to_pb(transaction.created_at),
        authorization_id=str(transaction.authorization_id or ""),
    )
    if transaction.state is TransactionState.REQUESTED:
        message.customer_action_url = transaction.action_url
    if transaction.expires_at is not None:
        message.expire_time.CopyFrom(instant_to_pb(transaction.expires_at))
    return message
