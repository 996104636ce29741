"""What flows do with quotes that are kept, and with places at nodes and in slots that have a limit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Final

from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.network.model import Network
from hub.network.model.carriers import slot_place
from hub.promising import store
from hub.promising.model import PlaceKey, Places
from hub.promising.store import forget, give_back, insert, load, take

QUOTES_KEPT: Final = timedelta(days=8)
"""How long quotes are kept after their end: longer than a repeat of their request may come."""

__all__ = [
    "QUOTES_KEPT",
    "ceilings",
    "change_places",
    "forget",
    "give_back",
    "insert",
    "load",
    "places",
    "promised",
    "take",
]


NO_CEILING: Final = 2**31
"""The ceiling of a node or a slot without a limit."""


async def places(tx: Tx, network: Network, at: Instant) -> Places:
    """Return the places taken from now on at nodes and in slots with a limit; nothing is asked where none has one."""
    limits = ceilings(network)
    if not limits:
        return Places()
    yesterday = at.date() - timedelta(days=1)  # where it is still that day
    return Places(limits, await store.used(tx, list(limits), yesterday))


def ceilings(network: Network) -> dict[str, int]:
    """Return how many orders leave a node, or are delivered in a slot, on a day; those without a limit are absent."""
    nodes = {name: node.daily_capacity for name, node in network.nodes.items() if node.daily_capacity}
    slots = {
        slot_place(service.service_code, slot.slot_id): slot.daily_capacity
        for service in network.services.values()
        for slot in service.slots
        if slot.daily_capacity
    }
    return nodes | slots


async def promised(tx: Tx, names: Collection[str], at: Instant) -> dict[PlaceKey, int]:
    """Return the places taken at nodes or in slots from now on, by (name, day)."""
    return await store.used(tx, list(names), at.date()) if names else {}


async def change_places(tx: Tx, network: Network, changes: Mapping[PlaceKey, int]) -> None:
    """Takes places (a positive number) or gives them back, by (node or slot, day), last of all.

    The transaction is AssumptionBroken where there are not so many left on a day.
    """
    counted = {key: places for key, places in changes.items() if places}
    if counted:
        known = ceilings(network)
        await store.change(tx, counted, {name: known.get(name, NO_CEILING) for name, _ in counted})
