"""When carrier services pick up, how fast they are, and by when one must order."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from hub.kernel.instant import instant
from hub.network.model import ComingNetwork, Replacement
from hub.network.model.carriers import CarrierService, Destination, Pickup
from hub.promising.model import PromisedDate
from hub.promising.policy.dates import delivery, earliest_delivery, ship_date
from tests.unit.network.networks import a_lane, a_network

WORKDAYS = frozenset({1, 2, 3, 4, 5})
SERVICE = CarrierService(
    "carrier", "STANDARD", (Pickup(weekdays=WORKDAYS, cut_off=time(11)), Pickup(frozenset({2, 4}), time(18)))
)


def promised(at: str, service: CarrierService = SERVICE, **lane: Any) -> PromisedDate:
    network = a_network(services=[service])
    found = earliest_delivery(network, "DC-NL", a_lane(**lane), instant(at))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("released_at", "ships_at", "order_by"),
    [
        ("2026-03-10T10:59:59+01:00", "2026-03-10T11:00:00+01:00", "2026-03-10T18:00:00+01:00"),
        ("2026-03-10T11:00:00+01:00", "2026-03-10T18:00:00+01:00", "2026-03-10T18:00:00+01:00"),
        ("2026-03-10T18:00:00+01:00", "2026-03-11T11:00:00+01:00", "2026-03-11T11:00:00+01:00"),
        ("2026-03-13T11:00:00+01:00", "2026-03-16T11:00:00+01:00", "2026-03-16T11:00:00+01:00"),
    ],
)
def test_goods_leave_with_the_next_pickup_and_the_last_of_the_day_keeps_the_date(
    released_at: str, ships_at: str, order_by: str
) -> None:
    found = promised(released_at)

    assert (found.ship_at, found.order_by) == (instant(ships_at), instant(order_by))


def test_a_node_with_pickups_of_its_own_has_no_others() -> None:
    service = CarrierService(
        "carrier", "STANDARD", (Pickup(WORKDAYS, time(11)), Pickup(frozenset({5}), time(9), "DC-NL"))
    )

    assert promised("2026-03-10T10:00:00+01:00", service).ship_at == instant("2026-03-13T09:00:00+01:00")


def test_the_fastest_and_the_slowest_transit_make_an_interval() -> None:
    found = promised("2026-03-10T10:00:00+01:00", transit_days=4, fastest_transit_days=1)

    assert (found.first_day, found.last_day) == (date(2026, 3, 11), date(2026, 3, 16))


def test_a_carrier_that_delivers_on_weekends_counts_them() -> None:
    found = promised("2026-03-12T10:00:00+01:00", transit_days=2, weekend_delivery=True)

    assert (found.first_day, found.last_day) == (date(2026, 3, 14), date(2026, 3, 14))


@pytest.mark.parametrize(
    ("released_at", "ships_at", "order_by"),
    [
        ("2026-03-10T10:59:59+01:00", "2026-03-10T11:00:00+01:00", "2026-03-10T12:00:00+01:00"),
        ("2026-03-10T11:00:00+01:00", "2026-03-11T15:00:00+01:00", "2026-03-11T15:00:00+01:00"),
        ("2026-03-10T12:00:00+01:00", "2026-03-11T15:00:00+01:00", "2026-03-11T15:00:00+01:00"),
    ],
)
def test_goods_leave_by_the_network_that_is_in_force_then(released_at: str, ships_at: str, order_by: str) -> None:
    later = a_network(services=[CarrierService("carrier", "STANDARD", (Pickup(frozenset({3}), time(15)),))])
    coming = ComingNetwork(instant("2026-03-10T12:00:00+01:00"), Replacement(later))
    network = a_network(services=[SERVICE], coming=[coming])

    dates = delivery(network, "DC-NL", Destination("DE"), "STANDARD", instant(released_at))

    assert dates is not None
    assert (dates.ship_at, dates.order_by) == (instant(ships_at), instant(order_by))
    assert ship_date(network, "DC-NL", a_lane(), instant(released_at)) == dates.ship_at
