"""Money decisions: what each instrument pays, what a shipment draws from them, what is left to give back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from hub.payments.model import (
    PARTIAL_REVERSAL,
    Holder,
    Instrument,
    Payments,
    Transaction,
    TransactionKind,
    TransactionState,
)

_LIVE = frozenset({TransactionState.REQUESTED, TransactionState.SUCCEEDED, TransactionState.UNKNOWN})
_USES = {
    Holder.HUB: TransactionKind.CAPTURE,
    Holder.CHANNEL: TransactionKind.APPLICATION,
    Holder.TERMS: TransactionKind.RECEIVABLE,
    Holder.RETURN: TransactionKind.TRADE_IN,
}


_FUNDS: Final = {
    Holder.HUB: (TransactionKind.AUTHORIZATION, TransactionKind.REVERSAL),
    Holder.CHANNEL: (TransactionKind.PREPAYMENT, TransactionKind.PREPAYMENT_REFUND),
}
"""Holder -> (what funds an instrument, what gives back of it what is not used)."""


class Draw(Struct, frozen=True):
    """An amount taken from an instrument for a shipment; no instrument: nothing covers it.

    A capture is of an `authorization`.
    """

    instrument: Instrument | None
    kind: TransactionKind
    amount_minor: int
    authorization: Transaction | None = None


class Payout(Struct, frozen=True):
    """An amount that is given back, and how: of a `capture` by a refund, of an `authorization` by a reversal."""

    instrument: Instrument | None
    kind: TransactionKind
    amount_minor: int
    capture: Transaction | None = None
    authorization: Transaction | None = None


def amounts(stated: Sequence[tuple[Holder, int | None]], total_minor: int) -> list[int]:
    """Return what each instrument pays of a total: at most what is stated of it, and what the ones before it leave.

    What a channel took is taken, also where that is more than the total. Goods that come back leave all of the total to
    the others, which guarantee for them.
    """
    result: list[int] = []
    left = total_minor - sum(amount or 0 for holder, amount in stated if holder is Holder.CHANNEL)
    for holder, amount in stated:
        if holder is Holder.CHANNEL and amount is not None:
            result.append(amount)
            continue
        pays = max(0, left if amount is None else min(amount, left))
        result.append(pays)
        left -= 0 if holder is Holder.RETURN else pays
    return result


def oldest_first(transactions: Iterable[Transaction]) -> list[Transaction]:
    """Return transactions by instant; those of one instant by amount and id, in whatever order they are given."""
    return sorted(transactions, key=lambda one: (one.created_at, one.amount_minor, one.transaction_id))


def paid_by(instruments: Iterable[Instrument], total_minor: int) -> int:
    """What instruments pay of a total; those that pay all of it by themselves guarantee for goods that come back."""
    several = list(instruments)
    own = sum([one.amount_minor for one in several if one.holder is not Holder.RETURN])
    return own if own == total_minor else sum([one.amount_minor for one in several])


def summed(
    transactions: Iterable[Transaction],
    kind: TransactionKind,
    states: Iterable[TransactionState],
    instrument: Instrument | None = None,
) -> int:
    """The sum of transactions of a kind in some states, of one instrument or of all."""
    wanted = frozenset(states)
    return sum(
        transaction.amount_minor
        for transaction in transactions
        if transaction.kind is kind
        and transaction.state in wanted
        and (instrument is None or transaction.instrument_id == instrument.instrument_id)
    )


def spendable(payments: Payments, instrument: Instrument) -> int:
    """What an instrument can still pay: authorized, prepaid or granted, less what is used or being used."""
    used = summed(payments.transactions, _USES[instrument.holder], _LIVE, instrument)
    if instrument.holder not in _FUNDS:
        return instrument.amount_minor - used
    funds, back = _FUNDS[instrument.holder]
    granted = summed(payments.transactions, funds, {TransactionState.SUCCEEDED}, instrument)
    return granted - used - summed(payments.transactions, back, _LIVE, instrument)


def pledged(payments: Payments, instrument: Instrument) -> int:
    """What an instrument pays that it has not paid yet, whether that is authorized now or is still to be."""
    used = summed(payments.transactions, _USES[instrument.holder], _LIVE, instrument)
    given_back = summed(payments.transactions, TransactionKind.PREPAYMENT_REFUND, _LIVE, instrument)
    return instrument.amount_minor - used - given_back


def draws(payments: Payments, amount_minor: int) -> list[Draw]:
    """How a shipment of a value is paid: instruments in the order of their rank, each as far as it goes."""
    result: list[Draw] = []
    left = amount_minor
    for instrument in sorted(payments.instruments, key=lambda one: one.rank):
        for authorization, good_for in _sources(payments, instrument):
            share = min(left, good_for)
            if share > 0:
                result.append(Draw(instrument, _USES[instrument.holder], share, authorization))
                left -= share
    if left:
        result.append(Draw(None, TransactionKind.UNCOLLECTABLE, left))
    return result


def authorizations(payments: Payments, instrument: Instrument) -> list[Transaction]:
    """Return the authorizations that a provider granted for an instrument, oldest first."""
    return [
        transaction
        for transaction in oldest_first(payments.transactions)
        if transaction.kind is TransactionKind.AUTHORIZATION
        and transaction.state is TransactionState.SUCCEEDED
        and transaction.instrument_id == instrument.instrument_id
    ]


def remaining(payments: Payments, authorization: Transaction) -> int:
    """Return what of an authorization is neither captured nor given back, nor being asked for; in minor units."""
    used = sum(
        transaction.amount_minor
        for transaction in payments.transactions
        if transaction.authorization_id == authorization.transaction_id
        and transaction.kind in {TransactionKind.CAPTURE, TransactionKind.REVERSAL}
        and transaction.state in _LIVE
    )
    return authorization.amount_minor - used


def _sources(payments: Payments, instrument: Instrument) -> list[tuple[Transaction | None, int]]:
    """What an instrument can pay, by authorization where a provider holds the money; what ends first is used first."""
    if instrument.holder is not Holder.HUB:
        return [(None, spendable(payments, instrument))]
    granted = authorizations(payments, instrument)
    granted.sort(key=lambda one: (one.expires_at is None, one.expires_at or one.created_at))
    return [(one, remaining(payments, one)) for one in granted]


def unauthorized(payments: Payments) -> list[Instrument]:
    """The hub's instruments that have something to pay, and neither an authorization nor a request for one."""
    return [
        instrument
        for instrument in payments.instruments
        if instrument.holder is Holder.HUB
        and instrument.amount_minor
        and not summed(payments.transactions, TransactionKind.AUTHORIZATION, _LIVE, instrument)
    ]


