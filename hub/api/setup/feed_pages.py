"""Pages of the feed for subscribers who are behind: read one at a time, with rests, so that others are not held up."""

from __future__ import annotations

import asyncio
import math
import time
from typing import Final

from hub.api.setup.feed_end import Reader
from hub.database.pool import Database
from hub.kernel.scope import Scope
from hub.outbox import operations as outbox
from hub.outbox.model import EventFilter, EventRecord

PAGE: Final = 100
"""Events read at once: reading more would keep the loop from other calls for longer."""
REST: Final = 3.0
"""After a page it rests for so many times as long as that took: catching up takes a quarter of a process at most."""
KEPT: Final = 32
"""Pages in memory, for those who ask for the same: subscribers who begin at the same place."""
END_SECONDS: Final = 1.0
"""How long the page at the end of the feed is given to others; they go on from memory."""

Page = tuple[list[EventRecord], int]
"""Events, and the position up to which there are no others."""


class FeedPages:
    """Reads the feed for subscribers, in turn."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = asyncio.Lock()
        self._pages: dict[tuple[Reader, int], tuple[float, Page]] = {}

    async def after(self, reader: Reader, position: int) -> Page:
        """Return the next events after a position that a reader wants. Raises CursorInvalid."""
        async with self._turn:
            until, page = self._pages.get((reader, position), (0.0, ([], 0)))
            if until > (began := time.monotonic()):
                return page
            page = await page_after(self._database, *reader, position, PAGE)
            if len(self._pages) >= KEPT:
                self._pages.pop(next(iter(self._pages)))
            ended = time.monotonic()
            self._pages[reader, position] = (math.inf if len(page[0]) == PAGE else ended + END_SECONDS, page)
            await asyncio.sleep(REST * (ended - began))
            return page


async def page_after(database: Database, scope: Scope, wanted: EventFilter, position: int, limit: int) -> Page:
    """Return the wanted events after a position, and the position up to which there are no others.

    Raises CursorInvalid.
    """
    async with database.reading() as tx:
        end = await outbox.last_position(tx)
        records = await outbox.events_after(tx, scope, position, wanted, limit=limit)
    last = (records[-1].position or 0) if records else position
    return records, last if len(records) == limit else max(last, end)
