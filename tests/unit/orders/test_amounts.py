"""What lines and units cost: whatever is shared out sums to what was stated."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hub.catalog.model import Item
from hub.kernel.errors import InvalidField
from hub.kernel.money import LARGEST_MINOR, Money, first_units, shares
from hub.orders.errors import PriceMissing
from hub.orders.model import Discount, Draft, LineDraft, StatedTotals, TaxDraft
from hub.orders.policy import charges_of, differences, lines_of
from tests.support.drafts import bundle, draft, item, line

ITEMS = {one.sku: one for one in (item("A", "10.00"), item("B", "3.33"), item("C"))}
ITEMS |= {
    "PAIR": bundle("PAIR", {"A": 2}),
    "SET": bundle("SET", {"A": 1, "B": 2}),
    "BOX": bundle("BOX", {"B": 1, "C": 3}),
}

TAXES = st.lists(st.builds(TaxDraft, st.integers(0, 500), included=st.booleans()), max_size=2).map(tuple)
DISCOUNTS = st.lists(st.builds(Discount, st.integers(0, 300)), max_size=2).map(tuple)
LINES = st.builds(
    LineDraft,
    st.sampled_from(sorted(ITEMS)),
    st.integers(1, 9),
    st.decimals(9, 100, places=2),
    discounts=DISCOUNTS,
    taxes=TAXES,
)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=4), st.builds(Discount, st.integers(0, 200)).map(lambda off: (off,)), TAXES)
def test_the_lines_of_an_order_sum_to_what_was_stated(
    stated: list[LineDraft], discounts: tuple[Discount, ...], taxes: tuple[TaxDraft, ...]
) -> None:
    made = draft("W", stated, discounts=discounts, taxes=taxes)
    lines = lines_of(made, ITEMS)

    gross = sum(int((one.unit_price or Decimal(0)) * 100) * one.quantity for one in stated)
    less = sum(one.amount_minor for one in [*discounts, *(one for line in stated for one in line.discounts)])
    all_taxes = [tax for one in stated for tax in one.taxes] + list(taxes)
    assert sum(one.discount_minor for one in lines) == less
    assert sum(one.tax_minor for one in lines) == sum(tax.amount_minor for tax in all_taxes)
    assert sum(one.total_minor for one in lines) == gross - less + sum(
        tax.amount_minor for tax in all_taxes if not tax.included
    )
    assert [one.line_number for one in lines] == list(range(1, len(lines) + 1))
    assert not any(ITEMS[one.sku].is_bundle for one in lines)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.integers(0, 100_000), st.integers(1, 50))
def test_units_cost_in_sum_what_their_line_costs(amount: int, units: int) -> None:
    prices = [first_units(amount, units, count + 1) - first_units(amount, units, count) for count in range(units)]

    assert sum(prices) == amount
    assert max(prices) - min(prices) <= 1


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.integers(-10_000, 10_000), st.lists(st.integers(0, 1000), min_size=1, max_size=8))
def test_shares_sum_to_what_is_shared(amount: int, weights: list[int]) -> None:
    shared = shares(amount, weights)

    assert sum(shared) == amount
    assert len(shared) == len(weights)
    if any(weights):
        assert all(share == 0 for share, weight in zip(shared, weights, strict=True) if weight == 0)


def test_five_over_three_equal_lines_goes_one_cent_more_to_the_earliest() -> None:
    assert shares(500, [1, 1, 1]) == [167, 167, 166]


@pytest.mark.parametrize(
    ("camera", "strap", "count", "total", "expected"),
    [
        ({"EUR": 20000}, {"EUR": 0}, 1, "180.00", [18000, 0]),
        ({"EUR": 30000}, {}, 3, "290.00", [29000, 0]),
        ({"USD": 9000}, {"USD": 1000}, 1, "180.00", [16200, 1800]),
        ({"EUR": 20000, "USD": 9000}, {"USD": 1000}, 1, "180.00", [16200, 1800]),
        ({"EUR": 0}, {"EUR": 0}, 1, "180.00", [9000, 9000]),
        ({}, {}, 3, "180.00", [4500, 13500]),
    ],
)
def test_parts_of_a_bundle_weigh_what_they_are_known_to_cost_and_free_ones_nothing(
    camera: dict[str, int], strap: dict[str, int], count: int, total: str, expected: list[int]
) -> None:
    items = {
        "KIT": bundle("KIT", {"CAM": 1, "STRAP": count}),
        "CAM": Item("CAM", prices={code: Money(minor, code) for code, minor in camera.items()}),
        "STRAP": Item("STRAP", prices={code: Money(minor, code) for code, minor in strap.items()}),
    }

    parts = lines_of(draft("W-1", [line("KIT", 1, total)]), items)

    assert [one.total_minor for one in parts] == expected
    assert sum(one.unit_price * one.quantity for one in parts) == Decimal(total)


def test_a_bundle_becomes_its_parts_with_shares_of_its_price_by_their_own() -> None:
    (first, second) = lines_of(draft("W", [line("SET", 2, "15.00")]), ITEMS)

    assert (first.sku, first.quantity, first.bundle_sku) == ("A", 2, "SET")
    assert (second.sku, second.quantity) == ("B", 4)
    assert first.total_minor + second.total_minor == 3000
    assert first.total_minor == 1801


def test_a_price_is_the_catalogs_only_where_none_is_stated() -> None:
    listed, stated = lines_of(draft("W", [line("A", 1, None), line("A", 1, "9.00")]), ITEMS)

    assert (listed.total_minor, stated.total_minor) == (1000, 900)
    with pytest.raises(PriceMissing):
        lines_of(draft("W", [line("C", 1, None)]), ITEMS)


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        (StatedTotals(), []),
        (StatedTotals(goods_minor=2000, grand_minor=2500), []),
        (StatedTotals(grand_minor=2600), ["grand total stated 26.00 EUR, lines sum to 25.00 EUR, difference 1.00 EUR"]),
        (StatedTotals(tax_minor=-1), ["tax total stated -0.01 EUR, lines sum to 0.00 EUR, difference -0.01 EUR"]),
    ],
)
def test_totals_that_do_not_follow_from_the_lines_are_named(stated: StatedTotals, found: list[str]) -> None:
    made = replace(an_order(), stated=stated)
    assert differences(made, lines_of(made, ITEMS), charges_of(made.charges)) == found


def an_order() -> Draft:
    return draft("W", [line("A", 2, "10.00")], shipping="5.00")


@pytest.mark.parametrize(
    ("discounts", "off_the_line"), [((2100,), ()), ((), (2001,)), ((1001,), (1000,))], ids=["order", "line", "both"]
)
def test_nobody_discounts_more_than_there_is(discounts: tuple[int, ...], off_the_line: tuple[int, ...]) -> None:
    lines = [line("A", 2, "10.00", discounts=tuple(map(Discount, off_the_line)))]
    with pytest.raises(InvalidField):
        lines_of(draft("W", lines, discounts=tuple(map(Discount, discounts))), ITEMS)


@pytest.mark.parametrize("count", [1, 2])
def test_lines_cost_no_more_than_the_hub_counts(count: int) -> None:
    most = line("A", 10_000_000, "1000000.00")
    assert lines_of(draft("W", [most]), ITEMS)[0].total_minor == LARGEST_MINOR

    beyond = {1: [line("A", 10_000_000, "1000000.01")], 2: [most, line("A", 1, "0.01")]}[count]
    with pytest.raises(InvalidField) as refused:
        lines_of(draft("W", beyond), ITEMS)
    assert refused.value.metadata == {"lines": "out of range"}
