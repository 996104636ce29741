"""Where places are, and how far apart: nodes sorted by their distance from somebody who asks.

Distances are great circles by the haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68,
1984, p. 159) on a sphere of the earth's mean radius R1 = (2a + b) / 3 of WGS 84 (H. Moritz, "Geodetic Reference System
1980", Journal of Geodesy 74, 2000). Against the ellipsoid this is off by at most about half a percent, which no answer
to "where is the next store" turns on.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from typing import Final

from hub.availability.errors import PlaceUnknown
from hub.network.model import Coordinates, Network, Node

MEAN_RADIUS_METERS: Final = 6_371_008.8


def distance_meters(coordinates: Coordinates, other: Coordinates) -> float:
    """Meters along the earth from one place to another."""
    north, south = radians(coordinates.latitude), radians(other.latitude)
    half_north, half_east = (south - north) / 2, radians(other.longitude - coordinates.longitude) / 2
    square = sin(half_north) ** 2 + cos(north) * cos(south) * sin(half_east) ** 2
    return 2 * MEAN_RADIUS_METERS * asin(min(1.0, sqrt(square)))


def place_of(network: Network, country_code: str, postal_code: str) -> Coordinates | None:
    """The middle of the smallest postal area that a postal code lies in; None where the network has none."""
    code = postal_code.replace(" ", "").replace("-", "").upper()
    for length in range(len(code), -1, -1):
        if area := network.postal_areas.get((country_code, code[:length])):
            return area.coordinates
    return None


def place_asked(network: Network, country_code: str, postal_code: str) -> Coordinates:
    """The same for somebody who asks; raises PlaceUnknown."""
    place = place_of(network, country_code, postal_code)
    if place is None:
        raise PlaceUnknown(
            f"No postal area holds {country_code} {postal_code}; give coordinates, or load an area into the network.",
            country_code=country_code,
            postal_code=postal_code,
        )
    return place


def place_of_node(network: Network, node: Node) -> Coordinates | None:
    """Where a node stands: its coordinates, or else the postal area of its address."""
    return node.coordinates or place_of(network, node.country_code, node.address.postal_code)


def nearest(
    network: Network, place: Coordinates, node_ids: Iterable[str], *, within_meters: int = 0
) -> list[tuple[int, Node]]:
    """Nodes with their distances in whole meters, the nearest first; those that stand nowhere known are left out."""
    found: list[tuple[int, Node]] = []
    for node_id in node_ids:
        node = network.nodes[node_id]
        stands = place_of_node(network, node)
        if stands is not None:
            meters = round(distance_meters(place, stands))
            if not within_meters or meters <= within_meters:
                found.append((meters, node))
    return sorted(found, key=lambda one: (one[0], one[1].node_id))
