"""Ship to store: units that an order lacks where it is collected come from other nodes of its channel, by transfer.

A store that names a service takes units by it. They leave a node at its cut-off, travel by the lane of the service, and
can be handed over when the store has taken them in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from hub.cases.intake.free_stock import FreeStock
from hub.inventory.model.supply import Claimant
from hub.inventory.policy.projection import sellable_at
from hub.inventory.policy.protection import floors
from hub.kernel.instant import Instant
from hub.network.model import Channel, Network
from hub.promising.model import Arrival, PromiseConfidence
from hub.promising.policy.dates import earliest_delivery
from hub.sourcing.model import Demand, Plan


class StoreTransfer(Struct, frozen=True):
    """Units of a SKU that a node is to send to a store, where they can be handed over from `ready_at` on.

    `floor`: units that their claim leaves at the node for others.
    """

    from_node_id: str
    to_node_id: str
    service_code: str
    sku: str
    quantity: int
    ready_at: Instant
    floor: int = 0


class StoreNeed(Struct, frozen=True):
    """Units by SKU that are lacking at a store, for orders of a channel and a demand class."""

    channel: Channel
    store_id: str
    units: Mapping[str, int]
    demand_class: str = ""


def senders(network: Network, channel: Channel, store_id: str, at: Instant) -> list[tuple[Instant, str]]:
    """Return the nodes of a channel that can send units to a store, each with when these can be handed over; the first
    first. None where the store takes nothing from other nodes.
    """
    store = network.nodes.get(store_id)
    if store is None or not store.transfer_service_code:
        return []
    place, found = network.place_of(store), []
    for node in network.nodes_for(channel):
        lane = network.lane(node.node_id, place, store.transfer_service_code) if node.node_id != store_id else None
        date = earliest_delivery(network, node.node_id, lane, at) if lane else None
        if date is not None:
            days = store.inbound_processing_days
            ready_at = sellable_at(date.deliver_by, time_zone=store.time_zone, processing_days=days)
            found.append((ready_at, node.node_id))
    return sorted(found)


def missing(plan: Plan, demands: Sequence[Demand]) -> dict[str, int]:
    """Return the units that a plan gives no node, by SKU."""
    skus = {demand.line_number: demand.sku for demand in demands}
    units: dict[str, int] = {}
    for one in plan.assignments:
        if one.node_id is None:
            units[skus[one.line_number]] = units.get(skus[one.line_number], 0) + one.quantity
    return units


def sent(
    network: Network,
    at: Instant,
    need: StoreNeed,
    free: FreeStock,
    *,
    besides: Collection[str] = (),
) -> tuple[StoreTransfer, ...]:
    """Choose who sends what a store lacks: whose units are there first. They are taken from what is free.

    `besides` are nodes that are not asked. Units that no node has are left out.
    """
    if not need.units:
        return ()
    claimant, store_id = Claimant(need.channel.channel_id, need.demand_class), need.store_id
    left, chosen = dict(need.units), []
    for ready_at, node_id in senders(network, need.channel, store_id, at):
        if node_id in besides:
            continue
        for sku, free_units in free.for_whom(claimant, sorted(left), node_id).items():
            units = min(free_units, left[sku])
            if units > 0:
                kept = floors(free.protections, [(sku, node_id)], claimant).get((sku, node_id), 0)
                service = network.node(store_id).transfer_service_code
                chosen.append(StoreTransfer(node_id, store_id, service, sku, units, ready_at, kept))
                free.add({(sku, node_id): -units})
                left[sku] -= units
    return tuple(chosen)


def give_back(free: FreeStock, transfers: Iterable[StoreTransfer]) -> None:
    """Gives units back to what is free, where they are not sent after all."""
    for one in transfers:
        free.add({(one.sku, one.from_node_id): one.quantity})


def could_arrive(network: Network, at: Instant, need: StoreNeed, free: FreeStock) -> list[Arrival]:
    """Return what other nodes could send to a store of the needed SKUs, if it were ordered now."""
    claimant = Claimant(need.channel.channel_id, need.demand_class)
    return [
        Arrival(ready_at, sku, need.store_id, units, PromiseConfidence.MEDIUM)
        for ready_at, node_id in senders(network, need.channel, need.store_id, at)
        for sku, units in free.for_whom(claimant, sorted(need.units), node_id).items()
        if units > 0
    ]
