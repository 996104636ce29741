"""Tells those who watch orders when one of them has changed: one question for all orders that are watched."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID

from msgspec import Struct, field

from hub.api.shared_look import SharedLook
from hub.database.pool import Database
from hub.orders import operations as orders


class Watcher(Struct, eq=False):
    """Somebody who watches an order and saw a version of it; -1 before the first. `changed` is set by a later one."""

    order_id: UUID
    seen: int = -1
    changed: asyncio.Event = field(default_factory=asyncio.Event)


class OrderWatch:
    """Knows who watches which order, and asks for the versions of all of them at once."""

    def __init__(self, database: Database, news: Callable[[], Awaitable[None]]) -> None:
        self._database = database
        self._shared = SharedLook(self._look, news)
        self._watchers: set[Watcher] = set()

    @asynccontextmanager
    async def watching(self, order_id: UUID) -> AsyncIterator[Watcher]:
        """Watch an order while the block runs; the watcher sets what it has seen."""
        watcher = Watcher(order_id)
        self._watchers.add(watcher)
        try:
            async with self._shared.watched():
                yield watcher
        finally:
            self._watchers.discard(watcher)

    async def _look(self) -> None:
        watched = {watcher.order_id for watcher in self._watchers}
        async with self._database.reading() as tx:
            versions = await orders.versions(tx, sorted(watched))
        for watcher in self._watchers:
            if versions.get(watcher.order_id, -1) > watcher.seen:
                watcher.changed.set()
