"""`python -m bench.zones`: what a network of 300 nodes and 5,000 zones costs, from its message to a plan, as a table.

The nodes lie in 30 zones of origin, from each of which one service goes to each of 5,000 zones in its own time:
150,000 lanes, and 5,000 rate tables. Absolute numbers are of this machine on this day.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from random import Random
from typing import Final, TypeVar

from google.type.money_pb2 import Money
from msgspec import Struct
from rich.console import Console
from rich.table import Table

from bench.ratio import Unmeasurable
from bench.scene import network_of as scene_of
from crossdock.network.v1 import network_pb2
from hub.network.model import Network
from hub.network.model.carriers import Load
from hub.network.policy.freight import parcel_rate
from hub.network.policy.problems import problems
from hub.network.store import document_of, network_of
from hub.wire.setup.network import network_from_pb, network_to_pb

T = TypeVar("T")
NODES, ORIGINS, ZONES, LOOKED_UP = 300, 30, 5_000, 10_000
_SERVICE: Final = "STANDARD"


class Cost(Struct, frozen=True):
    """What a step cost, and how much of what it handled."""

    step: str
    seconds: float
    count: int
    of: str


def message(chance: Random, nodes: int = NODES, origins: int = ORIGINS, zones: int = ZONES) -> network_pb2.Network:
    """Return a network of so many nodes in zones of origin, with a lane from each to each zone and a rate for each."""
    network = network_to_pb(scene_of(nodes))
    del network.lanes[:]
    country = network.nodes[0].address.country_code
    calendar, account = network.calendars[0].calendar_id, _carrier(network)
    for number, node in enumerate(network.nodes):
        node.address.postal_code = f"9{number % origins:02}00"
    for name, prefix in [*((f"O{one:02}", f"9{one:02}") for one in range(origins)), *_destinations(zones)]:
        network.zones.add(zone_id=name).areas.add(country_code=country, postal_prefix=prefix)
    for origin in range(origins):
        for name, _ in _destinations(zones):
            network.lanes.add(
                from_zone_id=f"O{origin:02}",
                to_zone_id=name,
                service_code=_SERVICE,
                transit_days=chance.randint(1, 6),
                calendar_id=calendar,
                transport_account_id=account,
            )
    for name, _ in _destinations(zones):
        rates = network.rate_tables.add(transport_account_id=account, service_code=_SERVICE, to_zone_id=name)
        rates.breaks.add(rate=Money(currency_code="EUR", units=chance.randint(3, 12)))
    return network


def _destinations(zones: int) -> list[tuple[str, str]]:
    return [(f"Z{one:04}", f"{10_000 + one}") for one in range(zones)]


def _carrier(network: network_pb2.Network) -> str:
    kind = network_pb2.PARTNER_KIND_TRANSPORT
    return next(account.account_id for account in network.accounts if account.kind == kind)


def measured(sent: bytes, zones: int = ZONES, looked_up: int = LOOKED_UP) -> list[Cost]:
    """Return what each step costs, from the bytes of a request to look-ups. Raises Unmeasurable where one fails."""
    costs: list[Cost] = []

    def take(step: str, of: str, count: int, work: Callable[[], T]) -> T:
        began = time.perf_counter()
        answer = work()
        costs.append(Cost(step, time.perf_counter() - began, count, of))
        return answer

    read = take("read the request", "bytes", len(sent), lambda: network_pb2.Network.FromString(sent))
    network = take("make the network", "lanes", len(read.lanes), lambda: network_from_pb(read))
    found = take("check it", "lanes", len(read.lanes), lambda: list(problems(network)))
    document = take("write its document", "lanes", len(read.lanes), lambda: document_of(network))
    again = take("read its document", "lanes", len(read.lanes), lambda: network_of(document, 1))
    rated = take("look lanes and rates up", "pairs", looked_up, lambda: _rates(again, zones, looked_up))
    if found or rated != looked_up:
        raise Unmeasurable(f"{len(found)} problems, {rated} of {looked_up} look-ups found a rate")
    return costs


def _rates(network: Network, zones: int, count: int) -> int:
    """How many of the pairs of a node and an address have a lane and a rate."""
    nodes, country = sorted(network.nodes), next(iter(network.nodes.values())).address.country_code
    found = 0
    for one in range(count):
        to = network.zones.destination(country, "", f"{10_000 + one % zones}")
        lane = network.lane(nodes[one % len(nodes)], to, _SERVICE)
        found += lane is not None and parcel_rate(network, lane, to, Load(500)) is not None
    return found


def main() -> int:
    """Run from the command line; return the exit code."""
    table = Table("step", "seconds", "of")
    for cost in measured(message(Random(1)).SerializeToString()):  # noqa: S311 (a draw of rates keeps no secret)
        table.add_row(cost.step, f"{cost.seconds:.2f}", f"{cost.count:,} {cost.of}")
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
