"""How shipments are paid: from every instrument in turn, to the cent, never more than it is good for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.payments import policy
from hub.payments.model import Holder, TransactionKind, TransactionState
from tests.unit.payments.purses import (
    Purse,
    draws_sum_to_the_value,
    earlier_instruments_pay_first,
    nobody_pays_more_than_was_granted,
    opened,
    shipped,
)

PURSES = st.lists(st.builds(Purse, st.sampled_from(Holder), st.integers(0, 20_000), st.booleans()), max_size=4)
SHIPMENTS = st.lists(st.tuples(st.integers(0, 15_000), st.booleans()), max_size=6)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(PURSES, SHIPMENTS)
def test_any_shipments_are_paid_in_full_and_nobody_overpays(
    purses: list[Purse], shipments: list[tuple[int, bool]]
) -> None:
    payments = opened(purses)
    for value, fails in shipments:
        draws_sum_to_the_value(payments, value)
        earlier_instruments_pay_first(payments, value)
        payments = shipped(payments, value, fails=fails)
        nobody_pays_more_than_was_granted(payments)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(PURSES, SHIPMENTS, st.integers(0, 20_000))
def test_what_is_given_back_is_unused_and_leaves_enough_for_what_is_still_to_ship(
    purses: list[Purse], shipments: list[tuple[int, bool]], to_ship: int
) -> None:
    payments = opened(purses)
    for value, fails in shipments:
        payments = shipped(payments, value, fails=fails)

    have = {one: max(0, policy.spendable(payments, one)) for one in payments.instruments}
    back = {one.instrument: one.amount_minor for one in policy.excess(payments, to_ship)}

    for instrument, amount in back.items():
        assert instrument is not None
        assert instrument.holder in {Holder.CHANNEL, Holder.HUB}
        assert 0 < amount <= have[instrument]
    money = sum(amount for one, amount in have.items() if one.holder is not Holder.RETURN)
    assert money - sum(back.values()) >= min(to_ship, money)
    asked = sum(amount for one, amount in have.items() if one.holder in {Holder.HUB, Holder.CHANNEL})
    promised = policy.summed(payments.transactions, TransactionKind.TRADE_IN, {TransactionState.REQUESTED})
    assert asked - sum(back.values()) <= to_ship + promised
    if not to_ship:
        held = {one for one, amount in have.items() if amount and one.holder in {Holder.HUB, Holder.CHANNEL}}
        assert set(back) == held


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(-100, 10_000)), max_size=5), st.integers(0, 20_000))
def test_instruments_without_an_amount_pay_what_is_left(stated: list[int | None], total: int) -> None:
    pays = policy.amounts([(Holder.HUB, amount) for amount in stated], total)

    assert len(pays) == len(stated)
    assert all(amount >= 0 for amount in pays)
    assert sum(pays) <= total
    if None in stated:
        first = stated.index(None)
        assert pays[first] == max(0, total - sum(pays[:first]))
        assert all(
            amount == 0 for amount, said in zip(pays[first + 1 :], stated[first + 1 :], strict=True) if said is None
        )


@pytest.mark.parametrize(
    ("stated", "total", "expected"),
    [
        ([(Holder.HUB, 8000), (Holder.HUB, None)], 5000, [5000, 0]),
        ([(Holder.HUB, 8000), (Holder.HUB, 2000)], 9000, [8000, 1000]),
        ([(Holder.HUB, 8000), (Holder.TERMS, 8000)], 9000, [8000, 1000]),
        ([(Holder.CHANNEL, 8000), (Holder.HUB, None)], 5000, [8000, 0]),
        ([(Holder.HUB, 8000), (Holder.CHANNEL, 3000)], 9000, [6000, 3000]),
        ([(Holder.RETURN, 8000), (Holder.HUB, 9500)], 9500, [8000, 9500]),
    ],
)
def test_each_instrument_pays_at_most_what_is_stated_and_what_is_left_but_what_the_channel_took_is_taken(
    stated: list[tuple[Holder, int | None]], total: int, expected: list[int]
) -> None:
    assert policy.amounts(stated, total) == expected


def test_a_gift_card_pays_first_and_the_card_the_rest() -> None:
    payments = opened([Purse(Holder.HUB, 4000), Purse(Holder.HUB, 11000)])

    first = [(draw.kind, draw.amount_minor) for draw in policy.draws(payments, 6000)]
    second = [(draw.kind, draw.amount_minor) for draw in policy.draws(shipped(payments, 6000), 9000)]

    assert first == [(TransactionKind.CAPTURE, 4000), (TransactionKind.CAPTURE, 2000)]
    assert second == [(TransactionKind.CAPTURE, 9000)]


def test_what_nothing_covers_is_named_as_such() -> None:
    found = policy.draws(opened([Purse(Holder.CHANNEL, 1000)]), 1500)
    assert [(draw.kind, draw.amount_minor) for draw in found] == [
        (TransactionKind.APPLICATION, 1000),
        (TransactionKind.UNCOLLECTABLE, 500),
    ]


def test_an_instrument_that_was_declined_is_to_be_asked_again_and_one_that_was_not_is_not() -> None:
    payments = opened([Purse(Holder.HUB, 1000, granted=False), Purse(Holder.HUB, 500), Purse(Holder.CHANNEL, 7)])
    assert [one.rank for one in policy.unauthorized(payments)] == [1]