def payer_of_rest(payments: Payments, instrument: Instrument) -> Instrument | None:
    """Return who pays what a balance lacks: the next instrument that was stated without an amount; None without one."""
    behind = [
        one
        for one in sorted(payments.instruments, key=lambda one: one.rank)
        if one.rank > instrument.rank and one.takes_rest and one.holder in {Holder.HUB, Holder.TERMS}
    ]
    return behind[0] if behind else None


def excess(payments: Payments, to_ship_minor: int) -> list[Payout]:
    """Return what instruments hold beyond what is used and still to ship, each with the kind that gives it back.

    What a holder refused to give back is not asked for again; a provider that gives back no parts is asked once
    nothing of the authorization is needed. What goods that come back are to pay for is kept until they do.
    """
    kept = to_ship_minor + summed(payments.transactions, TransactionKind.TRADE_IN, {TransactionState.REQUESTED})
    result: list[Payout] = []
    for instrument in payments.instruments:
        if instrument.holder is Holder.RETURN:
            continue
        left = max(0, spendable(payments, instrument))
        stays = min(left, kept)
        kept -= stays
        if instrument.holder is Holder.HUB:
            result += _unneeded(payments, instrument, left - stays)
        elif instrument.holder is Holder.CHANNEL:
            back = TransactionKind.PREPAYMENT_REFUND
            refused = summed(payments.transactions, back, {TransactionState.FAILED}, instrument)
            if left - stays > refused:
                result.append(Payout(instrument, back, left - stays - refused))
    return result


