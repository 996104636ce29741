"""The end of the feed in memory: read once for all who follow it, whatever each of them may see."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final
from weakref import WeakValueDictionary

from crossdock.events.v1 import events_pb2 as pb
from hub.api.shared_look import SharedLook
from hub.database.pool import Database
from hub.kernel.scope import HUB, Scope
from hub.outbox import operations as outbox
from hub.outbox.errors import CursorInvalid
from hub.outbox.model import EventFilter, EventRecord
from hub.wire.setup.events import event_to_pb

KEPT: Final = 2000
"""Events in memory at most; who is further behind reads the database."""
MESSAGES: Final = 64
"""Messages in memory at most, each of them shared by readers who are alike."""

Reader = tuple[Scope, EventFilter]
"""What a follower may see, and what it wants of that: all who are alike in it wait, and are answered, together."""


class FeedEnd:
    """Keeps the last events of the feed while somebody follows it; empty otherwise."""

    def __init__(self, database: Database, news: Callable[[], Awaitable[None]]) -> None:
        self._database = database
        self._shared = SharedLook(self._look, news)
        self._records: list[EventRecord] = []
        self._begin = self._end = -1
        self._waiting: WeakValueDictionary[Reader, asyncio.Event] = WeakValueDictionary()
        self._messages: dict[tuple[Reader, int, int], bytes] = {}

    @asynccontextmanager
    async def followed(self) -> AsyncIterator[None]:
        """Keep up with the feed while the block runs."""
        try:
            async with self._shared.watched():
                yield
        finally:
            if not self._shared.watchers:
                self._forget(-1)

    def after(self, reader: Reader, position: int, limit: int) -> tuple[list[EventRecord], int] | None:
        """Return what a reader wants of the events after a position, and the position up to which there is no more.

        None where memory does not reach back so far.
        """
        if position < self._begin:
            return None
        wanted = []
        for record in self._records[position - self._begin :]:
            if outbox.passes(record.event, *reader):
                wanted.append(record)
                if len(wanted) == limit:
                    return wanted, record.position or 0
        return wanted, max(position, self._end)

    async def turn(self, reader: Reader, seconds: float) -> None:
        """Come back once there may be something for a reader, or after a while."""
        event = self._waiting.get(reader)
        if event is None:
            event = self._waiting[reader] = asyncio.Event()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await event.wait()

    def message(self, reader: Reader, records: list[EventRecord], position: int) -> bytes:
        """Return the message of a reader's next events and the position it reaches; readers who are alike share it."""
        key = (reader, (records[0].position or 0) if records else 0, position)
        if (content := self._messages.get(key)) is None:
            if len(self._messages) >= MESSAGES:
                self._messages.clear()
            events = [event_to_pb(record) for record in records]
            content = pb.SubscribeEventsResponse(events=events, last_position=position).SerializeToString()
            self._messages[key] = content
        return content

    async def _look(self) -> None:
        async with self._database.reading() as tx:
            last = await outbox.last_position(tx)
            if self._end < 0:
                self._forget(last)
            while self._end < last:
                try:
                    self._take(await outbox.events_after(tx, HUB, self._end, limit=KEPT))
                except CursorInvalid:  # what lay between was archived while no look succeeded
                    self._forget(last)
                    self._wake(list(self._waiting))

    def _take(self, records: list[EventRecord]) -> None:
        """Take the next events of the feed, and wake those for whom one of them is."""
        self._messages.clear()
        self._records += records
        self._end = self._records[-1].position or 0
        del self._records[:-KEPT]
        self._begin = (self._records[0].position or 0) - 1
        self._wake(
            [reader for reader in list(self._waiting) if any(outbox.passes(one.event, *reader) for one in records)]
        )

    def _wake(self, readers: list[Reader]) -> None:
        for reader in readers:
            if (event := self._waiting.pop(reader, None)) is not None:
                event.set()

    def _forget(self, position: int) -> None:
        """Begin anew behind a position."""
        self._records, self._begin, self._end = [], position, position
        self._messages.clear()
