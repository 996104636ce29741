"""Disputes of captured amounts: what customers take back through their banks, as providers notify it.

Events may come in any order and more than once: lost counts more than won, won more than opened. A dispute that was won
may still be lost, at a second chargeback.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.money.money import book
from hub.cases.money.refunds import pay_credits
from hub.exceptions.model import ExceptionReason
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.ledger.model import Account
from hub.messages.events.money import DisputeLost, DisputeWon, PaymentDisputed
from hub.payments.model import PaymentEventKind, PaymentReport, Transaction, TransactionKind, TransactionState
from hub.payments.policy import disputable, oldest_first

DISPUTES: Final = frozenset({PaymentEventKind.DISPUTED, PaymentEventKind.DISPUTE_WON, PaymentEventKind.DISPUTE_LOST})
"""What is notified of a dispute."""


def take_dispute(flow: FlowContext, case: Case, asked: Transaction, report: PaymentReport) -> bool:
    """Record what is notified of a dispute of a capture, or of the captures of an authorization.

    Returns whether it can be true. Where it cannot, because of its currency or because more would be disputed than was
    captured, nothing is recorded.
    """
    if {report.currency, report.fee_currency} - {"", case.order.currency}:
        return False
    known = _chargebacks(case, report.reference)
    total = sum(one.amount_minor for one in known)
    if known and report.amount_minor not in {None, total}:
        return False
    if not known:
        known = _shares(case, asked, report, flow.at)
        if not known:
            return False
        for chargeback in known:
            case.put_transaction(chargeback)
            book(case, chargeback, flow.at)
            if report.kind is PaymentEventKind.DISPUTED:
                _opened(case, chargeback, report.occurred_at, flow.at)
    for number, chargeback in enumerate(known):
        if report.kind is PaymentEventKind.DISPUTE_WON:
            _won(case, chargeback, report.occurred_at, flow.at)
        elif report.kind is PaymentEventKind.DISPUTE_LOST:
            _lost(case, chargeback, 0 if number else report.fee_minor, report.occurred_at, flow.at)
    pay_credits(case, flow.network.channel(case.order.channel_id), flow.at)
    return True


def _chargebacks(case: Case, reference: str) -> list[Transaction]:
    """The chargebacks of a dispute, one for each capture that it takes from."""
    return [
        transaction
        for transaction in oldest_first(case.payments.transactions)
        if transaction.kind is TransactionKind.CHARGEBACK and transaction.provider_reference == reference
    ]


def _shares(case: Case, asked: Transaction, report: PaymentReport, at: Instant) -> list[Transaction]:
    """Return the new chargebacks of a dispute, taken from the oldest capture first; none where they do not cover it."""
    sources = [
        (capture, disputable(case.payments, capture))
        for capture in oldest_first(case.payments.transactions)
        if capture.kind is TransactionKind.CAPTURE
        and capture.state is TransactionState.SUCCEEDED
        and asked.transaction_id in {capture.transaction_id, capture.authorization_id}
    ]
    left = sum(most for _, most in sources) if report.amount_minor is None else report.amount_minor
    result: list[Transaction] = []
    for capture, most in sources:
        if (share := min(left, most)) > 0:
            left -= share
            result.append(_chargeback(capture, share, report, at))
    return [] if left else result


def _chargeback(capture: Transaction, amount_minor: int, report: PaymentReport, at: Instant) -> Transaction:
    return Transaction(
        transaction_id=derived(capture.transaction_id, "chargeback", report.reference),
        order_id=capture.order_id,
        instrument_id=capture.instrument_id,
        kind=TransactionKind.CHARGEBACK,
        state=TransactionState.REQUESTED,
        amount_minor=amount_minor,
        created_at=at,
        provider_reference=report.reference,
        failure_code=report.failure_code,
        expires_at=report.expires_at,
        capture_id=capture.transaction_id,
    )


def _opened(case: Case, chargeback: Transaction, occurred_at: Instant, at: Instant) -> None:
    amount, identity = Money(chargeback.amount_minor, case.order.currency), chargeback.transaction_id
    reference, code = chargeback.provider_reference, chargeback.failure_code
    case.happened(PaymentDisputed(amount=amount, transaction_id=identity, reference=reference, code=code), occurred_at)
    detail = (
        f"The customer disputes {amount} at the bank: {code or 'no reason given'}. Give evidence in dispute {reference}"
        " to the provider, or accept it there; this ends with its outcome."
    )
    case.open_exception(ExceptionReason.PAYMENT_DISPUTED, str(identity), detail, None, at, chargeback.expires_at)


def _won(case: Case, chargeback: Transaction, occurred_at: Instant, at: Instant) -> None:
    if chargeback.state is not TransactionState.REQUESTED:
        return
    amount_minor, identity = chargeback.amount_minor, chargeback.transaction_id
    case.put_transaction(replace(chargeback, state=TransactionState.FAILED))
    case.post("CHARGEBACK_WON", identity, at, (Account.CASH, amount_minor), (Account.DISPUTED, -amount_minor))
    case.resolve_exception(ExceptionReason.PAYMENT_DISPUTED, str(identity))
    amount = Money(amount_minor, case.order.currency)
    reference = chargeback.provider_reference
    case.happened(DisputeWon(amount=amount, transaction_id=identity, reference=reference), occurred_at)


def _lost(case: Case, chargeback: Transaction, fee_minor: int, occurred_at: Instant, at: Instant) -> None:
    if chargeback.state is TransactionState.SUCCEEDED:
        return
    amount_minor, identity = chargeback.amount_minor, chargeback.transaction_id
    held = Account.DISPUTED if chargeback.state is TransactionState.REQUESTED else Account.CASH
    case.put_transaction(replace(chargeback, state=TransactionState.SUCCEEDED))
    case.post("CHARGEBACK_LOST", identity, at, (Account.CHARGEBACK, amount_minor), (held, -amount_minor))
    case.post("CHARGEBACK_FEE", identity, at, (Account.CHARGEBACK_FEE, fee_minor), (Account.CASH, -fee_minor))
    case.resolve_exception(ExceptionReason.PAYMENT_DISPUTED, str(identity))
    amount, fee = Money(amount_minor, case.order.currency), Money(fee_minor, case.order.currency)
    reference = chargeback.provider_reference
    case.happened(DisputeLost(amount=amount, transaction_id=identity, fee=fee, reference=reference), occurred_at)
