"""How goods travel as values: zones, lanes between places, carrier services with their pick-ups, rates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Final

from msgspec import Struct

from hub.kernel.money import Money

AreaOfZone = tuple[str, str, str]
"""(country, region, postal prefix)."""
ServiceKey = tuple[str, str]
"""(transport account, service)."""
LaneKey = tuple[str, str, str, str, str]
"""(from node, from zone, to country, to zone, service)."""
RateKey = tuple[str, str, str, str]
"""(transport account, service, to country, to zone)."""


_GRAMS_PER_KG: Final = 1_000


class ZoneArea(Struct, frozen=True):
    """A country, one of its regions, or the places of a country whose postal codes begin alike."""

    country_code: str
    region_code: str = ""
    postal_prefix: str = ""

    @property
    def key(self) -> AreaOfZone:
        """What names it."""
        return self.country_code, self.region_code, self.postal_prefix

    def __str__(self) -> str:
        return " ".join(filter(None, self.key))


class Zone(Struct, frozen=True):
    """Addresses that goods travel to, or from, alike."""

    zone_id: str
    areas: tuple[ZoneArea, ...]


PICKUP_SERVICE: Final = "PICKUP"
"""The service of what is collected, beside those of carriers."""


class Destination(Struct, frozen=True):
    """Where goods go, as lanes and rates name it: a country, and the zone of the address, empty where it is in none.

    `collected_at` is the node at which they are collected; empty where they are shipped.
    """

    country_code: str
    zone_id: str = ""
    collected_at: str = ""

    def __str__(self) -> str:
        if self.collected_at:
            return f"a collection at {self.collected_at}"
        country = self.country_code or "an unstated address"
        return f"{country} (zone {self.zone_id})" if self.zone_id else country


class DeliverySlot(Struct, frozen=True):
    """A part of the day of delivery, from `begins` to `ends` in `time_zone`, in a zone (empty: everywhere).

    At most `daily_capacity` orders (0: any number) are delivered in it on a day.
    """

    slot_id: str
    begins: time
    ends: time
    time_zone: str
    to_zone_id: str = ""
    daily_capacity: int = 0


def slot_place(service_code: str, slot_id: str) -> str:
    """Return the name under which places in a slot are counted, beside those at nodes."""
    return f"slot:{service_code}/{slot_id}"


class DeliveryWish(Struct, frozen=True):
    """The day of the destination on which goods are wished to arrive, neither sooner nor later; and the slot of the
    carrier service, empty for any time of the day.
    """

    day: date
    slot_id: str = ""

    def __str__(self) -> str:
        return f"{self.day} {self.slot_id}".strip()


class Zones(dict[str, Zone]):
    """Zones by id. An address is looked up by its postal prefixes, however many zones there are."""

    def __init__(self, zones: Mapping[str, Zone] | None = None) -> None:
        super().__init__(zones or {})
        self._areas: dict[AreaOfZone, str] = {area.key: zone.zone_id for zone in self.values() for area in zone.areas}
        lengths: dict[str, set[int]] = {}
        for country_code, _, prefix in self._areas:
            lengths.setdefault(country_code, set()).add(len(prefix))
        self._lengths: Final = {country: sorted(used - {0}, reverse=True) for country, used in lengths.items()}

    def destination(self, country_code: str, region_code: str = "", postal_code: str = "") -> Destination:
        """Return where an address lies: the longest postal prefix counts, then a region, then the country."""
        if country_code not in self._lengths:
            return Destination(country_code)
        code = postal_code.replace(" ", "").replace("-", "").upper()
        keys = [(country_code, "", code[:length]) for length in self._lengths[country_code] if length <= len(code)]
        for key in (*keys, (country_code, region_code, ""), (country_code, "", "")):
            if zone_id := self._areas.get(key):
                return Destination(country_code, zone_id)
        return Destination(country_code)


class Lane(Struct, frozen=True):
    """How goods travel from a node, or the nodes of a zone, to a country or a zone.

    They arrive `transit_days` working days of the destination later, or sooner, but not before `fastest_transit_days`
    (None: the same). With `weekend_delivery` Saturdays and Sundays count as working days. Without `parcel_rate` the
    rate table of the service counts. It states grams of CO2 of a parcel and of each kilogram in it; 0 and 0: none.
    """

    from_node_id: str
    to_country_code: str
    service_code: str
    transit_days: int
    calendar_id: str
    parcel_rate: Money | None
    transport_account_id: str
    from_zone_id: str = ""
    to_zone_id: str = ""
    fastest_transit_days: int | None = None
    weekend_delivery: bool = False
    carbon_grams_per_parcel: int = 0
    carbon_grams_per_kg: int = 0

    def carbon_grams(self, load: Load) -> int | None:
        """Grams of CO2 that a parcel causes; None where the lane states none."""
        if not self.carbon_grams_per_parcel and not self.carbon_grams_per_kg:
            return None
        return self.carbon_grams_per_parcel + self.carbon_grams_per_kg * load.weight_grams // _GRAMS_PER_KG

    @property
    def collects(self) -> bool:
        """Whether goods stay at the node until they are collected there: no carrier has them."""
        return not self.transport_account_id

    @property
    def key(self) -> LaneKey:
        """What names it."""
        return self.from_node_id, self.from_zone_id, self.to_country_code, self.to_zone_id, self.service_code

    @property
    def service(self) -> ServiceKey:
        """The carrier service that it is a lane of."""
        return self.transport_account_id, self.service_code

    @property
    def rate_key(self) -> RateKey:
        """The rate table that counts without a rate of its own."""
        return *self.service, self.to_country_code, self.to_zone_id

    def __str__(self) -> str:
        origin = self.from_node_id or f"zone {self.from_zone_id}"
        return f"lane {origin} to {self.to_country_code or f'zone {self.to_zone_id}'} by {self.service_code}"


class Pickup(Struct, frozen=True):
    """Goods that are ready before `cut_off`, local time of the node, are picked up on these days of the week.

    ISO weekdays (1 is Monday); an empty `node_id` means all nodes.
    """

    weekdays: frozenset[int]
    cut_off: time
    node_id: str = ""


class Surcharge(Struct, frozen=True):
    """What a service charges on top: an amount and a share (0 to 1) of the rate, to a zone (empty: everywhere), from a
    weight on.
    """

    surcharge_code: str
    amount: Money | None = None
    share: Decimal = Decimal(0)
    to_zone_id: str = ""
    from_weight_grams: int = 0


class CarrierService(Struct, frozen=True):
    """A service of a carrier: when it picks up where, what it charges on top of its rates, when it delivers.

    `buys_labels`: the hub buys the labels of its parcels; else nodes do.
    """

    transport_account_id: str
    service_code: str
    pickups: tuple[Pickup, ...] = ()
    surcharges: tuple[Surcharge, ...] = ()
    slots: tuple[DeliverySlot, ...] = ()
    buys_labels: bool = False

    def slot(self, slot_id: str, to_zone_id: str) -> DeliverySlot | None:
        """The slot of an id, if it is offered in a zone."""
        known = (one for one in self.slots if one.slot_id == slot_id and one.to_zone_id in ("", to_zone_id))
        return next(known, None)

    @property
    def key(self) -> ServiceKey:
        """What names it."""
        return self.transport_account_id, self.service_code

    def pickups_at(self, node_id: str) -> tuple[Pickup, ...]:
        """The pick-ups at a node: its own, else those for all nodes; none where the node's cut-off counts."""
        own = tuple(pickup for pickup in self.pickups if pickup.node_id == node_id)
        return own or tuple(pickup for pickup in self.pickups if not pickup.node_id)


