"""Records what providers said to captures, reversals and refunds, each once; closes orders that waited for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from hub.cases import money, refunding
from hub.cases.case import Case
from hub.cases.ending import end_if_done
from hub.cases.store import load, save
from hub.cases.unit import Unit
from hub.kernel.errors import Refusal
from hub.kernel.money import Money
from hub.payments import operations as payments
from hub.payments.errors import PaymentNotFound
from hub.payments.model import Transaction, TransactionKind, TransactionState

FLOW = "record_payments"

_EVENTS = {
    (TransactionKind.CAPTURE, False): "PaymentCaptured",
    (TransactionKind.CAPTURE, True): "CaptureFailed",
    (TransactionKind.REVERSAL, False): "PaymentReversed",
    (TransactionKind.REVERSAL, True): "ReversalFailed",
    (TransactionKind.REFUND, False): "PaymentRefunded",
    (TransactionKind.REFUND, True): "RefundFailed",
    (TransactionKind.CHANNEL_REFUND, False): "PaymentRefunded",
    (TransactionKind.CHANNEL_REFUND, True): "RefundFailed",
}


@dataclass(frozen=True, slots=True)
class PaymentAnswer:
    """What a provider said to a capture, reversal or refund: done under its reference, or failed with its code."""

    transaction_id: UUID
    reference: str = ""
    failure_code: str = ""


async def record_payments(unit: Unit, answers: Sequence[PaymentAnswer]) -> list[Case | Refusal]:
    """Takes answers in order; one to a transaction that is settled changes nothing. Refuses PAYMENT_NOT_FOUND."""
    order_of = await payments.orders_of(unit.tx, [answer.transaction_id for answer in answers])
    loaded = await load(unit, FLOW, order_of.values())
    results: list[Case | Refusal] = []
    for answer in answers:
        case = loaded.cases.get(order_of.get(answer.transaction_id, answer.transaction_id))
        if case is None:
            identity = answer.transaction_id
            results.append(PaymentNotFound(f"There is no transaction {identity}.", transaction_id=identity))
            continue
        _take(unit, case, answer)
        results.append(case)
    await save(unit, FLOW, loaded)
    return results


def _take(unit: Unit, case: Case, answer: PaymentAnswer) -> None:
    asked = next(one for one in case.payments.transactions if one.transaction_id == answer.transaction_id)
    if asked.state not in {TransactionState.REQUESTED, TransactionState.UNKNOWN}:
        return
    event_type = _EVENTS.get((asked.kind, bool(answer.failure_code)))
    if event_type is None:
        return
    taken = refunding.refund_answered if asked.kind in refunding.ASKED else money.answered
    taken(case, asked, failure_code=answer.failure_code, reference=answer.reference, at=unit.at)
    _note(unit, case, asked, answer, event_type)
    refunding.pay_credits(case, unit.network.channel(case.order.channel_id), unit.at)
    end_if_done(case, unit.at)


def _note(unit: Unit, case: Case, asked: Transaction, answer: PaymentAnswer, event_type: str) -> None:
    case.happened(
        event_type,
        unit.at,
        amount=str(Money(asked.amount_minor, case.order.currency)),
        transaction_id=asked.transaction_id,
        reference=answer.reference,
        code=answer.failure_code,
    )
