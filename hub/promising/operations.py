"""What flows do with quotes that are kept, and with places at nodes that have a limit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Final

from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.network.model import Network
from hub.promising import store
from hub.promising.model import PlaceKey, Places
from hub.promising.store import forget, give_back, insert, load, take

QUOTES_KEPT: Final = timedelta(days=8)
"""How long quotes are kept after their end: longer than a repeat of their request may come."""

__all__ = ["QUOTES_KEPT", "change_places", "forget", "give_back", "insert", "load", "places", "promised", "take"]


NO_CEILING: Final = 2**31
"""The ceiling of a node without a limit."""


async def places(tx: Tx, network: Network, at: Instant) -> Places:
    """Return the places taken from now on at the nodes with a limit; nothing is asked where none has one."""
    limits = {name: node.daily_capacity for name, node in network.nodes.items() if node.daily_capacity}
    if not limits:
        return Places()
    yesterday = at.date() - timedelta(days=1)  # where it is still that day
    return Places(limits, await store.used(tx, list(limits), yesterday))


async def promised(tx: Tx, node_ids: Collection[str], at: Instant) -> dict[PlaceKey, int]:
    """Return the places taken at nodes from now on, by (node, day)."""
    return await store.used(tx, list(node_ids), at.date()) if node_ids else {}


async def change_places(tx: Tx, network: Network, changes: Mapping[PlaceKey, int]) -> None:
    """Takes places (a positive number) or gives them back, by (node, day), last of all.

    The transaction is AssumptionBroken where a node has not so many left on a day.
    """
    counted = {key: places for key, places in changes.items() if places}
    if counted:
        nodes = {node_id for node_id, _ in counted}
        known = {name: network.nodes[name].daily_capacity for name in nodes & network.nodes.keys()}
        await store.change(tx, counted, {name: known.get(name) or NO_CEILING for name in nodes})
