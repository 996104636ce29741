"""Which services carry a parcel from a node to a destination, and what each charges."""

from __future__ import annotations

from collections.abc import Iterator

from hub.kernel.money import Money
from hub.network.model import Network
from hub.network.model.carriers import Destination, Lane, Load, Route, Surcharge


def routes(network: Network, from_node_id: str, to: Destination, load: Load) -> list[Route]:
    """Return the ways of a parcel from a node to a destination, by service code; a service without a rate is none."""
    found = [route_by(network, from_node_id, to, code, load) for code in network.service_codes]
    return [route for route in found if route is not None]


def route_by(network: Network, from_node_id: str, to: Destination, service_code: str, load: Load) -> Route | None:
    """Return the way of a parcel by one service; None where no lane goes there, or no rate carries the parcel."""
    lane = network.lane(from_node_id, to, service_code)
    rate = parcel_rate(network, lane, to, load) if lane else None
    return Route(lane, network.service(lane), rate) if lane and rate is not None else None


def parcel_rate(network: Network, lane: Lane, to: Destination, load: Load) -> Money | None:
    """Return what a parcel costs on a lane with its surcharges; None where no break of the rate table carries it."""
    rate = lane.parcel_rate
    if rate is None:
        table = network.rate_tables.get(lane.rate_key)
        breaks = table.breaks if table else ()
        rate = next((one.rate for one in breaks if one.carries(load)), None)
    if rate is None:
        return None
    cost = rate
    for surcharge in network.service(lane).surcharges:
        if _applies(surcharge, to, load):
            cost += _charged(surcharge, rate)
    return cost


def costs_of_carriers(network: Network) -> Iterator[Money]:
    """Yield the rates and surcharges of a network."""
    yield from (lane.parcel_rate for lane in network.lanes.values() if lane.parcel_rate is not None)
    yield from (one.rate for table in network.rate_tables.values() for one in table.breaks)
    yield from (
        surcharge.amount
        for service in network.services.values()
        for surcharge in service.surcharges
        if surcharge.amount is not None
    )


def _applies(surcharge: Surcharge, to: Destination, load: Load) -> bool:
    return surcharge.to_zone_id in ("", to.zone_id) and load.weight_grams >= surcharge.from_weight_grams


def _charged(surcharge: Surcharge, rate: Money) -> Money:
    share = Money.of(rate.decimal() * surcharge.share, rate.currency)
    return share + surcharge.amount if surcharge.amount is not None else share
