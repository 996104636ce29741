"""EventService: the feed, from any position on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final

from crossdock.events.v1 import events_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.kernel.scope import Scope
from hub.outbox import operations as outbox
from hub.outbox.model import EventFilter, EventRecord
from hub.wire.setup.events import event_filter_from_pb, event_to_pb

DEFAULT_PAGE: Final = 100
CHUNK: Final = 500
"""Events in a message of a subscription at most."""


class EventService:
    """Reads the feed."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def ListEvents(self, request: pb.ListEventsRequest, call: Call) -> pb.ListEventsResponse:
        """Lists events after a position."""
        wanted = event_filter_from_pb(request)
        limit = request.page_size or DEFAULT_PAGE
        records, position = await self._after(call.scope, request.after_position, wanted, limit)
        return pb.ListEventsResponse(events=[event_to_pb(record) for record in records], last_position=position)

    async def SubscribeEvents(
        self, request: pb.SubscribeEventsRequest, call: Call
    ) -> AsyncIterator[pb.SubscribeEventsResponse]:
        """Sends events after a position, then each new one, until the caller leaves."""
        wanted, position = event_filter_from_pb(request), request.after_position
        while True:
            before = position
            records, position = await self._after(call.scope, before, wanted, CHUNK)
            if position > before:
                events = [event_to_pb(record) for record in records]
                yield pb.SubscribeEventsResponse(events=events, last_position=position)
            if len(records) < CHUNK:
                await self._deps.news()

    async def _after(
        self, scope: Scope, position: int, wanted: EventFilter, limit: int
    ) -> tuple[list[EventRecord], int]:
        """The wanted events after a position, and the position up to which there are no others."""
        async with self._deps.database.reading() as tx:
            end = await outbox.last_position(tx)
            records = await outbox.events_after(tx, scope, position, wanted, limit=limit)
        last = (records[-1].position or 0) if records else position
        return records, last if len(records) == limit else max(last, end)
