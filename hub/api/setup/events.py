"""EventService: the feed, from any position on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from crossdock.events.v1 import events_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.setup.feed_end import FeedEnd
from hub.api.setup.feed_pages import FeedPages, page_after
from hub.wire.setup.events import event_filter_from_pb, event_to_pb

DEFAULT_PAGE: Final = 100
CHUNK: Final = 500
"""Events in a message of a subscription at most."""
QUIET_SECONDS: Final = 15.0
"""After so long without an event for it a subscriber is told how far the feed has come, to resume from there."""


class EventService:
    """Reads the feed."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps
        self._end, self._pages = FeedEnd(deps.database, deps.news), FeedPages(deps.database)

    async def ListEvents(self, request: pb.ListEventsRequest, call: Call) -> pb.ListEventsResponse:
        """Lists events after a position."""
        wanted = event_filter_from_pb(request)
        limit = request.page_size or DEFAULT_PAGE
        records, position = await page_after(self._deps.database, call.scope, wanted, request.after_position, limit)
        return pb.ListEventsResponse(events=[event_to_pb(record) for record in records], last_position=position)

    async def SubscribeEvents(self, request: pb.SubscribeEventsRequest, call: Call) -> AsyncIterator[bytes]:
        """Sends events after a position, then each new one, until the caller leaves.

        What lies far back is read from the database, the end of the feed from memory.
        """
        reader = (call.scope.alone, event_filter_from_pb(request))
        position, loop = request.after_position, asyncio.get_running_loop()
        records, reached = await self._pages.after(reader, position)
        told_at = -QUIET_SECONDS
        async with self._end.followed():
            while True:
                if records or (reached > position and loop.time() - told_at >= QUIET_SECONDS):
                    yield self._end.message(reader, records, reached)
                    position, told_at = reached, loop.time()
                page = self._end.after(reader, reached, CHUNK)
                if page is None:
                    page = await self._pages.after(reader, reached)
                elif not page[0]:
                    await self._end.turn(reader, QUIET_SECONDS)
                records, reached = page
