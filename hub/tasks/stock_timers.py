"""What the hub does about stock when its time has come: it is published, posted, given to who waits, and freed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.database.tx import Tx
from hub.flows.stock.keep_reservations import expire_reservations
from hub.flows.stock.move_transfers import recall_transfers, watch_transfers
from hub.flows.stock.post_stock import post_stock
from hub.flows.stock.publish_stock import publish_stock, retry_waiting
from hub.flows.stock.repromise_orders import repromise_orders
from hub.gate.change import Surroundings
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.timers import (
    PostStockDue,
    PublishStockDue,
    RepromiseDue,
    ReservationsExpire,
    RetryWaiting,
    TransferDue,
)
from hub.work.handlers import Messages, Refused, Task, flow_task


class StockTimers(Struct, frozen=True):
    """Runs the flows for messages."""

    surroundings: Surroundings

    def handlers(self) -> list[Task]:
        """Return the tasks."""
        return [
            flow_task(PublishStockDue, self.publish),
            flow_task(PostStockDue, self.post_stock),
            flow_task(RetryWaiting, self.retry),
            flow_task(RepromiseDue, self.repromise),
            flow_task(ReservationsExpire, self.expire_reservations),
            flow_task(TransferDue, self.watch_transfers),
        ]

    async def publish(self, tx: Tx, messages: Messages[PublishStockDue], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.publish_stock`: its subject is the channel."""
        flow = await self._context(tx)
        await publish_stock(flow, [message.payload.channel_id for message in messages])
        return None

    async def post_stock(self, tx: Tx, messages: Messages[PostStockDue], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.post_stock`: its subject is the node."""
        flow = await self._context(tx)
        await post_stock(flow, [message.payload.node_id for message in messages])
        return None

    async def retry(self, tx: Tx, messages: Messages[RetryWaiting], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.retry_waiting`: stock came free, or units wait no longer."""
        flow = await self._context(tx)
        await recall_transfers(flow)
        await retry_waiting(flow)
        return None

    async def repromise(self, tx: Tx, messages: Messages[RepromiseDue], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.repromise`: its subject is the SKU."""
        flow = await self._context(tx)
        await repromise_orders(flow, [message.payload.sku for message in messages])
        return None

    async def expire_reservations(
        self, tx: Tx, messages: Messages[ReservationsExpire], _: Sequence[Any], at: Instant
    ) -> Refused:
        """`timer.expire_reservations`: the time of some is over."""
        flow = await self._context(tx)
        await expire_reservations(flow)
        return None

    async def watch_transfers(self, tx: Tx, messages: Messages[TransferDue], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.transfer`: its subject is the transfer."""
        flow = await self._context(tx)
        await watch_transfers(flow, [message.payload.transfer_id for message in messages])
        return None

    async def _context(self, tx: Tx) -> FlowContext:
        return await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
