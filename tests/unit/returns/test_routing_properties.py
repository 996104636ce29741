"""What holds of every route, whatever the places."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hub.kernel.money import Money
from hub.returns.policy.routing import Place, best_place

amounts = st.integers(0, 2**62).map(lambda minor: Money(minor, "EUR"))
shares = st.integers(0, 10**6).map(lambda millionths: Decimal(millionths).scaleb(-6))
few_amounts = st.integers(0, 3).map(lambda minor: Money(minor, "EUR"))
few_shares = st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(1)])


def of_parts(parts: list[tuple[Money, Decimal, Money, Money]]) -> list[Place]:
    return [Place(f"N{number}", *part) for number, part in enumerate(parts)]


places = st.one_of(
    st.lists(st.tuples(amounts, shares, amounts, amounts), min_size=1, max_size=8).map(of_parts),
    st.lists(st.tuples(few_amounts, few_shares, few_amounts, few_amounts), min_size=1, max_size=8).map(of_parts),
)


def exactly(place: Place) -> Fraction:
    """What comes of a unit there, in minor units, by another kind of number."""
    return place.resale.minor * Fraction(place.sell_through) - place.freight.minor - place.handling.minor


@given(places)
def test_no_place_is_better_than_the_one_chosen_and_none_as_good_comes_before_it(places: list[Place]) -> None:
    chosen = best_place(places, excluded={}).node_id

    assert chosen == min(places, key=lambda one: (-exactly(one), one.node_id)).node_id


@given(places)
def test_what_comes_of_a_unit_is_exact_to_any_fraction_of_a_coin(places: list[Place]) -> None:
    found = best_place(places, excluded={})

    for one in found.considered:
        assert one.place is not None
        assert one.behind is not None
        assert Fraction(one.place.outcome) * 100 == exactly(one.place)
        assert found.outcome is not None
        assert Fraction(found.outcome) - Fraction(one.behind) == Fraction(one.place.outcome)


@given(places, st.randoms(use_true_random=False))
def test_the_order_of_places_makes_no_difference(places: list[Place], chance: Random) -> None:
    mixed = list(places)
    chance.shuffle(mixed)

    assert best_place(mixed, excluded={}) == best_place(places, excluded={})


@given(places)
def test_each_place_is_kept_once_and_all_but_the_chosen_one_say_why(places: list[Place]) -> None:
    found = best_place(places, excluded={"CLOSED": "it is closed"})

    assert [one.node_id for one in found.considered] == sorted([*(one.node_id for one in places), "CLOSED"])
    assert [one.node_id for one in found.considered if not one.because] == [found.node_id]


@given(places, st.integers(1, 10**6))
def test_a_place_that_becomes_cheaper_never_loses_what_it_had(places: list[Place], less: int) -> None:
    found = best_place(places, excluded={})
    cheaper = [
        replace(one, resale=Money(one.resale.minor + less, "EUR"), sell_through=Decimal(1))
        if one.node_id == found.node_id
        else one
        for one in places
    ]

    assert best_place(cheaper, excluded={}).node_id == found.node_id


@given(places)
def test_what_was_not_chosen_may_be_left_out_without_changing_the_choice(places: list[Place]) -> None:
    found = best_place(places, excluded={})
    others = {one.node_id: "left out" for one in places if one.node_id != found.node_id}

    assert best_place(places, excluded=others).node_id == found.node_id
