"""Parts of the network that are in use: a new network may lose them only where the caller names them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hub.database.tx import Tx
from hub.exceptions.model import ExceptionReason
from hub.inventory import operations as inventory
from hub.kernel.instant import Instant
from hub.messages.timers import NetworkDue, StockValuesDue, TrialDue
from hub.network.errors import NetworkPartInUse
from hub.network.model import Channel, Network, Replacement
from hub.orders import operations as orders
from hub.outbox import operations as outbox
from hub.outbox.model import Timer
from hub.promising import operations as promising
from hub.slices import operations as slices

NOT_REPLACED: Final = (ExceptionReason.NETWORK_NOT_REPLACED, "network")
"""The record of a network that could not come into force; it ends when another one is put."""


async def await_network(tx: Tx, replacement: Replacement) -> None:
    """Has a replacement come into force at its instant, where it has one."""
    if (due_at := replacement.valid_from) is not None:
        await outbox.ensure_timers(tx, [Timer(NetworkDue(due_at.isoformat(), due_at))])


async def await_trials(tx: Tx, network: Network, at: Instant) -> None:
    """Have orders compared with what tried sourcing policies make of them, from now on."""
    tried = [channel.channel_id for channel in network.channels.values() if _goes_on(channel)]
    await outbox.ensure_timers(tx, [Timer(TrialDue(channel_id, at)) for channel_id in sorted(tried)])


async def await_values(tx: Tx, network: Network, at: Instant) -> None:
    """Have what units are worth where they lie computed for channels whose policy says what a lost one costs."""
    valuing = [channel.channel_id for channel in network.channels.values() if channel.sourcing_policy.values_stock]
    await outbox.ensure_timers(tx, [Timer(StockValuesDue(channel_id, at)) for channel_id in sorted(valuing)])


def _goes_on(channel: Channel) -> bool:
    return channel.sourcing_trial is not None and not channel.sourcing_trial.stopped_because


async def refuse_loss(tx: Tx, before: Network, replacement: Replacement, at: Instant) -> None:
    """Raise NetworkPartInUse where a replacement leaves out parts in use that it does not name as removed.

    So is capacity that is promised for days to come, at nodes that it does not name as overbooked.
    """
    network = replacement.network
    nodes = sorted(before.nodes.keys() - network.nodes.keys() - replacement.removed_nodes)
    accounts = sorted(before.accounts.keys() - network.accounts.keys() - replacement.removed_accounts)
    channels = sorted(before.channels.keys() - network.channels.keys() - replacement.removed_channels)
    uses = {
        "node": await _uses_of_nodes(tx, nodes) if nodes else {},
        "account": _told(await outbox.unsettled_of(tx, accounts), "messages due or dead") if accounts else {},
        "capacity of node": await _overbooked(tx, replacement, at),
        "channel": _told(await orders.open_of(tx, channels), "open orders") if channels else {},
    }
    if any(uses.values()):
        raise NetworkPartInUse(uses)


async def _uses_of_nodes(tx: Tx, node_ids: list[str]) -> dict[str, str]:
    found = [
        _told(await inventory.on_hand_at(tx, node_ids), "units on hand"),
        _told(await inventory.supply_to_come(tx, node_ids), "units of expected supply"),
        _told(await slices.units_in_work(tx, node_ids), "units in work"),
    ]
    used = {node_id: [uses[node_id] for uses in found if node_id in uses] for node_id in node_ids}
    return {node_id: " and ".join(uses) for node_id, uses in used.items() if uses}


async def _overbooked(tx: Tx, replacement: Replacement, at: Instant) -> dict[str, str]:
    """What is promised above the capacity of nodes and slots, by name: the first day of each."""
    limits = promising.ceilings(replacement.network)
    over = [
        (key, count)
        for key, count in (await promising.promised(tx, limits.keys() - replacement.overbooked_nodes, at)).items()
        if count > limits[key[0]]
    ]
    return {
        node_id: f"{count} orders promised for {day}, above {limits[node_id]}"
        for (node_id, day), count in sorted(over, reverse=True)
    }


def _told(counts: Mapping[str, int], what: str) -> dict[str, str]:
    return {name: f"{count} {what}" for name, count in counts.items()}
