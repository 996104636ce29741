"""Random money of an order, and what must hold of how its shipments are paid.

The checks are plain functions, so that `tests/faults` can show each of them red on a planted fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from msgspec.structs import replace

from hub.kernel.ids import derived, uuid7
from hub.payments import policy
from hub.payments.model import Holder, Instrument, Payments, Transaction, TransactionKind, TransactionState

AT = datetime(2026, 11, 17, 9, tzinfo=UTC)
ORDER = uuid7(AT, 1)

USES = {
    Holder.HUB: TransactionKind.CAPTURE,
    Holder.CHANNEL: TransactionKind.APPLICATION,
    Holder.TERMS: TransactionKind.RECEIVABLE,
    Holder.RETURN: TransactionKind.TRADE_IN,
}
FUNDS = {Holder.HUB: TransactionKind.AUTHORIZATION, Holder.CHANNEL: TransactionKind.PREPAYMENT}


@dataclass(frozen=True)
class Purse:
    """An instrument to be: who holds it, what it is good for, and whether that was granted."""

    holder: Holder
    amount_minor: int
    granted: bool = True


def opened(purses: Sequence[Purse]) -> Payments:
    """Payments of an order with these instruments, their authorizations answered."""
    payments = Payments("EUR")
    for rank, purse in enumerate(purses, 1):
        instrument = Instrument(derived(ORDER, "instrument", rank), ORDER, rank, purse.holder, "X", purse.amount_minor)
        payments = replace(payments, instruments=(*payments.instruments, instrument))
        if purse.holder in FUNDS:
            state = TransactionState.SUCCEEDED if purse.granted else TransactionState.FAILED
            payments = _with(payments, instrument.instrument_id, FUNDS[purse.holder], state, purse.amount_minor)
    return payments


def shipped(payments: Payments, value_minor: int, *, fails: bool = False) -> Payments:
    """The payments after a shipment of a value; `fails`: its captures are refused."""
    for draw in policy.draws(payments, value_minor):
        failed = fails and draw.kind is TransactionKind.CAPTURE
        state = TransactionState.FAILED if failed else TransactionState.SUCCEEDED
        identity = draw.instrument.instrument_id if draw.instrument else None
        payments = _with(payments, identity, draw.kind, state, draw.amount_minor, draw.authorization)
    return payments


def draws_sum_to_the_value(payments: Payments, value_minor: int) -> None:
    """What a shipment draws is its value, each draw more than nothing."""
    found = policy.draws(payments, value_minor)
    assert sum(draw.amount_minor for draw in found) == value_minor
    assert all(draw.amount_minor > 0 for draw in found)


def nobody_pays_more_than_was_granted(payments: Payments) -> None:
    """Per instrument, what is used and given back is at most what was granted; each pays in its holder's way."""
    for instrument in payments.instruments:
        own = [one for one in payments.transactions if one.instrument_id == instrument.instrument_id]
        live = [one for one in own if one.state is not TransactionState.FAILED]
        used = sum(one.amount_minor for one in live if one.kind is USES[instrument.holder])
        back = sum(one.amount_minor for one in live if one.kind is TransactionKind.REVERSAL)
        granted = instrument.amount_minor
        if instrument.holder in FUNDS:
            granted = sum(one.amount_minor for one in live if one.kind is FUNDS[instrument.holder])
        assert used + back <= granted
        assert {one.kind for one in own} <= {
            USES[instrument.holder],
            FUNDS.get(instrument.holder),
            TransactionKind.REVERSAL,
        }


def earlier_instruments_pay_first(payments: Payments, value_minor: int) -> None:
    """Nothing is drawn from an instrument, or left uncovered, while an earlier one could still pay."""
    found = policy.draws(payments, value_minor)
    taken = {draw.instrument.instrument_id: draw.amount_minor for draw in found if draw.instrument}
    ranks = [draw.instrument.rank if draw.instrument else len(payments.instruments) + 1 for draw in found]
    assert ranks == sorted(ranks)
    for instrument in payments.instruments:
        if found and instrument.rank < ranks[-1]:
            assert taken.get(instrument.instrument_id, 0) == max(0, policy.spendable(payments, instrument))


def _with(
    payments: Payments,
    instrument_id: UUID | None,
    kind: TransactionKind,
    state: TransactionState,
    amount_minor: int,
    authorization: Transaction | None = None,
) -> Payments:
    number = len(payments.transactions)
    made = Transaction(derived(ORDER, "transaction", number), ORDER, instrument_id, kind, state, amount_minor, AT)
    if authorization is not None:
        made = replace(made, authorization_id=authorization.transaction_id)
    return replace(payments, transactions=(*payments.transactions, made))
