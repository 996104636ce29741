"""Tells channels what can be sold, only what changed, and tries waiting orders again when stock came free.

A channel account is told no more levels in a minute than it takes: what is left over is told as soon as there is room,
as it stands by then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.inventory import operations as inventory
from hub.inventory.model.feed import Publication
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.messages.channel import PublishStock, StockLevel
from hub.messages.tasks import ReleaseOrder
from hub.messages.timers import PublishStockDue
from hub.network.model import Channel
from hub.outbox import operations as outbox
from hub.outbox.model import Message, Timer
from hub.slices import operations as slices

LEVELS_A_MESSAGE: Final = 500
"""Levels in one message to a channel at most."""
LEVELS_A_STEP: Final = 2_000
"""Levels, of a SKU in a channel each, that one transaction looks at, so that its locks and its memory are bounded; see
`_step` for the exception."""


async def publish_stock(flow: FlowContext, channel_ids: Sequence[str]) -> None:
    """Sends channels the levels that differ from what they were told last, their buffers taken off.

    It looks at LEVELS_A_STEP levels at most, and goes on with the rest in a transaction of its own.
    """
    messages: list[Message[PublishStock]] = []
    unfinished: list[Timer] = []
    left = LEVELS_A_STEP
    for group in await _groups(flow, channel_ids):
        step = await _step(flow, group, left) if left else _Step({}, 0, flow.at)
        left = max(0, left - step.looked_at)
        for teller in group:
            channel = teller.channel
            levels = step.levels.get(channel.channel_id, ())
            messages += _messages(flow, channel.channel_id, channel.channel_account_id, levels)
            if step.again_at is not None:
                unfinished.append(Timer(PublishStockDue(channel.channel_id, step.again_at)))
    await outbox.set_timers(flow.tx, unfinished)
    await outbox.append(flow.tx, messages, at=flow.at)


class _Teller(Struct, frozen=True):
    """A channel to be told, with the nodes that sell to it, how many levels its account takes in a minute (0: any
    number), and how far it was told.
    """

    channel: Channel
    nodes: tuple[str, ...]
    most: int
    publication: Publication

    @property
    def likeness(self) -> tuple[object, ...]:
        """What channels have in common that are told together. One whose account has a limit is told alone."""
        return (
            self.channel.channel_id if self.most else "",
            self.nodes,
            replace(self.publication, channel_id="", basis=""),
        )


class _Step(Struct, frozen=True):
    """Levels to tell channels now, how many were looked at, and when to go on; None: all is told."""

    levels: Mapping[str, Sequence[tuple[str, int]]]
    looked_at: int
    again_at: Instant | None = None


async def _groups(flow: FlowContext, channel_ids: Sequence[str]) -> list[list[_Teller]]:
    """The channels that are told, those together that sell from the same nodes and were told equally far."""
    network = flow.network
    known = [network.channels[one] for one in sorted(set(channel_ids)) if one in network.channels]
    channels = {channel.channel_id: channel for channel in known if channel.channel_account_id}
    nodes = {name: tuple(node.node_id for node in network.nodes_for(one)) for name, one in channels.items()}
    bases = {name: _basis(flow, channel, nodes[name]) for name, channel in channels.items()}
    groups: dict[tuple[object, ...], list[_Teller]] = {}
    for publication in await inventory.open_publications(flow.tx, bases):
        channel = channels[publication.channel_id]
        account = network.account(channel.channel_account_id)
        most = account.stock_levels_per_minute if account else 0
        teller = _Teller(channel, nodes[channel.channel_id], most, publication)
        groups.setdefault(teller.likeness, []).append(teller)
    return list(groups.values())


async def _step(flow: FlowContext, group: Sequence[_Teller], left: int) -> _Step:
    """Tells channels of the next SKUs; of all at once where their account takes so many levels a minute."""
    first, publications = group[0], [teller.publication for teller in group]
    told = ({teller.channel.channel_id: teller.channel.stock_buffer for teller in group}, first.nodes)
    if not first.most:
        size = max(1, left // len(group))
        skus = await inventory.skus_to_tell(flow.tx, publications, size)
        levels = await inventory.changed_levels(flow.tx, *told, skus)
        ended = len(skus) < size
        await inventory.save_publications(flow.tx, publications, skus, ended=ended)
        return _Step(levels, len(skus) * len(group), None if ended else flow.at)
    account_id = first.channel.channel_account_id
    room, next_at = await inventory.room_for_levels(flow.tx, account_id, first.most, flow.at)
    skus = await inventory.skus_to_tell(flow.tx, publications, None) if room else []
    levels = await inventory.changed_levels(flow.tx, *told, skus, room) if room else {}
    count = sum(map(len, levels.values()))
    if count:
        await inventory.told_levels(flow.tx, account_id, count, flow.at)
    ended = count < room
    await inventory.save_publications(flow.tx, publications, (), ended=ended)
    return _Step(levels, len(skus), None if ended else next_at)


def _basis(flow: FlowContext, channel: Channel, nodes: Sequence[str]) -> str:
    """What the levels of a channel rest on beside stock, as a digest."""
    parts = msgspec.json.encode([flow.tx.origin, channel.stock_buffer, nodes])
    return hashlib.sha256(parts).hexdigest()


async def retry_waiting(flow: FlowContext) -> int:
    """Has orders released again that wait for SKUs of which units are free now; answers how many."""
    free = await inventory.available(flow.tx, await slices.waiting_skus(flow.tx), None)
    skus = sorted({sku for (sku, _), units in free.items() if units > 0})
    waiting = await slices.waiting_orders(flow.tx, skus)
    messages = [
        Message(
            message_id=derived(flow.new_id(), "task", str(order_id)),
            lane=f"task:{order_id}",
            payload=ReleaseOrder(order_id),
            order_id=order_id,
        )
        for order_id in waiting
    ]
    await outbox.append(flow.tx, messages, at=flow.at)
    return len(messages)


def _messages(
    flow: FlowContext, channel_id: str, account_id: str, levels: Sequence[tuple[str, int]]
) -> list[Message[PublishStock]]:
    return [
        Message(
            message_id=flow.new_id(),
            lane=f"channel.stock:{account_id}",
            payload=PublishStock(tuple(StockLevel(*level) for level in levels[start : start + LEVELS_A_MESSAGE])),
            account_id=account_id,
            priority=7,
        )
        for start in range(0, len(levels), LEVELS_A_MESSAGE)
    ]
