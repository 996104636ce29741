"""How a parcel travels: the zone of its address, the lane that counts, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from hub.network.model import Network, NodeAddress, PartnerKind
from hub.network.model.carriers import (
    AreaOfZone,
    CarrierService,
    DeliverySlot,
    Destination,
    Lane,
    Load,
    Pickup,
    RateBreak,
    RateTable,
    Surcharge,
    Zone,
    ZoneArea,
    Zones,
)
from hub.network.policy.freight import routes
from hub.network.policy.problems import problems
from hub.network.store import document_of, network_of
from hub.wire.setup.network import network_from_pb, network_to_pb
from tests.unit.network.networks import a_lane, a_network, a_node, an_account, euros

GERMANY = Zone(zone_id="DE-ALL", areas=(ZoneArea(country_code="DE"),))
BAVARIA = Zone("DE-SOUTH", (ZoneArea("DE", region_code="BY"),))
ISLANDS = Zone("DE-ISLANDS", (ZoneArea("DE", postal_prefix="2749"), ZoneArea("DE", postal_prefix="25849")))
COAST = Zone("DE-COAST", (ZoneArea("DE", postal_prefix="27"),))
HOLLAND = Zone("NL-WEST", (ZoneArea("NL", postal_prefix="50"),))
ZONES = [GERMANY, BAVARIA, ISLANDS, COAST, HOLLAND]
EXPRESS = CarrierService(
    transport_account_id="carrier",
    service_code="EXPRESS",
    pickups=(Pickup(frozenset({1, 3}), time(12)), Pickup(frozenset({6}), time(9), node_id="ST-BER")),
    surcharges=(
        Surcharge("FUEL", share=Decimal("0.1")),
        Surcharge(surcharge_code="ISLAND", amount=euros("4.00"), to_zone_id="DE-ISLANDS"),
        Surcharge("HEAVY", amount=euros("2.00"), from_weight_grams=20_000),
    ),
    slots=(DeliverySlot("EVENING", time(18), time(22), "Europe/Berlin", "DE-ISLANDS", daily_capacity=3),),
)
RATES = RateTable(
    transport_account_id="carrier",
    service_code="EXPRESS",
    breaks=(
        RateBreak(rate=euros("5.00"), max_weight_grams=2_000, max_volume_cm3=10_000),
        RateBreak(rate=euros("9.00"), max_weight_grams=31_500),
    ),
    to_zone_id="DE-ISLANDS",
)


def express(**changes: Any) -> Lane:
    facts = {"service_code": "EXPRESS", "parcel_rate": None, "to_zone_id": "DE-ISLANDS"}
    return a_lane(**{"from_node_id": "", "to_country_code": "", "from_zone_id": "NL-WEST"} | facts | changes)


def a_slot(slot_id: str = "DAY", **changes: Any) -> DeliverySlot:
    facts: dict[str, Any] = {"begins": time(8), "ends": time(12), "time_zone": "Europe/Berlin"}
    return DeliverySlot(slot_id, **facts | changes)


def slots(*slots: DeliverySlot) -> dict[str, Any]:
    return {"services": [replace(EXPRESS, slots=slots)]}


def carried(**changes: Any) -> Network:
    parts: dict[str, Any] = {
        "nodes": [a_node(address=NodeAddress((), "Tilburg", "NL", postal_code="5026 RA")), a_node("ST-BER")],
        "zones": ZONES,
        "lanes": [a_lane(), a_lane("ST-BER", "NL", calendar_id="nl"), express()],
        "services": [EXPRESS],
        "rate_tables": [RATES],
    }
    return a_network(**parts | changes)


@pytest.mark.parametrize(
    ("address", "zone_id"),
    [
        (("DE", "", "27498"), "DE-ISLANDS"),
        (("DE", "", "27 49-8"), "DE-ISLANDS"),
        (("DE", "BY", "27498"), "DE-ISLANDS"),
        (("DE", "", "27500"), "DE-COAST"),
        (("DE", "BY", "80331"), "DE-SOUTH"),
        (("DE", "BE", "10115"), "DE-ALL"),
        (("DE", "", "2"), "DE-ALL"),
        (("NL", "", "1012"), ""),
        (("FR", "", "2749"), ""),
    ],
)
def test_an_address_is_in_the_zone_of_the_area_that_fits_it_most_narrowly(
    address: tuple[str, str, str], zone_id: str
) -> None:
    assert carried().zones.destination(*address) == Destination(address[0], zone_id)


def test_a_lane_to_the_zone_counts_before_the_country_and_one_from_the_node_before_its_zone() -> None:
    by_node, by_zone = a_lane(), express(service_code="STANDARD", parcel_rate=euros("9.00"))
    network = carried(lanes=[by_node, by_zone])
    both = carried(lanes=[by_node, by_zone, a_lane(to_country_code="", to_zone_id="DE-ISLANDS")])

    assert network.lane("DC-NL", Destination("DE", "DE-ISLANDS"), "STANDARD") == by_zone
    assert network.lane("DC-NL", Destination("DE", "DE-COAST"), "STANDARD") == by_node
    assert network.lane("ST-BER", Destination("DE", "DE-ISLANDS"), "STANDARD") is None
    assert (
        both.lane("DC-NL", Destination("DE", "DE-ISLANDS"), "STANDARD")
        == both.lanes[("DC-NL", "", "", "DE-ISLANDS", "STANDARD")]
    )
    assert network.shipping_nodes == {"DC-NL"}


@pytest.mark.parametrize(
    ("load", "rate"),
    [
        (Load(), "9.50"),
        (Load(2_000, 10_000), "9.50"),
        (Load(2_000, 10_001), "13.90"),
        (Load(2_001), "13.90"),
        (Load(20_000), "15.90"),
        (Load(31_501), None),
    ],
)
def test_a_parcel_costs_the_first_rate_that_carries_it_and_the_surcharges(load: Load, rate: str | None) -> None:
    found = {route.lane.service_code: route.rate for route in routes(carried(), "DC-NL", ISLE, load)}

    assert found == {"STANDARD": euros("6.50")} | ({"EXPRESS": euros(rate)} if rate else {})


ISLE = Destination("DE", "DE-ISLANDS")


def test_a_surcharge_to_a_zone_is_not_charged_elsewhere() -> None:
    network = carried(lanes=[express(to_zone_id="DE-COAST", parcel_rate=euros("5.00"))])

    assert [route.rate for route in routes(network, "DC-NL", Destination("DE", "DE-COAST"), Load())] == [euros("5.50")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"zones": [*ZONES, Zone("X", (ZoneArea("DE", postal_prefix="27"),))]}, "overlap: both have DE 27"),
        ({"zones": [*ZONES, Zone("X", (ZoneArea("DE", "BY", "8"),))]}, "by region and by postal code"),
        ({"rate_tables": []}, "has no rate, and its service has no rate table to the same place"),
        ({"services": [EXPRESS, CarrierService("carrier", "SLOW")]}, "carrier service SLOW of carrier has no lane"),
        ({"lanes": [express(from_node_id="DC-NL")]}, "starts at a node and at a zone"),
        ({"lanes": [express(to_country_code="DE", parcel_rate=euros("1"))]}, "goes to a country and to a zone"),
        ({"lanes": [express(from_zone_id="X")]}, "names zone 'X', which is not there"),
        ({"lanes": [express(fastest_transit_days=3)]}, "fastest transit time that is above its transit time"),
        ({"lanes": [express(), a_lane(parcel_rate=euros("-1"))]}, "the rate of lane DC-NL to DE by STANDARD is neg"),
        ({"rate_tables": [RATES, RateTable("carrier", "SLOW", (), to_country_code="DE")]}, "has no rate"),
        ({"rate_tables": [RATES, RateTable("carrier", "SLOW", RATES.breaks, to_zone_id="X")]}, "names zone 'X'"),
        (
            {"rate_tables": [RATES, RateTable("carrier", "SLOW", RATES.breaks, "DE", "DE-ALL")]},
            "a country and to a zon",
        ),
        ({"services": [CarrierService("wms", "EXPRESS")]}, "uses account wms as TRANSPORT"),
        ({"services": [EXPRESS, CarrierService("web", "EXPRESS")]}, "uses account web as TRANSPORT"),
        ({"services": [CarrierService("carrier", "EXPRESS", (Pickup(frozenset({1}), time(9), "X"),))]}, "at node 'X'"),
        ({"services": [CarrierService("carrier", "EXPRESS", (Pickup(frozenset({8}), time(9)),))]}, "no weekday"),
        (
            slots(a_slot(ends=time(8))),
            "slot DAY of carrier service EXPRESS of carrier ends at 08:00, not after it begins",
        ),
        (
            slots(a_slot(), a_slot("NOON", begins=time(11), ends=time(13))),
            "slots DAY and NOON of carrier service EXPRESS",
        ),
        (slots(a_slot(), a_slot("NOON", begins=time(9), to_zone_id="DE-ALL")), "slots DAY and NOON of carrier service"),
        (slots(a_slot(time_zone="Europe/Nowhere")), "slot DAY of carrier service EXPRESS of carrier is in time zone"),
        (slots(a_slot(to_zone_id="X")), "is in zone 'X', which is not there"),
        (slots(a_slot(daily_capacity=-1)), "has a negative daily_capacity"),
        (slots(a_slot(), a_slot(begins=time(12), ends=time(13))), "slot DAY of service EXPRESS is there 2 times"),
        (
            {"services": [CarrierService("carrier", "EXPRESS", surcharges=(Surcharge("A"), Surcharge("A")))]},
            "has surcharge A twice",
        ),
        (
            {"services": [CarrierService("carrier", "EXPRESS", surcharges=(Surcharge("A", to_zone_id="X"),))]},
            "to zone 'X', which is not there",
        ),
        (
            {"services": [CarrierService("carrier", "EXPRESS", surcharges=(Surcharge("A", euros("-1")),))]},
            "surcharge A of carrier service EXPRESS of carrier is negative",
        ),
        (
            {"rate_tables": [RateTable("carrier", "EXPRESS", (RateBreak(euros("1"), -1),), to_zone_id="DE-ISLANDS")]},
            "neg",
        ),
    ],
)
def test_a_contradiction_or_gap_is_named(changes: dict[str, Any], said: str) -> None:
    assert any(said in problem for problem in problems(carried(**changes)))
    assert problems(carried()) == []


def test_carriers_come_back_from_a_document_and_from_a_message() -> None:
    network = carried(lanes=[express(fastest_transit_days=0, weekend_delivery=True), a_lane()])

    assert network_of(document_of(network), 0) == network
    assert network_from_pb(network_to_pb(network)) == network


class Counted(dict[AreaOfZone, str]):
    """Counts how often an area is asked for."""

    asked = 0

    def get(self, *key: Any) -> Any:
        """Return what a dict would."""
        self.asked += 1
        return super().get(*key)


def test_an_address_is_found_among_5000_zones_by_one_question_for_each_length_of_prefix() -> None:
    zones: Mapping[str, Zone] = {
        f"Z-{number}": Zone(f"Z-{number}", (ZoneArea("DE", postal_prefix=f"{number:05}"),)) for number in range(5_000)
    }
    index = Zones(zones)
    index._areas = counted = Counted(index._areas)

    assert [index.destination("DE", "", f"{number:05}").zone_id for number in range(100)] == list(zones)[:100]
    assert counted.asked == 100
    index.destination("DE", "", "99999")
    assert counted.asked == 103


def test_300_nodes_and_5000_zones_need_a_lane_for_each_zone_and_not_for_each_pair() -> None:
    zones = [Zone(f"Z-{number}", (ZoneArea("DE", postal_prefix=f"{number:05}"),)) for number in range(5_000)]
    address = NodeAddress((), "Tilburg", "NL", postal_code="5026")
    network = Network.of(
        nodes=[a_node(f"N-{number}", address=address) for number in range(300)],
        zones=[HOLLAND, *zones],
        lanes=[express(to_zone_id=zone.zone_id, parcel_rate=euros("5.00"), calendar_id="nl") for zone in zones],
        calendars=a_network().calendars.values(),
        accounts=[an_account("carrier", PartnerKind.TRANSPORT), an_account("wms", PartnerKind.WAREHOUSE)],
    )

    assert problems(network) == []
    assert all(
        network.lane(node_id, network.zones.destination("DE", "", "04321"), "EXPRESS") for node_id in network.nodes
    )
