"""What a parcel costs from each node of a channel, looked up once for a network and remembered."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from hub.kernel.money import Money
from hub.network.model import Channel, Network
from hub.network.model.carriers import Destination, Load
from hub.network.policy.freight import parcel_rate

MOST_REMEMBERED: Final = 2_000
"""Look-ups that a process keeps in memory at most; each is of all nodes of a channel."""


class ParcelCosts(Struct, frozen=True):
    """Rate and handling of a parcel by node that may ship it, the least first, equal ones by node id.

    `unrated` are the nodes with a lane but no rate that carries the parcel; `barred` maps all others to why they may
    not ship.
    """

    by_node: Mapping[str, Money]
    unrated: tuple[str, ...]
    barred: Mapping[str, str]


class CostMemory:
    """Costs of parcels as a process remembers them, of the network that it was asked about last."""

    def __init__(self) -> None:
        self._network: Network | None = None
        self._limits: tuple[list[int], list[int]] = ([], [])
        self._known: dict[tuple[str, Destination, str, int, int], ParcelCosts] = {}

    @property
    def remembered(self) -> int:
        """How many look-ups are kept."""
        return len(self._known)

    def costs(self, network: Network, channel: Channel, to: Destination, service_code: str, load: Load) -> ParcelCosts:
        """Return what a parcel of a channel costs by a service to a destination."""
        if network is not self._network:
            self._network, self._limits, self._known = network, _limits(network), {}
        weights, volumes = self._limits
        size = bisect_left(weights, load.weight_grams), bisect_left(volumes, load.volume_cm3)
        key = (channel.channel_id, to, service_code, *size)
        costs = self._known.get(key)
        if costs is None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            costs = self._known[key] = parcel_costs(network, channel, to, service_code, load)
        return costs


def parcel_costs(network: Network, channel: Channel, to: Destination, service_code: str, load: Load) -> ParcelCosts:
    """Return what a parcel of a channel costs by a service to a destination, each node looked up anew."""
    costs: dict[str, Money] = {}
    unrated: list[str] = []
    barred: dict[str, str] = {}
    for node in network.nodes_named(channel):
        lane = network.lane(node.node_id, to, service_code)
        rate = parcel_rate(network, lane, to, load) if lane else None
        if node.closed:
            barred[node.node_id] = "it takes no new work"
        elif lane is None:
            barred[node.node_id] = str(to) if to.collected_at else f"no {service_code} lane to {to}"
        elif rate is None:
            unrated.append(node.node_id)
        else:
            costs[node.node_id] = rate + node.handling_cost
    ranked = sorted(costs.items(), key=lambda cost: (cost[1].minor, cost[0]))
    return ParcelCosts(dict(ranked), tuple(unrated), barred)


def _limits(network: Network) -> tuple[list[int], list[int]]:
    """The weights and the volumes up to which parcels cost the same: between two of them no break and surcharge is."""
    breaks = [one for table in network.rate_tables.values() for one in table.breaks]
    surcharges = [one for service in network.services.values() for one in service.surcharges]
    weights = {one.max_weight_grams for one in breaks} | {one.from_weight_grams - 1 for one in surcharges}
    return sorted(weights - {0, -1}), sorted({one.max_volume_cm3 for one in breaks} - {0})