class Load(Struct, frozen=True):
    """What a parcel weighs in grams, and its volume in cubic centimeters; 0 where it is not known."""

    weight_grams: int = 0
    volume_cm3: int = 0

    def __str__(self) -> str:
        return f"{self.weight_grams} g, {self.volume_cm3} cm3"


NO_LOAD: Final = Load()


class RateBreak(Struct, frozen=True):
    """The rate of a parcel up to a weight and a volume; a limit of 0 is none."""

    rate: Money
    max_weight_grams: int = 0
    max_volume_cm3: int = 0

    def carries(self, load: Load) -> bool:
        """Whether a parcel keeps the limits."""
        return (not self.max_weight_grams or load.weight_grams <= self.max_weight_grams) and (
            not self.max_volume_cm3 or load.volume_cm3 <= self.max_volume_cm3
        )


class RateTable(Struct, frozen=True):
    """What a parcel of a service costs to a country or a zone: the first break that carries it counts."""

    transport_account_id: str
    service_code: str
    breaks: tuple[RateBreak, ...]
    to_country_code: str = ""
    to_zone_id: str = ""

    @property
    def key(self) -> RateKey:
        """What names it."""
        return self.transport_account_id, self.service_code, self.to_country_code, self.to_zone_id

    def __str__(self) -> str:
        place = self.to_country_code or f"zone {self.to_zone_id}"
        return f"rate table of {self.service_code} by {self.transport_account_id} to {place}"


class Route(Struct, frozen=True):
    """A way from a node to a destination by a service, and what the parcel costs on it, surcharges included."""

    lane: Lane
    service: CarrierService
    rate: Money
