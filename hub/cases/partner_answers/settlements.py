"""Captures, reversals and refunds that a provider has answered, or notified of: each is settled once."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.fulfillment.endings import end_if_done
from hub.cases.money import money, refunds
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.payments.model import Transaction, TransactionKind, TransactionState

OPEN: Final = frozenset({TransactionState.REQUESTED, TransactionState.UNKNOWN})
"""States in which a provider still owes an answer."""

_EVENTS: Final = {
    (TransactionKind.CAPTURE, False): "PaymentCaptured",
    (TransactionKind.CAPTURE, True): "CaptureFailed",
    (TransactionKind.REVERSAL, False): "PaymentReversed",
    (TransactionKind.REVERSAL, True): "ReversalFailed",
    (TransactionKind.PREPAYMENT_REFUND, False): "PaymentRefunded",
    (TransactionKind.PREPAYMENT_REFUND, True): "RefundFailed",
    (TransactionKind.REFUND, False): "PaymentRefunded",
    (TransactionKind.REFUND, True): "RefundFailed",
    (TransactionKind.CHANNEL_REFUND, False): "PaymentRefunded",
    (TransactionKind.CHANNEL_REFUND, True): "RefundFailed",
}


def transaction_of(case: Case, transaction_id: UUID) -> Transaction | None:
    """One transaction of a case."""
    return next(
        (transaction for transaction in case.payments.transactions if transaction.transaction_id == transaction_id),
        None,
    )


def settle(
    flow: FlowContext, case: Case, asked: Transaction, *, reference: str, failure_code: str, occurred_at: Instant
) -> None:
    """Takes what became of a capture, reversal or refund; of one that is settled, or of another kind, nothing."""
    event_type = _EVENTS.get((asked.kind, bool(failure_code)))
    if asked.state not in OPEN or event_type is None:
        return
    taken = refunds.refund_answered if asked.kind in refunds.ASKED else money.answered
    taken(case, asked, failure_code=failure_code, reference=reference, at=flow.at)
    case.happened(
        event_type,
        occurred_at,
        amount=str(Money(asked.amount_minor, case.order.currency)),
        transaction_id=asked.transaction_id,
        reference=reference,
        code=failure_code,
    )
    channel = flow.network.channel(case.order.channel_id)
    refunds.pay_credits(case, channel, flow.at)
    end_if_done(case, channel, flow.at)
