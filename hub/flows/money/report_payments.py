"""Takes what providers notify of transactions, in any order and however often: it settles what is open, once.

The answer to the hub's own request, if it still comes, then finds the transaction settled and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.awaited import payment_key
from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.feeds.feeds import take_turns
from hub.cases.feeds.parked_events import Unmatched, parked_unmatched
from hub.cases.partner_answers.authorizations import AuthorizationAnswer, authorized
from hub.cases.partner_answers.disputes import DISPUTES, take_dispute
from hub.cases.partner_answers.settlements import OPEN, settle, transaction_of
from hub.cases.plausibility import refuse_before, refuse_implausible
from hub.cases.store import Loaded, load, save
from hub.exceptions.model import ExceptionReason
from hub.inbox.model import ParkedEvent
from hub.kernel.errors import InstantImplausible, Refusal
from hub.kernel.money import Money
from hub.messages.tasks import ConfirmOrder
from hub.payments import operations as payments
from hub.payments.errors import PaymentNotFound
from hub.payments.model import PaymentEventKind, PaymentReport, Transaction, TransactionKind, TransactionState

FLOW = "report_payments"

_REFUNDS: Final = frozenset({TransactionKind.REFUND, TransactionKind.CHANNEL_REFUND, TransactionKind.PREPAYMENT_REFUND})
_TOLD: Final = {
    PaymentEventKind.AUTHORIZED: (frozenset({TransactionKind.AUTHORIZATION}), False),
    PaymentEventKind.DECLINED: (frozenset({TransactionKind.AUTHORIZATION}), True),
    PaymentEventKind.CAPTURED: (frozenset({TransactionKind.CAPTURE}), False),
    PaymentEventKind.CAPTURE_FAILED: (frozenset({TransactionKind.CAPTURE}), True),
    PaymentEventKind.REVERSED: (frozenset({TransactionKind.REVERSAL}), False),
    PaymentEventKind.REVERSAL_FAILED: (frozenset({TransactionKind.REVERSAL}), True),
    PaymentEventKind.REFUNDED: (_REFUNDS, False),
    PaymentEventKind.REFUND_FAILED: (_REFUNDS, True),
    **dict.fromkeys(DISPUTES, (frozenset({TransactionKind.CAPTURE, TransactionKind.AUTHORIZATION}), False)),
}
"""What is notified -> (kinds of the transaction, whether it failed)."""


class PaymentResult(Struct, frozen=True):
    """A case after a notification about one of its transactions."""

    case: Case
    transaction_id: UUID

    @property
    def transaction(self) -> Transaction:
        """The transaction as it stands."""
        return next(
            transaction
            for transaction in self.case.payments.transactions
            if transaction.transaction_id == self.transaction_id
        )


async def report_payments(
    flow: FlowContext, reports: Sequence[PaymentReport]
) -> list[PaymentResult | ParkedEvent | Refusal]:
    """Takes notifications in order; one of what is settled already changes nothing.

    Refuses PAYMENT_NOT_FOUND, INSTANT_IMPLAUSIBLE; a notification that waits is parked instead of the first. One that
    contradicts what is settled becomes an exception.
    """
    turns = await take_turns(flow, reports, repeatable=True)
    order_of = await payments.orders_of(flow.tx, sorted({one.transaction_id for one in turns.due}))
    loaded = await _loaded(flow, order_of.values())
    found = [_taken(flow, loaded, order_of.get(one.transaction_id), one) for one in turns.due]
    answers = await parked_unmatched(flow, turns.due, found)
    await save(flow, FLOW, loaded)
    return await turns.merged(flow, answers)


async def _loaded(flow: FlowContext, order_ids: Iterable[UUID]) -> Loaded:
    """The orders of transactions: an adapter knows them by its accounts, whatever places it sees."""
    flow = replace(flow, scope=flow.scope.by_account)
    return await load(flow, FLOW, order_ids)


def _account_of(flow: FlowContext, case: Case, asked: Transaction) -> str | None:
    """The account at which a transaction is: its instrument's, else that of the channel which took the money."""
    instruments = {instrument.instrument_id: instrument for instrument in case.payments.instruments}
    instrument = instruments.get(asked.instrument_id) if asked.instrument_id else None
    channel = flow.network.channels.get(case.order.channel_id)
    return (instrument.account_id if instrument else None) or (channel.channel_account_id if channel else None)


