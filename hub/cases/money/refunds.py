"""The money of what comes back: credits granted, and how each is paid out over the instruments that paid.

Equality kept for every credit: its amount = what is paid out or being paid out + what is still owed because a capture
is not answered yet or a hold blocks refunds. Store credit that a hold blocks is promised, and booked when it ends.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from msgspec.structs import replace

from hub.cases import outgoing
from hub.cases.case import Case
from hub.cases.held import held_credits, held_instrument, holds_of_credit
from hub.cases.money.authorizing import ask_provider
from hub.cases.money.money import ask_channel, book
from hub.cases.money.uncovered import set_off
from hub.exceptions.model import ExceptionReason
from hub.holds.model import Operation
from hub.kernel.ids import derived, text_of
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.ledger.model import Account
from hub.messages.erp import PostedLine
from hub.messages.events.money import CreditGranted, RefundRequested
from hub.messages.payment import RefundPayment
from hub.messages.tasks import SettleBalance
from hub.network.model import Channel
from hub.payments.model import Transaction, TransactionKind, TransactionState
from hub.payments.policy import Payout, charged_back, owed, payouts, uncovered
from hub.returns.model import Credit, CreditKind, CreditLine

_DONE = frozenset({TransactionState.SUCCEEDED})

ASKED = frozenset({TransactionKind.REFUND, TransactionKind.CHANNEL_REFUND})
"""Kinds that somebody else does and answers."""


def grant(
    case: Case,
    channel: Channel,
    credit_id: UUID,
    lines: Sequence[CreditLine],
    at: Instant,
    *,
    return_id: UUID | None = None,
    reason: str = "",
    paid_by: Sequence[tuple[TransactionKind, int]] = (),
) -> Credit:
    """Credits a customer: posts the credit, pays out what is not refunded by `paid_by`, refunds the rest.

    `paid_by` are amounts that are settled at once otherwise: store credit, other goods. What nothing covered of the
    shipments is set off before them.
    """
    credit = Credit(credit_id, case.order_id, tuple(lines), at, return_id, reason)
    owed_to = Transaction(
        transaction_id=credit_id,
        order_id=case.order_id,
        instrument_id=None,
        kind=TransactionKind.CREDIT,
        state=TransactionState.SUCCEEDED,
        amount_minor=credit.total_minor,
        created_at=at,
    )
    case.put_transaction(owed_to)
    amount = Money(credit.total_minor, case.order.currency)
    case.happened(CreditGranted(amount=amount, credit_id=credit_id, return_id=return_id, reason=reason), at)
    _book_credit(case, credit, at)
    outgoing.refunded(case, channel, credit_id, [_told(case, line) for line in lines], credit.total_minor, reason)
    for held in holds_of_credit(case, [line.line_number for line in lines], return_id):
        case.put_hold(replace(held, credit_ids=(*held.credit_ids, credit_id)))
    left = credit.total_minor - uncovered(case.payments)
    for kind, minor in paid_by:
        _pay(case, channel, owed_to, Payout(None, kind, min(minor, left)), at)
        left -= minor
    pay_credits(case, channel, at)
    return credit


def pay_credits(case: Case, channel: Channel, at: Instant) -> None:
    """Pays out what is owed, unless a hold blocks refunds. To be called whenever more may have become possible."""
    if case.blocked(Operation.REFUND):
        return
    kept = held_credits(case)
    for promised in case.payments.transactions:
        waits = promised.kind is TransactionKind.STORE_CREDIT and promised.state is TransactionState.REQUESTED
        if waits and promised.credit_id not in kept:
            settled = replace(promised, state=TransactionState.SUCCEEDED)
            case.put_transaction(settled)
            _booked(case, settled, at)
    paid: list[Payout] = []
    for credit in case.payments.transactions:
        if credit.transaction_id in kept:
            continue
        if credit.kind is TransactionKind.CREDIT and (left := owed(case.payments, credit)) > 0:
            for payout in payouts(case.payments, left):
                if payout.instrument and held_instrument(case, Operation.REFUND, payout.instrument.instrument_id):
                    continue
                _pay(case, channel, credit, payout, at)
                paid.append(payout)
    if any(payout.kind is TransactionKind.OFFSET for payout in paid):
        set_off(case, at)


def undo_exchanged(case: Case, credit_ids: Collection[UUID], amount_minor: int, at: Instant) -> None:
    """Take back that credits were paid with other goods, up to an amount: it is owed again."""
    left = amount_minor
    for paid in case.payments.transactions:
        back = min(left, paid.amount_minor)
        if paid.kind is TransactionKind.EXCHANGED and paid.credit_id in credit_ids and paid.state in _DONE and back:
            left -= back
            rest = paid.amount_minor - back
            undone = replace(paid, amount_minor=rest) if rest else replace(paid, state=TransactionState.FAILED)
            case.put_transaction(undone)
            subject = derived(paid.transaction_id, "unused", case.order.version)
            case.post(paid.kind.value, subject, at, (Account.EXCHANGE, back), (Account.CUSTOMER, -back))


def refund_answered(
    case: Case, refund: Transaction, *, failure_code: str = "", reference: str = "", at: Instant
) -> None:
    """Takes the answer to a refund: it succeeded, or it failed with a code and is named for a person to pay."""
    state = TransactionState.FAILED if failure_code else TransactionState.SUCCEEDED
    code = failure_code or refund.failure_code
    answered = replace(refund, state=state, failure_code=code, provider_reference=reference)
    case.put_transaction(answered)
    if not failure_code:
        book(case, answered, at)
        return
    rest = replace(
        refund,
        transaction_id=derived(refund.transaction_id, "unrefunded"),
        instrument_id=None,
        capture_id=None,
        kind=TransactionKind.UNREFUNDED,
        state=TransactionState.SUCCEEDED,
        created_at=at,
    )
    case.put_transaction(rest)
    book(case, rest, at)
    _unrefunded(case, rest, f"refused: {failure_code}", at)


def _told(case: Case, line: CreditLine) -> PostedLine:
    """A line of a credit as channel and ERP hear of it; what belongs to no order line stands under its kind."""
    ordered = case.order.line(line.line_number) if line.kind is CreditKind.GOODS else None
    return PostedLine(
        line_number=ordered.line_number if ordered else 0,
        sku=ordered.sku if ordered else line.kind.value,
        quantity=line.quantity or 1,
        value_minor=line.amount_minor,
        tax_minor=line.tax_minor,
        channel_line_reference=ordered.channel_line_reference if ordered else "",
    )


def _book_credit(case: Case, credit: Credit, at: Instant) -> None:
    def of(*kinds: CreditKind) -> list[CreditLine]:
        return [line for line in credit.lines if line.kind in kinds]

    sold = of(CreditKind.GOODS, CreditKind.SHIPPING)
    tax = sum(line.tax_minor for line in sold)
    case.post(
        "credit",
        credit.credit_id,
        at,
        (Account.REVENUE, sum(line.amount_minor for line in sold) - tax),
        (Account.TAX, tax),
        (Account.APPEASEMENT, sum(line.amount_minor for line in of(CreditKind.APPEASEMENT))),
        (Account.FEES, sum(line.amount_minor for line in of(CreditKind.FEE, CreditKind.REDUCTION))),
        (Account.CUSTOMER, -credit.total_minor),
    )


def _pay(case: Case, channel: Channel, credit: Transaction, payout: Payout, at: Instant) -> None:
    if payout.amount_minor <= 0:
        return
    if payout.kind is TransactionKind.CHANNEL_REFUND and not channel.channel_account_id:
        payout = Payout(None, TransactionKind.UNREFUNDED, payout.amount_minor)
    number = sum(one.credit_id == credit.transaction_id for one in case.payments.transactions) + 1
    asked = payout.kind in ASKED
    withheld = payout.kind is TransactionKind.STORE_CREDIT and (
        case.blocked(Operation.REFUND) or credit.transaction_id in held_credits(case)
    )
    transaction = Transaction(
        transaction_id=derived(credit.transaction_id, "payout", number),
        order_id=case.order_id,
        instrument_id=payout.instrument.instrument_id if payout.instrument else None,
        kind=payout.kind,
        state=TransactionState.REQUESTED if asked or withheld else TransactionState.SUCCEEDED,
        amount_minor=payout.amount_minor,
        created_at=at,
        credit_id=credit.transaction_id,
        capture_id=payout.capture.transaction_id if payout.capture else None,
    )
    case.put_transaction(transaction)
    if asked:
        _ask(case, channel, transaction, payout)
        return
    if withheld:
        return
    _booked(case, transaction, at)
    if payout.kind is TransactionKind.UNREFUNDED:
        _unrefunded(case, transaction, "not covered by what the instruments paid", at)


def _booked(case: Case, transaction: Transaction, at: Instant) -> None:
    """Posts what is paid out at once; store credit is put on the customer's balance after this transaction."""
    book(case, transaction, at)
    if transaction.kind is TransactionKind.STORE_CREDIT:
        lane = f"balance:{text_of(transaction.transaction_id)}"
        payload = SettleBalance(case.order_id, transaction.transaction_id)
        case.send(payload, lane, transaction.transaction_id, priority=3)


