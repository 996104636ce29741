"""What contradicts what among zones, lanes, carrier services and rate tables, and where they have gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import combinations

from hub.network.model import Network, PartnerKind
from hub.network.model.carriers import AreaOfZone, CarrierService, Lane, RateTable, ServiceKey
from hub.network.policy.references import is_time_zone, of_cost, of_reference


def of_carriers(network: Network) -> Iterator[str]:
    """Yield what contradicts what, and what is missing, one sentence each."""
    yield from _of_zones(network)
    for lane in network.lanes.values():
        yield from _of_lane(network, lane)
    used = {lane.service for lane in network.lanes.values()}
    for service in network.services.values():
        yield from _of_service(network, service, used)
    yield from _of_slot_ids(network)
    for table in network.rate_tables.values():
        yield from _of_rates(network, table)


def _of_zones(network: Network) -> Iterator[str]:
    known: dict[AreaOfZone, str] = {}
    for zone in network.zones.values():
        for area in zone.areas:
            if area.region_code and area.postal_prefix:
                yield f"zone {zone.zone_id} has {area} by region and by postal code; state one of them"
            if area.key in known:
                yield f"zones {known[area.key]} and {zone.zone_id} overlap: both have {area}"
            known[area.key] = zone.zone_id


def _of_lane(network: Network, lane: Lane) -> Iterator[str]:
    place = str(lane)
    if bool(lane.from_node_id) == bool(lane.from_zone_id):
        yield f"{place} starts at a node and at a zone, or at neither; state one of them"
    elif lane.from_node_id and lane.from_node_id not in network.nodes:
        yield f"{place} starts at a node that is not there"
    if bool(lane.to_country_code) == bool(lane.to_zone_id):
        yield f"{place} goes to a country and to a zone, or to neither; state one of them"
    for zone_id in dict.fromkeys((lane.from_zone_id, lane.to_zone_id)):
        if zone_id and zone_id not in network.zones:
            yield f"{place} names zone {zone_id!r}, which is not there"
    if lane.calendar_id not in network.calendars:
        yield f"{place} names calendar {lane.calendar_id!r}, which is not there"
    yield from _of_numbers(lane)
    if lane.parcel_rate is not None:
        yield from of_cost(f"the rate of {place}", lane.parcel_rate)
    elif lane.rate_key not in network.rate_tables:
        yield f"{place} has no rate, and its service has no rate table to the same place"
    yield from of_reference(network, place, lane.transport_account_id, PartnerKind.TRANSPORT)


def _of_numbers(lane: Lane) -> Iterator[str]:
    if lane.transit_days < 0:
        yield f"{lane} has a negative transit time"
    if lane.fastest_transit_days is not None and not 0 <= lane.fastest_transit_days <= lane.transit_days:
        yield f"{lane} has a fastest transit time that is above its transit time, or negative"
    if min(lane.carbon_grams_per_parcel, lane.carbon_grams_per_kg) < 0:
        yield f"{lane} states negative grams of CO2"


def _of_service(network: Network, service: CarrierService, used: Collection[ServiceKey]) -> Iterator[str]:
    place = f"carrier service {service.service_code} of {service.transport_account_id}"
    yield from of_reference(network, place, service.transport_account_id, PartnerKind.TRANSPORT)
    if service.key not in used:
        yield f"{place} has no lane"
    for pickup in service.pickups:
        if pickup.node_id and pickup.node_id not in network.nodes:
            yield f"{place} picks up at node {pickup.node_id!r}, which is not there"
        if not pickup.weekdays or pickup.weekdays - set(range(1, 8)):
            yield f"{place} picks up on no weekday, or on one that is not 1 (Monday) to 7"
    yield from _of_slots(network, place, service)
    codes = [surcharge.surcharge_code for surcharge in service.surcharges]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"{place} has surcharge {code} twice"
    for surcharge in service.surcharges:
        if surcharge.to_zone_id and surcharge.to_zone_id not in network.zones:
            yield f"{place} has a surcharge to zone {surcharge.to_zone_id!r}, which is not there"
        if surcharge.amount is not None:
            yield from of_cost(f"surcharge {surcharge.surcharge_code} of {place}", surcharge.amount)


def _of_slots(network: Network, place: str, service: CarrierService) -> Iterator[str]:
    for slot in service.slots:
        name = f"slot {slot.slot_id} of {place}"
        if slot.ends <= slot.begins:
            yield f"{name} ends at {slot.ends:%H:%M}, not after it begins"
        if not is_time_zone(slot.time_zone):
            yield f"{name} is in time zone {slot.time_zone!r}, which is not in the IANA database"
        if slot.to_zone_id and slot.to_zone_id not in network.zones:
            yield f"{name} is in zone {slot.to_zone_id!r}, which is not there"
        if slot.daily_capacity < 0:
            yield f"{name} has a negative daily_capacity"
    for one, other in combinations(sorted(service.slots, key=lambda slot: slot.begins), 2):
        alike = "" in (one.to_zone_id, other.to_zone_id) or one.to_zone_id == other.to_zone_id
        if alike and other.begins < one.ends:
            yield f"slots {one.slot_id} and {other.slot_id} of {place} overlap"


def _of_slot_ids(network: Network) -> Iterator[str]:
    named = Counter(
        (service.service_code, slot.slot_id) for service in network.services.values() for slot in service.slots
    )
    for (service_code, slot_id), count in sorted(named.items()):
        if count > 1:
            yield f"slot {slot_id} of service {service_code} is there {count} times; state each once"


def _of_rates(network: Network, table: RateTable) -> Iterator[str]:
    place = str(table)
    yield from of_reference(network, place, table.transport_account_id, PartnerKind.TRANSPORT)
    if bool(table.to_country_code) == bool(table.to_zone_id):
        yield f"{place} goes to a country and to a zone, or to neither; state one of them"
    if table.to_zone_id and table.to_zone_id not in network.zones:
        yield f"{place} names zone {table.to_zone_id!r}, which is not there"
    if not table.breaks:
        yield f"{place} has no rate"
    for one in table.breaks:
        yield from of_cost(f"a rate of {place}", one.rate)
        if min(one.max_weight_grams, one.max_volume_cm3) < 0:
            yield f"{place} has a negative limit"
