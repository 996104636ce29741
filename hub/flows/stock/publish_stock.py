"""Tells channels what can be sold, only what changed, and tries waiting orders again when stock came free.

A channel account is told no more levels in a minute than it takes: what is left over is told as soon as there is room,
as it stands by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

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


async def publish_stock(flow: FlowContext, channel_ids: Sequence[str]) -> None:
    """Sends each channel the levels that differ from what it was told last, its buffer taken off."""
    messages: list[Message[PublishStock]] = []
    waiting: list[Timer] = []
    for channel_id in sorted(set(channel_ids)):
        channel = flow.network.channels.get(channel_id)
        if channel is None or not channel.channel_account_id:
            continue
        levels, again_at = await _levels(flow, channel)
        messages += _messages(flow, channel_id, channel.channel_account_id, levels)
        if again_at is not None:
            waiting.append(Timer(PublishStockDue(channel_id, again_at)))
    await outbox.ensure_timers(flow.tx, waiting)
    await outbox.append(flow.tx, messages, at=flow.at)


async def _levels(flow: FlowContext, channel: Channel) -> tuple[list[tuple[str, int]], Instant | None]:
    """What to tell a channel now, and when to go on where its account takes no more for the moment."""
    nodes = [node.node_id for node in flow.network.nodes_for(channel)]
    account = flow.network.account(channel.channel_account_id)
    most = account.stock_levels_per_minute if account else 0
    if not most:
        return await inventory.changed_levels(flow.tx, channel.channel_id, nodes, channel.stock_buffer), None
    room, next_at = await inventory.room_for_levels(flow.tx, channel.channel_account_id, most, flow.at)
    if not room:
        return [], next_at
    levels = await inventory.changed_levels(flow.tx, channel.channel_id, nodes, channel.stock_buffer, room)
    if levels:
        await inventory.told_levels(flow.tx, channel.channel_account_id, len(levels), flow.at)
    return levels, next_at if len(levels) == room else None


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