def _ask(case: Case, channel: Channel, transaction: Transaction, payout: Payout) -> None:
    if payout.instrument is None:
        raise ValueError("a refund is asked of whoever holds an instrument")
    if payout.kind is TransactionKind.CHANNEL_REFUND:
        ask_channel(case, channel, payout.instrument, transaction)
        return
    amount, transaction_id = Money(transaction.amount_minor, case.order.currency), transaction.transaction_id
    case.happened(RefundRequested(amount=amount, transaction_id=transaction_id), transaction.created_at)
    payload = RefundPayment(
        order_id=case.order_id,
        transaction_id=transaction_id,
        amount_minor=transaction.amount_minor,
        currency=case.order.currency,
        capture_reference=payout.capture.provider_reference if payout.capture else "",
    )
    ask_provider(case, payout.instrument, payload)


def _unrefunded(case: Case, transaction: Transaction, why: str, at: Instant) -> None:
    amount = Money(transaction.amount_minor, case.order.currency)
    pay = "Pay it another way."
    if lost := charged_back(case.payments):
        disputed = Money(lost, case.order.currency)
        pay = f"The bank took back {disputed} for the customer: pay only what that does not cover."
    detail = f"{amount} is owed to the customer and could not be refunded: {why}. {pay}"
    case.open_exception(ExceptionReason.REFUND_FAILED, str(transaction.transaction_id), detail, None, at)
