"""What units that come back are credited with: the cumulative proportion of their line, together all that was paid."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hub.kernel.money import first_units
from hub.returns.errors import ReductionTooLarge
from hub.returns.model import CreditLine, Promotions, ReturnPolicies, ReturnPolicy
from hub.returns.policy.credits import MultiBuy, Sold, credited_line, policy_for, problems, reduced


def one_by_one(sold: Sold, promotions: Promotions, parts: list[int]) -> list[CreditLine]:
    """Credits of units that come back in parts, each counted on from the ones before."""
    found: list[CreditLine] = []
    for quantity in parts:
        line = credited_line(sold, quantity, promotions)
        found.append(line)
        sold = replace(
            sold,
            credited=sold.credited + quantity,
            credited_minor=sold.credited_minor + line.amount_minor,
            credited_tax_minor=sold.credited_tax_minor + line.tax_minor,
        )
    return found


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [
        (2497, [1, 1, 1], [832, 833, 832]),
        (2497, [2, 1], [1665, 832]),
        (2497, [3], [2497]),
        (2, [1, 1, 1], [1, 0, 1]),
        (0, [1, 2], [0, 0]),
    ],
)
def test_units_that_come_back_in_parts_are_worth_the_cumulative_proportion(
    total: int, parts: list[int], expected: list[int]
) -> None:
    sold = Sold(1, 3, total, 0, shipped=3)

    assert [one.amount_minor for one in one_by_one(sold, Promotions.PROPORTIONAL, parts)] == expected


@pytest.mark.parametrize(
    ("total", "quantity", "returned", "expected"),
    [(1490, 1000, 510, 760), (1500, 100_000, 66_666, 1000), (1230000, 1_000_000, 230_000, 282900)],
)
def test_half_of_many_cheap_units_is_credited_with_half_of_the_line(
    total: int, quantity: int, returned: int, expected: int
) -> None:
    sold = Sold(1, quantity, total, total, shipped=quantity)

    line = credited_line(sold, returned, Promotions.PROPORTIONAL)

    assert (line.amount_minor, line.tax_minor) == (expected, expected)


def test_a_unit_credited_before_the_others_shipped_leaves_them_the_rest() -> None:
    only = credited_line(Sold(1, 3, 2497, 0, shipped=1), 1, Promotions.PROPORTIONAL)
    rest = credited_line(Sold(1, 3, 2497, 0, shipped=3, credited=1, credited_minor=832), 2, Promotions.PROPORTIONAL)

    assert (only.amount_minor, rest.amount_minor) == (832, 1665)


def test_what_was_taken_back_of_a_first_return_is_given_with_a_later_one_that_shares_the_discount() -> None:
    sold = Sold(1, 3, 6000, 0, shipped=3, credited=1, credited_minor=0, multi_buys=(MultiBuy(3000, 3),))

    assert credited_line(sold, 2, Promotions.PROPORTIONAL).amount_minor == 6000


def test_units_that_cost_nothing_are_credited_with_nothing_whatever_is_kept() -> None:
    sold = Sold(1, 5, 0, 0, shipped=5, multi_buys=(MultiBuy(700, 3),))

    assert [one.amount_minor for one in one_by_one(sold, Promotions.CLAW_BACK, [2, 3])] == [0, 0]


@pytest.mark.parametrize(
    ("quantity", "units", "expected"),
    [
        (3, 3, [0, 3000, 3000]),
        (6, 3, [0, 3000, 3000, 0, 3000, 3000]),
        (4, 3, [3000, 0, 3000, 3000]),
    ],
)
def test_claw_back_prices_what_is_kept_as_bought_alone(quantity: int, units: int, expected: list[int]) -> None:
    saved = quantity // units * 3000
    sold = Sold(1, quantity, quantity * 3000 - saved, 0, shipped=quantity, multi_buys=(MultiBuy(saved, units),))

    assert [one.amount_minor for one in one_by_one(sold, Promotions.CLAW_BACK, [1] * quantity)] == expected


def test_what_is_kept_may_cost_more_than_was_paid_and_still_nothing_is_asked_for() -> None:
    sold = Sold(1, 3, 3000, 0, shipped=3, multi_buys=(MultiBuy(6000, 3),))

    assert [one.amount_minor for one in one_by_one(sold, Promotions.CLAW_BACK, [1, 1, 1])] == [0, 0, 3000]


@given(
    st.integers(1, 30).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n), st.lists(st.integers(1, 5)))),
    st.integers(0, 10_000),
    st.integers(0, 2_000),
    st.integers(2, 5),
    st.sampled_from(Promotions),
)
def test_all_units_that_shipped_are_credited_with_what_they_were_billed_at(
    units: tuple[int, int, list[int]], total: int, tax: int, needed: int, promotions: Promotions
) -> None:
    quantity, shipped, sizes = units
    times = quantity // needed
    multi_buys = (MultiBuy(times * 7, needed),) if times else ()
    sold = Sold(1, quantity, total, min(tax, total), shipped=shipped, multi_buys=multi_buys)
    parts: list[int] = []
    for size in [*sizes, shipped]:
        parts.append(min(size, shipped - sum(parts)))
    lines = one_by_one(sold, promotions, [part for part in parts if part])

    assert sum(one.amount_minor for one in lines) == first_units(total, quantity, shipped)
    assert sum(one.tax_minor for one in lines) == first_units(min(tax, total), quantity, shipped)
    assert all(one.amount_minor >= 0 for one in lines)


def test_a_reduction_takes_off_at_most_what_the_units_are_worth() -> None:
    sold = Sold(1, 1, 5000, 0, shipped=1)
    goods = credited_line(sold, 1, Promotions.PROPORTIONAL)

    assert sum(one.amount_minor for one in reduced(sold, goods, 5000, 0)) == 0
    with pytest.raises(ReductionTooLarge):
        reduced(sold, goods, 5001, 0)


@pytest.mark.parametrize("stated", [(833, 832, 832), (832, 833, 832), (833, 833, 833)])
def test_a_reduction_may_be_split_over_units_whatever_their_rounding(stated: tuple[int, ...]) -> None:
    sold, carried, parts = Sold(1, 3, 2497, 0, shipped=3), 0, []
    for reduction in stated:
        goods = credited_line(sold, 1, Promotions.PROPORTIONAL)
        parts.append(sum(one.amount_minor for one in reduced(sold, goods, reduction, carried)))
        carried += reduction - (goods.amount_minor - parts[-1])
        sold = replace(sold, credited=sold.credited + 1, credited_minor=sold.credited_minor + goods.amount_minor)

    assert (sum(parts), carried) == (0, sum(stated) - 2497)


def test_a_channel_has_the_policy_that_names_it_else_the_one_that_names_none() -> None:
    web, others = ReturnPolicy("web", frozenset({"WEB"})), ReturnPolicy("others")

    assert policy_for(ReturnPolicies(1, (web, others)), "WEB") is web
    assert policy_for(ReturnPolicies(1, (web, others)), "APP") is others
    assert policy_for(ReturnPolicies(1, (web,)), "APP").policy_id == "default"


def test_policies_that_contradict_each_other_are_named() -> None:
    web = ReturnPolicy("web", frozenset({"WEB"}))
    found = problems(ReturnPolicies(1, (web, web, ReturnPolicy("a"), ReturnPolicy("b"))))

    assert found == [
        "policy web is there twice",
        "channel WEB is named by two policies",
        "two policies name no channel, so that both hold for all others",
    ]
