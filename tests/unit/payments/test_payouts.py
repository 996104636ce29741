"""How a credit is paid out: to the instruments that paid, the last used first, and never more than they did."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hub.payments.model import Holder, Instrument, Payments, Transaction, TransactionKind, TransactionState
from hub.payments.policy import owed, payouts
from tests.rows.rooms.building import AT, identity

ORDER = identity(1)
DONE = TransactionState.SUCCEEDED


def paid(*steps: tuple[Holder, TransactionKind, int], **states: TransactionState) -> Payments:
    """Money of an order: each step an instrument of its own, used for an amount."""
    instruments = tuple(
        Instrument(identity(100 + rank), ORDER, rank, holder, holder.value, amount)
        for rank, (holder, _, amount) in enumerate(steps, 1)
    )
    transactions = tuple(
        step(number, kind, amount, instrument.instrument_id, states.get(kind.value, DONE))
        for number, ((_, kind, amount), instrument) in enumerate(zip(steps, instruments, strict=True), 1)
    )
    return Payments("EUR", instruments, transactions)


def step(
    number: int, kind: TransactionKind, amount: int, instrument_id: UUID | None, state: TransactionState = DONE
) -> Transaction:
    return Transaction(identity(200 + number), ORDER, instrument_id, kind, state, amount, AT)


GIFT_AND_CARD = paid((Holder.HUB, TransactionKind.CAPTURE, 4000), (Holder.HUB, TransactionKind.CAPTURE, 2000))


def told(payments: Payments, amount: int) -> list[tuple[str, int]]:
    return [(one.kind.value, one.amount_minor) for one in payouts(payments, amount)]


def test_the_instrument_used_last_gets_its_money_back_first() -> None:
    found = payouts(GIFT_AND_CARD, 3000)

    assert [(one.instrument.rank if one.instrument else 0, one.amount_minor) for one in found] == [(2, 2000), (1, 1000)]


def test_what_no_instrument_paid_is_named_as_unrefunded() -> None:
    assert told(GIFT_AND_CARD, 6500) == [("REFUND", 2000), ("REFUND", 4000), ("UNREFUNDED", 500)]


def test_each_holder_gives_back_in_its_own_way() -> None:
    payments = paid(
        (Holder.HUB, TransactionKind.CAPTURE, 100),
        (Holder.CHANNEL, TransactionKind.APPLICATION, 100),
        (Holder.TERMS, TransactionKind.RECEIVABLE, 100),
    )

    assert told(payments, 300) == [("CREDIT_NOTE", 100), ("CHANNEL_REFUND", 100), ("REFUND", 100)]


def test_what_nothing_covered_is_set_off_before_anything_is_refunded() -> None:
    uncovered = step(9, TransactionKind.UNCOLLECTABLE, 500, None)
    payments = replace(GIFT_AND_CARD, transactions=(*GIFT_AND_CARD.transactions, uncovered))

    assert told(payments, 700) == [("OFFSET", 500), ("REFUND", 200)]


def test_while_a_capture_is_not_answered_the_rest_stays_owed() -> None:
    asked = paid((Holder.HUB, TransactionKind.CAPTURE, 4000), CAPTURE=TransactionState.UNKNOWN)

    assert told(asked, 4000) == []


def test_a_refund_that_failed_is_owed_again_and_one_that_lives_is_not() -> None:
    credit = step(5, TransactionKind.CREDIT, 3000, None)
    refund = replace(step(6, TransactionKind.REFUND, 1000, None), credit_id=credit.transaction_id)
    known = replace(GIFT_AND_CARD, transactions=(*GIFT_AND_CARD.transactions, credit, refund))
    failed = replace(refund, state=TransactionState.FAILED)
    failing = replace(GIFT_AND_CARD, transactions=(*GIFT_AND_CARD.transactions, credit, failed))

    assert (owed(known, credit), owed(failing, credit)) == (2000, 3000)


@given(st.permutations([1, 2, 3]), st.permutations([300, 500, 200]))
def test_of_captures_of_one_instant_the_same_is_given_back_whatever_their_ids_and_the_order_of_answers(
    numbers: list[int], amounts: list[int]
) -> None:
    card = paid((Holder.HUB, TransactionKind.AUTHORIZATION, 1000))
    identity_of_card = card.instruments[0].instrument_id
    captures = [
        step(number, TransactionKind.CAPTURE, amount, identity_of_card)
        for number, amount in zip(numbers, amounts, strict=True)
    ]

    assert told(replace(card, transactions=tuple(captures)), 600) == [("REFUND", 500), ("REFUND", 100)]


@given(st.lists(st.integers(1, 5_000), min_size=1, max_size=5), st.lists(st.integers(1, 6_000), max_size=6))
def test_no_capture_ever_gives_back_more_than_it_took(captures: list[int], credits_: list[int]) -> None:
    payments = paid(*((Holder.HUB, TransactionKind.CAPTURE, amount) for amount in captures))
    for number, amount in enumerate(credits_):
        found = payouts(payments, amount)
        assert sum(one.amount_minor for one in found) == amount
        given_back = tuple(
            replace(
                step(100 * (number + 1) + index, one.kind, one.amount_minor, None),
                instrument_id=one.instrument.instrument_id if one.instrument else None,
                capture_id=one.capture.transaction_id if one.capture else None,
            )
            for index, one in enumerate(found)
        )
        payments = replace(payments, transactions=(*payments.transactions, *given_back))
    for capture in payments.transactions:
        back = [one.amount_minor for one in payments.transactions if one.capture_id == capture.transaction_id]
        assert sum(back) <= capture.amount_minor