def _unneeded(payments: Payments, instrument: Instrument, surplus_minor: int) -> list[Payout]:
    """Return the reversals of what is not needed of an instrument: whole authorizations, then a part of one."""
    result: list[Payout] = []
    needed: Transaction | None = None
    for authorization, left in _sources(payments, instrument):
        if authorization is None or left <= 0:
            continue
        if left > surplus_minor:
            needed = needed or authorization
            continue
        surplus_minor -= left
        refused = sum(one.amount_minor for one in _refusals(payments, authorization) if not _as_part(one))
        if left > refused:
            result.append(Payout(instrument, TransactionKind.REVERSAL, left - refused, authorization=authorization))
    if needed and surplus_minor and not _refusals(payments, needed):
        result.append(Payout(instrument, TransactionKind.REVERSAL, surplus_minor, authorization=needed))
    return result


def _refusals(payments: Payments, authorization: Transaction) -> list[Transaction]:
    """The reversals of an authorization that its provider refused."""
    return [
        transaction
        for transaction in payments.transactions
        if transaction.authorization_id == authorization.transaction_id
        and transaction.kind is TransactionKind.REVERSAL
        and transaction.state is TransactionState.FAILED
    ]


def _as_part(refusal: Transaction) -> bool:
    return refusal.failure_code == PARTIAL_REVERSAL


def in_flight(payments: Payments) -> bool:
    """Whether a provider still owes an answer. An open dispute is none: it lasts longer than its order."""
    return any(
        transaction.state in {TransactionState.REQUESTED, TransactionState.UNKNOWN}
        and transaction.kind is not TransactionKind.CHARGEBACK
        for transaction in payments.transactions
    )


PAYING_OUT: Final = frozenset(
    {
        TransactionKind.REFUND,
        TransactionKind.CHANNEL_REFUND,
        TransactionKind.CREDIT_NOTE,
        TransactionKind.STORE_CREDIT,
        TransactionKind.EXCHANGED,
        TransactionKind.OFFSET,
        TransactionKind.UNREFUNDED,
    }
)
"""Kinds by which a credit is paid out."""

_PAID: Final = (TransactionKind.CAPTURE, TransactionKind.APPLICATION, TransactionKind.RECEIVABLE)
"""Kinds by which customers pay for shipments in money."""

_RETURNS_OF: Final = {
    Holder.CHANNEL: (TransactionKind.APPLICATION, TransactionKind.CHANNEL_REFUND),
    Holder.TERMS: (TransactionKind.RECEIVABLE, TransactionKind.CREDIT_NOTE),
}


def owed(payments: Payments, credit: Transaction) -> int:
    """What of a credit is not paid out and not being paid out."""
    paid = sum(
        transaction.amount_minor
        for transaction in payments.transactions
        if transaction.credit_id == credit.transaction_id
        and transaction.kind in PAYING_OUT
        and transaction.state in _LIVE
    )
    return credit.amount_minor - paid


def paid_in_all(payments: Payments) -> int:
    """Return what shipments cost that the customer paid for, or owes on terms, less what the bank took back."""
    return sum(summed(payments.transactions, kind, _LIVE) for kind in _PAID) - charged_back(payments)


def grantable(payments: Payments) -> int:
    """Return what a customer paid, or owes on terms, and was not credited with, in whatever way it is paid out.

    A credit that is set off against what nothing covered gives nothing of it back. What the customer disputes, or got
    back by a dispute, is not credited again.
    """
    return paid_in_all(payments) + summed(payments.transactions, TransactionKind.OFFSET, _LIVE) - _credited(payments)


def uncredited(payments: Payments) -> int:
    """Return what shipments cost, whoever pays for them, less all credits: goods that come back bring at most that."""
    kinds = (*_PAID, TransactionKind.TRADE_IN, TransactionKind.UNCOLLECTABLE)
    return sum(summed(payments.transactions, kind, _LIVE) for kind in kinds) - _credited(payments)


