"""Records what providers said to captures, reversals and refunds, each once; closes orders that waited for it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.partner_answers.settlements import settle, transaction_of
from hub.cases.store import load, save
from hub.kernel.errors import Refusal
from hub.payments import operations as payments
from hub.payments.errors import PaymentNotFound

FLOW = "record_payments"


class PaymentAnswer(Struct, frozen=True):
    """What a provider said to a capture, reversal or refund: done under its reference, or failed with its code.

    `moved_minor`: what was moved of the amount asked, in minor units.
    """

    transaction_id: UUID
    reference: str = ""
    failure_code: str = ""
    moved_minor: int | None = None


async def record_payments(flow: FlowContext, answers: Sequence[PaymentAnswer]) -> list[Case | Refusal]:
    """Takes answers in order; one to a transaction that is settled changes nothing. Refuses PAYMENT_NOT_FOUND."""
    order_of = await payments.orders_of(flow.tx, [answer.transaction_id for answer in answers])
    loaded = await load(flow, FLOW, order_of.values())
    results: list[Case | Refusal] = []
    for answer in answers:
        case = loaded.cases.get(order_of.get(answer.transaction_id, answer.transaction_id))
        if case is None:
            identity = answer.transaction_id
            results.append(PaymentNotFound(f"There is no transaction {identity}.", transaction_id=identity))
            continue
        _take(flow, case, answer)
        results.append(case)
    await save(flow, FLOW, loaded)
    return results


def _take(flow: FlowContext, case: Case, answer: PaymentAnswer) -> None:
    if asked := transaction_of(case, answer.transaction_id):
        settle(
            flow,
            case,
            asked,
            reference=answer.reference,
            failure_code=answer.failure_code,
            occurred_at=flow.at,
            moved_minor=answer.moved_minor,
        )
