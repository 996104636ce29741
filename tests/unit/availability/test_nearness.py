"""Distances along the earth, places by postal code, and the order of what is near."""

from __future__ import annotations

from math import acos, cos, pi, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hub.availability.errors import PlaceUnknown
from hub.availability.policy.nearness import MEAN_RADIUS_METERS, distance_meters, nearest, place_asked, place_of
from hub.network.model import Coordinates, Network, PostalArea
from tests.support.network import network_of

AMSTERDAM, BERLIN = Coordinates(52.3676, 4.9041), Coordinates(52.5200, 13.4050)
PLACES = st.builds(Coordinates, st.floats(-90, 90), st.floats(-180, 180))
HALF_WAY_ROUND = pi * MEAN_RADIUS_METERS


def areas(*given: tuple[str, str, float, float]) -> Network:
    made = [PostalArea(country, prefix, Coordinates(north, east)) for country, prefix, north, east in given]
    return replace(network_of(), postal_areas={(one.country_code, one.prefix): one for one in made})


@pytest.mark.parametrize(
    ("one", "other", "kilometers"),
    [
        (AMSTERDAM, BERLIN, 576.088),
        (Coordinates(0, 0), Coordinates(0, 90), 10_007.557),
        (Coordinates(90, 0), Coordinates(-90, 0), 20_015.115),
        (Coordinates(0, 179.5), Coordinates(0, -179.5), 111.195),
        (AMSTERDAM, AMSTERDAM, 0),
    ],
)
def test_known_distances_are_met(one: Coordinates, other: Coordinates, kilometers: float) -> None:
    assert distance_meters(one, other) / 1000 == pytest.approx(kilometers, rel=1e-3, abs=1e-6)


@given(PLACES, PLACES)
def test_a_way_is_as_long_back_and_never_longer_than_half_way_round(one: Coordinates, other: Coordinates) -> None:
    there = distance_meters(one, other)

    assert 0 <= there <= HALF_WAY_ROUND + 1e-6
    assert there == pytest.approx(distance_meters(other, one), abs=1e-3)


@given(PLACES, PLACES)
def test_it_agrees_with_the_law_of_cosines_wherever_that_is_exact(one: Coordinates, other: Coordinates) -> None:
    north, south, east = radians(one.latitude), radians(other.latitude), radians(other.longitude - one.longitude)
    cosine = sin(north) * sin(south) + cos(north) * cos(south) * cos(east)

    if abs(cosine) < 0.999:
        assert distance_meters(one, other) == pytest.approx(MEAN_RADIUS_METERS * acos(cosine), rel=1e-9)


@given(PLACES, PLACES, PLACES)
def test_no_detour_is_shorter(one: Coordinates, other: Coordinates, third: Coordinates) -> None:
    assert distance_meters(one, third) <= distance_meters(one, other) + distance_meters(other, third) + 1e-3


def test_the_smallest_area_that_holds_a_postal_code_counts() -> None:
    network = areas(
        ("NL", "", 52, 5), ("NL", "10", 52.37, 4.9), ("NL", "1015", 52.375, 4.885), ("DE", "10", 52.5, 13.4)
    )

    assert place_of(network, "NL", "1015 AA") == Coordinates(52.375, 4.885)
    assert place_of(network, "NL", "1099-ZZ") == Coordinates(52.37, 4.9)
    assert place_of(network, "NL", "9999") == Coordinates(52, 5)
    assert place_of(network, "DE", "20095") is None
    with pytest.raises(PlaceUnknown):
        place_asked(network, "DE", "20095")


def test_nodes_come_by_distance_and_those_that_stand_nowhere_known_not_at_all() -> None:
    network = areas(("DE", "", 52.52, 13.405))
    nodes = dict(network.nodes)
    nodes["ST-AMS"] = replace(nodes["ST-AMS"], coordinates=AMSTERDAM)
    nodes["DC-NL"] = replace(nodes["DC-NL"], coordinates=AMSTERDAM)
    network = replace(network, nodes=nodes)

    found = nearest(network, BERLIN, ["ST-AMS", "DC-NL", "ST-BER", "ST-LON"])

    assert [(node.node_id, round(meters / 1000)) for meters, node in found] == [
        ("ST-BER", 0),
        ("DC-NL", 576),
        ("ST-AMS", 576),
    ]
    assert [node.node_id for _, node in nearest(network, BERLIN, nodes, within_meters=1000)] == ["ST-BER"]