def invoiced(payments: Payments, instrument: Instrument) -> int:
    """Return what is invoiced on terms and neither credited, paid nor given up, in minor units; below zero where more
    was credited than is left to pay.
    """
    done = {TransactionState.SUCCEEDED}
    less = (TransactionKind.CREDIT_NOTE, TransactionKind.REMITTANCE, TransactionKind.WRITE_OFF)
    ended = sum(summed(payments.transactions, kind, done, instrument) for kind in less)
    return summed(payments.transactions, TransactionKind.RECEIVABLE, done, instrument) - ended


def uncovered(payments: Payments) -> int:
    """Return what of shipments nothing covered and no credit was set off against."""
    transactions = payments.transactions
    return summed(transactions, TransactionKind.UNCOLLECTABLE, {TransactionState.SUCCEEDED}) - summed(
        transactions, TransactionKind.OFFSET, _LIVE
    )


def payouts(payments: Payments, amount_minor: int) -> list[Payout]:
    """How a credit is refunded: first against what nothing covered, then to the instruments, the last used first.

    Never more to an instrument than it paid, to a capture than it took. What no instrument takes back is UNREFUNDED,
    unless a capture is being asked for or a dispute is open: then it stays owed until that has ended.
    """
    result: list[Payout] = []
    left = amount_minor
    for payout in _possible(payments):
        share = min(left, payout.amount_minor)
        if share > 0:
            result.append(replace(payout, amount_minor=share))
            left -= share
    asked = {TransactionState.REQUESTED, TransactionState.UNKNOWN}
    open_steps = (TransactionKind.CAPTURE, TransactionKind.CHARGEBACK)
    if left and not any(summed(payments.transactions, kind, asked) for kind in open_steps):
        result.append(Payout(None, TransactionKind.UNREFUNDED, left))
    return result


def _possible(payments: Payments) -> list[Payout]:
    """All that can be given back, in the order in which it is."""
    transactions = payments.transactions
    done = {TransactionState.SUCCEEDED}
    result = [Payout(None, TransactionKind.OFFSET, uncovered(payments))]
    for instrument in sorted(payments.instruments, key=lambda one: -one.rank):
        if instrument.holder in _RETURNS_OF:
            used, back = _RETURNS_OF[instrument.holder]
            left = summed(transactions, used, done, instrument) - summed(transactions, back, _LIVE, instrument)
            result.append(Payout(instrument, back, left))
            continue
        result += [
            Payout(instrument, TransactionKind.REFUND, refundable(payments, capture), capture)
            for capture in reversed(oldest_first(transactions))
            if capture.kind is TransactionKind.CAPTURE
            and capture.state is TransactionState.SUCCEEDED
            and capture.instrument_id == instrument.instrument_id
        ]
    return result


def _credited(payments: Payments) -> int:
    return summed(payments.transactions, TransactionKind.CREDIT, {TransactionState.SUCCEEDED})


def refundable(payments: Payments, capture: Transaction) -> int:
    """What of a capture was not given back, and is not disputed."""
    return capture.amount_minor - sum(
        _taken_back(payments, capture, kind) for kind in (TransactionKind.REFUND, TransactionKind.CHARGEBACK)
    )


def charged_back(payments: Payments) -> int:
    """Return what is disputed, or was lost by a dispute, in minor units."""
    return summed(payments.transactions, TransactionKind.CHARGEBACK, _LIVE)


def disputable(payments: Payments, capture: Transaction) -> int:
    """Return what of a capture is neither disputed nor lost by a dispute; what was refunded can be disputed too."""
    return capture.amount_minor - _taken_back(payments, capture, TransactionKind.CHARGEBACK)


def _taken_back(payments: Payments, capture: Transaction, kind: TransactionKind) -> int:
    return sum(
        transaction.amount_minor
        for transaction in payments.transactions
        if transaction.capture_id == capture.transaction_id and transaction.kind is kind and transaction.state in _LIVE
    )
