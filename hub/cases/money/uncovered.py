"""Shipped value that nothing covered: set off against credits, or drawn from an instrument that has come to more."""

from __future__ import annotations

from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.held import held_to_draw
from hub.cases.money.money import ENTRIES, draw_one, uncollectable
from hub.cases.worth import still_to_ship
from hub.exceptions.model import ExceptionReason
from hub.holds.model import Operation
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.payments.model import Transaction, TransactionKind, TransactionState
from hub.payments.policy import draws, oldest_first, spendable, summed, uncovered


def set_off(case: Case, at: Instant) -> None:
    """Say anew what is still to be collected after a credit was set off, oldest first, and end what is not any more."""
    offset = summed(case.payments.transactions, TransactionKind.OFFSET, {TransactionState.SUCCEEDED})
    for transaction in oldest_first(case.payments.transactions):
        if transaction.kind is TransactionKind.UNCOLLECTABLE and offset:
            covered = min(offset, transaction.amount_minor)
            offset -= covered
            case.resolve_exception(ExceptionReason.CAPTURE_FAILED, str(transaction.transaction_id))
            if rest := transaction.amount_minor - covered:
                uncollectable(case, replace(transaction, amount_minor=rest), at)


def collect(case: Case, at: Instant) -> None:
    """Draws what shipped and nothing covered, oldest first, from what instruments have beyond what is still to ship."""
    payments = case.payments
    left = min(uncovered(payments), sum(spendable(payments, one) for one in payments.instruments) - still_to_ship(case))
    if left <= 0 or case.blocked(Operation.CAPTURE):
        return
    for bare in oldest_first(payments.transactions):
        if bare.shipment_id is not None and held_to_draw(case, bare.shipment_id):
            continue
        back = min(left, bare.amount_minor)
        if bare.kind is TransactionKind.UNCOLLECTABLE and bare.state is TransactionState.SUCCEEDED and back > 0:
            left -= back
            _draw_instead(case, bare, back, at)


def _draw_instead(case: Case, bare: Transaction, amount_minor: int, at: Instant) -> None:
    """Draws an amount that was taken for uncollectable, of which a rest may stay."""
    if rest := bare.amount_minor - amount_minor:
        case.put_transaction(replace(bare, amount_minor=rest))
    else:
        case.put_transaction(replace(bare, state=TransactionState.FAILED))
    case.resolve_exception(ExceptionReason.CAPTURE_FAILED, str(bare.transaction_id))
    subject = derived(bare.transaction_id, "collected", case.order.version)
    debit, credit = ENTRIES[TransactionKind.UNCOLLECTABLE]
    case.post(TransactionKind.UNCOLLECTABLE.value, subject, at, (credit, amount_minor), (debit, -amount_minor))
    if bare.shipment_id is not None:
        for number, draw in enumerate(draws(case.payments, amount_minor), 1):
            draw_one(case, draw, bare.shipment_id, derived(subject, number), at)