def _taken(
    flow: FlowContext, loaded: Loaded, order_id: UUID | None, report: PaymentReport
) -> PaymentResult | Unmatched | Refusal:
    case = loaded.cases.get(order_id) if order_id else None
    asked = transaction_of(case, report.transaction_id) if case else None
    kinds, failed = _TOLD[report.kind]
    if case is not None and asked is not None and not flow.scope.serves(_account_of(flow, case, asked)):
        asked = None
    if case is None or asked is None or asked.kind not in kinds:
        identity = report.transaction_id
        if asked is None and report.waits:
            return Unmatched(payment_key(identity))
        return PaymentNotFound(
            f"There is no transaction {identity} that can be {report.kind.value}.", transaction_id=identity
        )
    if _by_balance(case, asked):
        return PaymentNotFound(
            f"The hub keeps the balance of transaction {asked.transaction_id} itself; no provider tells of it.",
            transaction_id=asked.transaction_id,
        )
    try:
        refuse_implausible(case, report.occurred_at, flow.at)
        if asked.kind is not TransactionKind.AUTHORIZATION and not asked.adopted:
            refuse_before(report.occurred_at, [asked.created_at], "it was asked for")
    except InstantImplausible as refusal:
        return refusal
    if report.kind not in DISPUTES:
        _apply(flow, case, asked, report, failed=failed)
    elif not take_dispute(flow, case, asked, report):
        _contradicted(flow, case, asked, report)
    return PaymentResult(case, report.transaction_id)


def _by_balance(case: Case, asked: Transaction) -> bool:
    """Whether a transaction is of a balance that the hub keeps."""
    return any(
        one.balance_id is not None and one.instrument_id == asked.instrument_id for one in case.payments.instruments
    )


def _apply(flow: FlowContext, case: Case, asked: Transaction, report: PaymentReport, *, failed: bool) -> None:
    """Settle a transaction as it is notified; what contradicts is named."""
    contradicts = _contradicts(case, asked, report, failed=failed)
    if contradicts or asked.state not in OPEN:
        if contradicts:
            _contradicted(flow, case, asked, report)
    elif asked.kind is TransactionKind.AUTHORIZATION:
        code = report.failure_code or "declined" if failed else ""
        answer = AuthorizationAnswer(
            case.order_id,
            asked.transaction_id,
            report.reference,
            code,
            report.expires_at,
            report.amount_minor,
            report.occurred_at,
        )
        authorized(case, flow.network.channel(case.order.channel_id), answer, flow.at)
        case.task(ConfirmOrder(case.order_id))
    else:
        code = report.failure_code or "failed" if failed else ""
        settle(
            flow,
            case,
            asked,
            reference=report.reference,
            failure_code=code,
            occurred_at=report.occurred_at,
            moved_minor=report.amount_minor,
        )


def _contradicts(case: Case, asked: Transaction, report: PaymentReport, *, failed: bool) -> bool:
    """Whether a notification cannot be true beside what was asked or is settled: its outcome, amount or currency."""
    settled = asked.state not in OPEN
    if settled and failed is not (asked.state is TransactionState.FAILED):
        return True
    if failed or report.amount_minor is None:
        return False
    most = asked.amount_minor
    return (
        report.currency != case.order.currency or report.amount_minor > most or (settled and report.amount_minor < most)
    )


def _contradicted(flow: FlowContext, case: Case, asked: Transaction, report: PaymentReport) -> None:
    said = Money(asked.amount_minor, case.order.currency)
    amount = "" if report.amount_minor is None else f" with {Money(report.amount_minor, report.currency)}"
    detail = (
        f"The provider notified {report.kind.value}{amount} of transaction {asked.transaction_id}, which"
        f" {asked.state.value} with {said}."
        " Ask it which is right, and have it undo the other."
    )
    case.open_exception(ExceptionReason.PAYMENT_CONTRADICTED, str(asked.transaction_id), detail, None, flow.at)
