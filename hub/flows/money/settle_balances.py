"""Moves balances as orders ask: reserves, takes, frees and gives back amounts, and puts store credit on them.

Balances are locked after the orders, in the order of their ids, and here alone together with orders.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec.structs import replace

from hub.balances import operations as balances
from hub.balances.model import Balance, BalanceKind, Cause
from hub.balances.policy import INSUFFICIENT, available, capture, issue, refund, release, reserve, why_not
from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.money.balances import BalanceBook, leave_to_next, store_credit_id
from hub.cases.partner_answers.authorizations import AuthorizationAnswer, authorized, go_on_authorized
from hub.cases.partner_answers.settlements import OPEN, settle, transaction_of
from hub.cases.store import load, save
from hub.kernel.money import Money
from hub.messages.events.money import PaymentDeclined
from hub.messages.tasks import ConfirmOrder, SettleBalance
from hub.parties import operations as parties
from hub.payments.model import Instrument, Transaction, TransactionKind, TransactionState
from hub.payments.policy import payer_of_rest

FLOW = "settle_balances"

_MOVES = {
    TransactionKind.CAPTURE: capture,
    TransactionKind.REVERSAL: release,
    TransactionKind.REFUND: refund,
}
"""What of a balance's money an order asks for once it is reserved, and how the balance does it."""


async def settle_balances(flow: FlowContext, asked: Sequence[SettleBalance]) -> list[None]:
    """Takes requests in order; one whose transaction is settled changes nothing."""
    loaded = await load(flow, FLOW, [one.order_id for one in asked])
    found = [(one.order_id, _asked(loaded.cases, one)) for one in asked]
    pairs = [(loaded.cases[order_id], transaction) for order_id, transaction in found if transaction is not None]
    store_credits = await _store_credits(flow, [pair for pair in pairs if pair[1].kind is TransactionKind.STORE_CREDIT])
    await balances.open_new(flow.tx, list(store_credits.values()))
    named = {one.balance_id for case, _ in pairs for one in case.payments.instruments if one.balance_id is not None}
    book = BalanceBook(await balances.lock(flow.tx, named | {one.balance_id for one in store_credits.values()}))
    for case, transaction in pairs:
        if transaction.kind is TransactionKind.STORE_CREDIT:
            _issue(flow, book, store_credits[transaction.transaction_id].balance_id, transaction)
        else:
            _settle(flow, book, case, transaction.transaction_id)
    await balances.save(flow.tx, book.moved, book.movements)
    await save(flow, FLOW, loaded)
    return [None] * len(asked)


def _asked(cases: Mapping[UUID, Case], one: SettleBalance) -> Transaction | None:
    case = cases.get(one.order_id)
    return transaction_of(case, one.transaction_id) if case else None


async def _store_credits(flow: FlowContext, paid: Sequence[tuple[Case, Transaction]]) -> dict[UUID, Balance]:
    """The balance that each payout of store credit goes to, as it is before its first movement."""
    owners = await parties.email_indexes(flow.tx, [case.order.customer_party_id for case, _ in paid])
    result: dict[UUID, Balance] = {}
    for case, transaction in paid:
        party_id, seller_id, currency = case.order.customer_party_id, case.order.seller_id, case.order.currency
        balance_id = store_credit_id(flow.secrets, seller_id, currency, owners.get(party_id, party_id.bytes))
        result[transaction.transaction_id] = Balance(
            balance_id, BalanceKind.STORE_CREDIT, seller_id, currency, created_at=flow.at
        )
    return result


def _cause(flow: FlowContext, transaction: Transaction) -> Cause:
    return Cause(flow.at, "hub", order_id=transaction.order_id, transaction_id=transaction.transaction_id)


def _issue(flow: FlowContext, book: BalanceBook, balance_id: UUID, paid: Transaction) -> None:
    book.take(issue(book.balances[balance_id], paid.amount_minor, _cause(flow, paid)))


def _settle(flow: FlowContext, book: BalanceBook, case: Case, transaction_id: UUID) -> None:
    """Does what one transaction asks of its balance, and tells the order as a provider would."""
    asked = transaction_of(case, transaction_id)
    instrument = _instrument(case, asked)
    if asked is None or asked.state not in OPEN or instrument is None or instrument.balance_id is None:
        return
    if asked.kind is TransactionKind.AUTHORIZATION:
        _authorize(flow, book, case, instrument, asked)
        case.task(ConfirmOrder(case.order_id))
        return
    number = book.take(
        _MOVES[asked.kind](book.balances[instrument.balance_id], asked.amount_minor, _cause(flow, asked))
    )
    settle(flow, case, asked, reference=str(number), failure_code="", occurred_at=flow.at)


def _instrument(case: Case, asked: Transaction | None) -> Instrument | None:
    known = case.payments.instruments
    return next((one for one in known if asked is not None and one.instrument_id == asked.instrument_id), None)


def _authorize(flow: FlowContext, book: BalanceBook, case: Case, instrument: Instrument, asked: Transaction) -> None:
    """Reserves what is asked for; what the balance lacks is left to the next instrument, or all of it is declined."""
    channel = flow.network.channel(case.order.channel_id)
    balance = book.balances.get(instrument.balance_id) if instrument.balance_id else None
    answer = AuthorizationAnswer(case.order_id, asked.transaction_id)
    declined = why_not(balance, case.order.seller_id, case.order.currency, flow.at)
    if balance is None or declined:
        authorized(case, channel, replace(answer, declined_code=declined), flow.at)
        return
    covered = min(asked.amount_minor, available(balance, flow.at))
    if covered < asked.amount_minor:
        payer = payer_of_rest(case.payments, instrument)
        if payer is None:
            authorized(case, channel, replace(answer, declined_code=INSUFFICIENT), flow.at)
            return
        leave_to_next(case, instrument, payer, asked, covered, flow.at)
    if not covered:
        case.put_transaction(replace(asked, state=TransactionState.FAILED, failure_code=INSUFFICIENT))
        case.happened(
            PaymentDeclined(amount=Money(asked.amount_minor, case.order.currency), code=INSUFFICIENT), flow.at
        )
        go_on_authorized(case, channel, flow.at)
        return
    number = book.take(reserve(balance, covered, _cause(flow, asked)))
    authorized(case, channel, replace(answer, reference=str(number)), flow.at)
