"""Records that invoices of orders on terms were paid or are given up; what is open and the order's exposure fall."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Final
from uuid import UUID

from msgspec import Struct

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.money.money import book
from hub.cases.store import load, save
from hub.credit.errors import ReceivableExceeded, SettlementReferenceTaken
from hub.kernel.errors import CurrencyMismatch, Refusal
from hub.kernel.ids import derived
from hub.kernel.money import Money
from hub.messages.events.money import ReceivableSettled
from hub.orders.errors import OrderNotFound
from hub.payments.model import Holder, Transaction, TransactionKind, TransactionState
from hub.payments.policy import invoiced

FLOW: Final = "settle_receivables"


class ReceivableSettlement(Enum):
    """How an open invoice ends."""

    PAID = "PAID"
    WRITTEN_OFF = "WRITTEN_OFF"


_KINDS: Final = {
    ReceivableSettlement.PAID: TransactionKind.REMITTANCE,
    ReceivableSettlement.WRITTEN_OFF: TransactionKind.WRITE_OFF,
}


class Settled(Struct, frozen=True):
    """An amount of an order's invoices that was paid or is given up; the reference tells those of an order apart."""

    order_id: UUID
    amount: Money
    reference: str
    settlement: ReceivableSettlement


def open_of(case: Case) -> int:
    """Return what of an order's invoices is neither paid, credited nor given up, in minor units."""
    return sum(max(0, invoiced(case.payments, one)) for one in case.payments.instruments if one.holder is Holder.TERMS)


async def settle_receivables(flow: FlowContext, settled: Sequence[Settled]) -> list[Case | Refusal]:
    """Settles invoices in order; one that came before under its reference changes nothing.

    Refuses ORDER_NOT_FOUND, CURRENCY_MISMATCH, RECEIVABLE_EXCEEDED, SETTLEMENT_REFERENCE_TAKEN.
    """
    loaded = await load(flow, FLOW, [one.order_id for one in settled])
    answers: list[Case | Refusal] = []
    for one in settled:
        case = loaded.cases.get(one.order_id)
        if case is None:
            answers.append(OrderNotFound(f"There is no order {one.order_id}.", order_id=one.order_id))
            continue
        try:
            _settle(flow, case, one)
            answers.append(case)
        except Refusal as refusal:
            answers.append(refusal)
    await save(flow, FLOW, loaded)
    return answers


def _settle(flow: FlowContext, case: Case, settled: Settled) -> None:
    currency, kind = case.order.currency, _KINDS[settled.settlement]
    if settled.amount.currency != currency:
        raise CurrencyMismatch(f"The order is in {currency}; state what of it was settled.", currency=currency)
    before = [
        one
        for one in case.payments.transactions
        if one.kind in _KINDS.values() and one.provider_reference == settled.reference
    ]
    if before:
        _refuse_other(before, settled, kind)
        return
    left = open_of(case)
    if settled.amount.minor > left:
        most = Money(left, currency)
        raise ReceivableExceeded(
            f"Invoices of the order are open for {most}; settle at most that, and the rest on the orders it is for.",
            order_id=case.order_id,
            open=most,
        )
    left = settled.amount.minor
    for instrument in case.payments.instruments:
        share = min(left, max(0, invoiced(case.payments, instrument))) if instrument.holder is Holder.TERMS else 0
        if share:
            left -= share
            transaction = Transaction(
                transaction_id=derived(instrument.instrument_id, "settled", settled.reference),
                order_id=case.order_id,
                instrument_id=instrument.instrument_id,
                kind=kind,
                state=TransactionState.SUCCEEDED,
                amount_minor=share,
                created_at=flow.at,
                provider_reference=settled.reference,
            )
            case.put_transaction(transaction)
            book(case, transaction, flow.at)
    told = ReceivableSettled(amount=settled.amount, settlement=settled.settlement.value, reference=settled.reference)
    case.happened(told, flow.at)


def _refuse_other(before: Sequence[Transaction], settled: Settled, kind: TransactionKind) -> None:
    """Raises SettlementReferenceTaken where the reference settled another amount, or in another way."""
    minor = sum(one.amount_minor for one in before)
    if minor != settled.amount.minor or any(one.kind is not kind for one in before):
        amount = Money(minor, settled.amount.currency)
        raise SettlementReferenceTaken(
            f"{settled.reference} settled {amount} of the order before; give this its own reference.",
            reference=settled.reference,
            amount=amount,
        )
