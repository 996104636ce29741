"""Where a returned unit goes: resale value x share sold - freight - handling, of equals the first by id."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hub.kernel.errors import CurrencyMismatch
from hub.kernel.money import Money
from hub.returns.policy.routing import Considered, Place, Route, amount, best_for_all, best_place


def euros(text: str) -> Money:
    return Money.of(text, "EUR")


def place(node_id: str, resale: str, share: str = "1", freight: str = "0", handling: str = "0") -> Place:
    return Place(node_id, euros(resale), Decimal(share), euros(freight), euros(handling))


def route(*places: Place, **excluded: str) -> Route:
    return best_place(places, excluded=excluded)


def test_the_place_where_most_comes_of_a_unit_is_chosen_with_all_its_terms() -> None:
    found = route(place("DC-NL", "40.00", "0.5", "4.50", "1.50"), place("ST-AMS", "39.99", "0.85", "4.50", "0.50"))

    assert found.node_id == "ST-AMS"
    assert found.outcome == Decimal("28.9915")
    assert found.explanation == (
        "ST-AMS: 39.99 EUR x 0.85 - 4.50 EUR freight - 0.50 EUR handling = 28.9915 EUR, 14.9915 EUR more than DC-NL."
    )


def test_every_node_looked_at_is_kept_with_the_reason_it_was_not_chosen() -> None:
    near, far = place("A", "10.00", "1", "1.00"), place("B", "10.00", "1", "3.00")

    found = route(far, near, C="it takes no returns")

    assert found.considered == (
        Considered("A", near, Decimal(0)),
        Considered("B", far, Decimal(2), "2.00 EUR less comes of it"),
        Considered("C", None, None, "it takes no returns"),
    )


def test_of_places_that_are_as_good_the_first_by_id_is_chosen() -> None:
    found = route(place("B", "10.00", "0.5"), place("A", "5.00"))

    assert found.node_id == "A"
    assert found.considered[1].because == "as good, but after A"
    assert found.explanation.endswith("as much as B, which comes after it.")


def test_a_difference_below_a_cent_decides() -> None:
    found = route(place("A", "10.00", "0.333333"), place("B", "10.00", "0.333334"))

    assert found.node_id == "B"
    assert found.considered[0].behind == Decimal("0.00001")


def test_a_unit_that_costs_more_than_comes_of_it_is_routed_and_said_not_to_pay() -> None:
    found = route(place("A", "3.00", "0.5", "4.50", "1.50"))

    assert found.node_id == "A"
    assert found.outcome == Decimal("-4.5")
    assert not found.pays
    assert found.explanation.endswith("= -4.50 EUR, the only node that takes it; it costs more than comes of it.")


def test_a_unit_of_which_nothing_is_left_does_not_pay() -> None:
    assert not route(place("A", "6.00", "1", "4.50", "1.50")).pays
    assert route(place("A", "6.01", "1", "4.50", "1.50")).pays


def test_an_excluded_node_takes_nothing_even_where_most_would_come_of_it() -> None:
    found = route(place("A", "100.00"), place("B", "1.00"), A="it is closed")

    assert found.node_id == "B"
    assert found.considered[0] == Considered("A", None, None, "it is closed")


@pytest.mark.parametrize(
    ("excluded", "said"),
    [({}, "No node takes it: there is none."), ({"A": "it is closed"}, "No node takes it: A: it is closed.")],
)
def test_where_no_node_takes_a_unit_that_is_said(excluded: dict[str, str], said: str) -> None:
    found = best_place([], excluded=excluded)

    assert (found.node_id, found.outcome, found.pays, found.explanation) == (None, None, False, said)


def test_amounts_in_two_currencies_are_not_compared() -> None:
    pounds = Money.of("10.00", "GBP")

    with pytest.raises(CurrencyMismatch):
        route(place("A", "10.00"), Place("B", pounds, Decimal(1), pounds, pounds))


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        ("2", "EUR", "2.00 EUR"),
        ("-0.5", "EUR", "-0.50 EUR"),
        ("28.9915", "EUR", "28.9915 EUR"),
        ("1200", "JPY", "1200 JPY"),
        ("1200.5", "JPY", "1200.5 JPY"),
        ("0", "BHD", "0.000 BHD"),
    ],
)
def test_an_exact_amount_is_written_with_the_digits_it_has(value: str, currency: str, text: str) -> None:
    assert amount(Decimal(value), currency) == text


def test_units_that_stay_together_go_where_most_comes_of_all_of_them() -> None:
    coats = [place("A", "50.00"), place("B", "40.00")]
    hats = [place("A", "1.00"), place("B", "9.00"), place("C", "99.00")]

    assert best_for_all([(1, coats), (1, hats)]) == "A"
    assert best_for_all([(1, coats), (2, hats)]) == "B"
    assert best_for_all([(1, coats), (1, [place("C", "1.00")])]) is None
    assert best_for_all([]) is None
