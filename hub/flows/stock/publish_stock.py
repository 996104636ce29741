"""Tells channels what can be sold, only what changed, and tries waiting orders again when stock came free.

A channel account is told no more levels in a minute than it takes: what is left over is told as soon as there is room,
as it stands by then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Struct

from hub.cases.context import FlowContext
from hub.inventory import operations as inventory
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
SKUS_A_STEP: Final = 2_000
"""SKUs that one transaction looks at, so that its locks and its memory are bounded; see `_step` for the exception."""


async def publish_stock(flow: FlowContext, channel_ids: Sequence[str]) -> None:
    """Sends channels the levels that differ from what they were told last, their buffers taken off.

    It looks at SKUS_A_STEP SKUs at most, and goes on with the rest in a transaction of its own.
    """
    messages: list[Message[PublishStock]] = []
    unfinished: list[Timer] = []
    left = SKUS_A_STEP
    for channel_id in sorted(set(channel_ids)):
        channel = flow.network.channels.get(channel_id)
        if channel is None or not channel.channel_account_id:
            continue
        step = await _step(flow, channel, left) if left else _Step((), 0, flow.at)
        left = max(0, left - step.looked_at)
        messages += _messages(flow, channel_id, channel.channel_account_id, step.levels)
        if step.again_at is not None:
            unfinished.append(Timer(PublishStockDue(channel_id, step.again_at)))
    await outbox.set_timers(flow.tx, unfinished)
    await outbox.append(flow.tx, messages, at=flow.at)


class _Step(Struct, frozen=True):
    """Levels to tell a channel now, how many SKUs were looked at for it, and when to go on; None: all is told."""

    levels: Sequence[tuple[str, int]]
    looked_at: int
    again_at: Instant | None = None


async def _step(flow: FlowContext, channel: Channel, size: int) -> _Step:
    """Tells a channel of the next `size` SKUs; of all at once where its account takes so many levels a minute."""
    account = flow.network.account(channel.channel_account_id)
    most = account.stock_levels_per_minute if account else 0
    nodes = [node.node_id for node in flow.network.nodes_for(channel)]
    publication = await inventory.open_publication(flow.tx, channel.channel_id, _basis(flow, channel, nodes))
    told = (channel.channel_id, nodes, channel.stock_buffer)
    if not most:
        skus = await inventory.skus_to_tell(flow.tx, publication, size)
        levels = await inventory.changed_levels(flow.tx, *told, skus)
        ended = len(skus) < size
        await inventory.save_publication(flow.tx, publication, skus, ended=ended)
        return _Step(levels, len(skus), None if ended else flow.at)
    room, next_at = await inventory.room_for_levels(flow.tx, channel.channel_account_id, most, flow.at)
    skus = await inventory.skus_to_tell(flow.tx, publication, None) if room else []
    levels = await inventory.changed_levels(flow.tx, *told, skus, room) if room else []
    if levels:
        await inventory.told_levels(flow.tx, channel.channel_account_id, len(levels), flow.at)
    ended = len(levels) < room
    await inventory.save_publication(flow.tx, publication, (), ended=ended)
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
