"""Captures, reversals and refunds that a provider has answered, or notified of: each is settled once."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.fulfillment.endings import end_if_done
from hub.cases.money import money, refunds
from hub.exceptions.model import ExceptionReason
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.messages.events.facts import EventFacts
from hub.messages.events.money import (
    CaptureFailed,
    PaymentCaptured,
    PaymentRefunded,
    PaymentReversed,
    RefundFailed,
    ReversalFailed,
)
from hub.messages.timers import PartnerAnswerDue
from hub.payments.model import NOT_MOVED, PARTLY_MOVED, Transaction, TransactionKind, TransactionState

OPEN: Final = frozenset({TransactionState.REQUESTED, TransactionState.UNKNOWN})
"""States in which a provider still owes an answer."""

_EVENTS: Final = {
    TransactionKind.CAPTURE: (PaymentCaptured, CaptureFailed),
    TransactionKind.REVERSAL: (PaymentReversed, ReversalFailed),
    TransactionKind.PREPAYMENT_REFUND: (PaymentRefunded, RefundFailed),
    TransactionKind.REFUND: (PaymentRefunded, RefundFailed),
    TransactionKind.CHANNEL_REFUND: (PaymentRefunded, RefundFailed),
}
"""What each kind is told as: settled, and failed."""


def transaction_of(case: Case, transaction_id: UUID) -> Transaction | None:
    """One transaction of a case."""
    return next(
        (transaction for transaction in case.payments.transactions if transaction.transaction_id == transaction_id),
        None,
    )


def settle(
    flow: FlowContext,
    case: Case,
    asked: Transaction,
    *,
    reference: str,
    failure_code: str,
    occurred_at: Instant,
    moved_minor: int | None = None,
) -> None:
    """Takes what became of a capture, reversal or refund; of one that is settled, or of another kind, nothing.

    Where less was moved than was asked, the rest fails by itself, as if it had been asked alone. What is not given back
    of an authorization that has ended is given back by that.
    """
    if asked.state not in OPEN or asked.kind not in _EVENTS:
        return
    if _has_ended(case, asked, flow.at):
        failure_code = ""
    case.clear_timer(PartnerAnswerDue, asked.transaction_id)
    case.resolve_exception(ExceptionReason.ANSWER_OVERDUE, str(asked.transaction_id))
    for part, code in _parts(asked, failure_code, moved_minor):
        taken = refunds.refund_answered if part.kind in refunds.ASKED else money.answered
        taken(case, part, failure_code=code, reference=reference, at=flow.at)
        case.happened(_told(case, part, reference, code), occurred_at)
    channel = flow.network.channel(case.order.channel_id)
    refunds.pay_credits(case, channel, flow.at)
    end_if_done(case, channel, flow.at)


def _has_ended(case: Case, asked: Transaction, at: Instant) -> bool:
    """Whether a reversal is of an authorization that has ended by itself."""
    granted = transaction_of(case, asked.authorization_id) if asked.authorization_id else None
    ended_at = granted.expires_at if granted else None
    return asked.kind is TransactionKind.REVERSAL and ended_at is not None and ended_at <= at


def _parts(asked: Transaction, failure_code: str, moved_minor: int | None) -> list[tuple[Transaction, str]]:
    """What was asked, in the part that was moved and the rest, each with its failure code."""
    if failure_code or moved_minor is None or moved_minor >= asked.amount_minor:
        return [(asked, failure_code)]
    moved = replace(asked, amount_minor=moved_minor, failure_code=PARTLY_MOVED)
    identity, left = derived(asked.transaction_id, "not moved"), asked.amount_minor - moved_minor
    return [(moved, ""), (replace(asked, transaction_id=identity, amount_minor=left), NOT_MOVED)]


def _told(case: Case, asked: Transaction, reference: str, failure_code: str) -> EventFacts:
    settled, failed = _EVENTS[asked.kind]
    amount, identity = Money(asked.amount_minor, case.order.currency), asked.transaction_id
    if failure_code:
        return failed(amount=amount, transaction_id=identity, reference=reference, code=failure_code)
    return settled(amount=amount, transaction_id=identity, reference=reference)
