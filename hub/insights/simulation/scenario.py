"""A replenishment cycle drawn from a seed: nodes, regions, products, what is known of demand, stock, and the demand.

Six distribution centers and 100 stores serve 50 regions, whose shares follow Pareto's law; 60 products follow Zipf's
with exponent 0.8. Online orders and buyers who walk into stores come as Poisson processes over a cycle of length 1.
Baskets are geometric (0.4, at most five products). What the retailer knows of each rate is up to 30 % wrong, and stock
was placed by what it knows. Amounts are in cents.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import hypot
from random import Random
from typing import Final

from msgspec import Struct

CENTERS: Final = 6
STORES: Final = 100
REGIONS: Final = 50
PRODUCTS: Final = 60
ZONES: Final = 7
LOST_ONLINE: Final = 2_500
"""What a unit costs that no node has for an order."""
LOST_WALK_IN: Final = 1_200
"""What a unit costs that a buyer in a store does not find."""
_ONLINE_UNITS: Final = 12_000
_WALK_IN_UNITS: Final = 24_000
_AT_CENTERS: Final = 0.6
_ERROR: Final = 0.3
_ZIPF: Final = 0.8
_PARETO: Final = 1.16
_STOP: Final = 0.4
_LARGEST_BASKET: Final = 5
_BASKET: Final = (1 - (1 - _STOP) ** _LARGEST_BASKET) / _STOP
"""Products in a basket, on average."""


class Site(Struct, frozen=True):
    """A node: its place in the unit square, and the zone of each region from there, 1 to 7."""

    node_id: str
    is_center: bool
    zones: tuple[int, ...]

    @property
    def handling(self) -> int:
        """What a unit costs to handle."""
        return 120 if self.is_center else 220

    def parcel(self, region: int) -> int:
        """What a parcel to a region costs, beside what is in it."""
        return 600 + 550 * (self.zones[region] - 1) // (ZONES - 1) + (40 if self.is_center else 90)

    def unit(self, region: int) -> int:
        """What a unit in a parcel to a region costs, with its handling."""
        return 50 + 80 * (self.zones[region] - 1) // (ZONES - 1) + self.handling


class Arrival(Struct, frozen=True, order=True):
    """Somebody who wants products: online from a region, or (`store` of 0 or more) in a store."""

    time: float
    products: tuple[int, ...]
    region: int = -1
    store: int = -1


class Scenario(Struct, frozen=True):
    """A cycle: rates are units in the whole cycle as the retailer knows them.

    `online[product][region]`, `walk_in[product][site]` and `stock[product][site]`; sites are centers, then stores.
    """

    sites: tuple[Site, ...]
    online: tuple[tuple[float, ...], ...]
    walk_in: tuple[tuple[float, ...], ...]
    stock: tuple[tuple[int, ...], ...]
    arrivals: tuple[Arrival, ...]
    basket: float


def scenario(seed: int, *, stock_ratio: float, share: float = 1.0) -> Scenario:
    """Return the cycle of a seed, with `stock_ratio` units of stock for each unit of known demand.

    `share` scales demand and stock, for a quicker run.
    """
    chance = Random(seed)  # noqa: S311 (a draw of demand keeps no secret)
    regions = [(chance.random(), chance.random()) for _ in range(REGIONS)]
    weights = _shares([chance.paretovariate(_PARETO) for _ in range(REGIONS)])
    popular = _shares([1 / rank**_ZIPF for rank in range(1, PRODUCTS + 1)])
    sites, homes = _sites(chance, regions, weights)
    trade = _shares([weights[home] * chance.uniform(0.5, 1.5) for home in homes])
    online = [[share * _ONLINE_UNITS * product * weight for weight in weights] for product in popular]
    walk_in = [[0.0] * CENTERS + [share * _WALK_IN_UNITS * product * store for store in trade] for product in popular]
    arrivals = _arrivals(chance, popular, weights, walk_in, share)
    known_online = [[rate * chance.uniform(1 - _ERROR, 1 + _ERROR) for rate in row] for row in online]
    known_walk_in = [[rate * chance.uniform(1 - _ERROR, 1 + _ERROR) for rate in row] for row in walk_in]
    stock = [
        _placed(chance, sites, here, online_rates, stock_ratio)
        for here, online_rates in zip(known_walk_in, known_online, strict=True)
    ]
    return Scenario(
        tuple(sites),
        tuple(map(tuple, known_online)),
        tuple(map(tuple, known_walk_in)),
        tuple(map(tuple, stock)),
        tuple(sorted(arrivals)),
        _BASKET,
    )


def _shares(values: Sequence[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values]


def _sites(
    chance: Random, regions: Sequence[tuple[float, float]], weights: Sequence[float]
) -> tuple[list[Site], list[int]]:
    """Centers on a grid, stores in regions by their shares; and the region of each store."""
    centers = [((column + 0.5) / 3, (row + 0.5) / 2) for row in range(2) for column in range(3)]
    homes = chance.choices(range(REGIONS), cum_weights=list(accumulate(weights)), k=STORES)
    stores = [regions[home] for home in homes]
    names = [f"DC-{number}" for number in range(1, CENTERS + 1)] + [
        f"ST-{number:03}" for number in range(1, STORES + 1)
    ]
    sites = [
        Site(name, number < CENTERS, tuple(_zone(place, region) for region in regions))
        for number, (name, place) in enumerate(zip(names, [*centers, *stores], strict=True))
    ]
    return sites, homes


def _zone(place: tuple[float, float], region: tuple[float, float]) -> int:
    distance = hypot(place[0] - region[0], place[1] - region[1])
    return min(ZONES, 1 + int(distance * ZONES))


def _arrivals(
    chance: Random,
    popular: Sequence[float],
    weights: Sequence[float],
    walk_in: Sequence[Sequence[float]],
    share: float,
) -> list[Arrival]:
    by_region, by_product = list(accumulate(weights)), list(accumulate(popular))
    arrivals = []
    for time in _times(chance, share * _ONLINE_UNITS / _BASKET):
        (region,) = chance.choices(range(REGIONS), cum_weights=by_region)
        arrivals.append(Arrival(time, _basket(chance, by_product), region=region))
    for product, row in enumerate(walk_in):
        for site, rate in enumerate(row):
            arrivals += [Arrival(time, (product,), store=site) for time in _times(chance, rate)]
    return arrivals


def _times(chance: Random, rate: float) -> list[float]:
    """The instants of a Poisson process over the cycle."""
    times = []
    time = chance.expovariate(rate) if rate > 0 else 1.0
    while time < 1.0:
        times.append(time)
        time += chance.expovariate(rate)
    return times


def _basket(chance: Random, by_product: Sequence[float]) -> tuple[int, ...]:
    size = 1
    while size < _LARGEST_BASKET and chance.random() >= _STOP:
        size += 1
    products: set[int] = set()
    while len(products) < size:
        products.update(chance.choices(range(PRODUCTS), cum_weights=by_product))
    return tuple(sorted(products))


def _placed(
    chance: Random, sites: Sequence[Site], walk_in: Sequence[float], online: Sequence[float], ratio: float
) -> list[int]:
    """Stock of a product: at stores what walks in and a part of what is ordered near them, the rest at centers."""
    means = list(walk_in)
    for region, rate in enumerate(online):
        for group, part in ((sites[:CENTERS], _AT_CENTERS), (sites[CENTERS:], 1 - _AT_CENTERS)):
            nearest = min(site.zones[region] for site in group)
            near = [site for site in group if site.zones[region] == nearest]
            for site in near:
                means[sites.index(site)] += part * rate / len(near)
    return [int(mean * ratio) + (chance.random() < mean * ratio % 1) for mean in means]
