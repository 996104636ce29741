"""EventService: the feed, from any position on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final

from crossdock.events.v1 import events_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.kernel.scope import Scope
from hub.outbox import operations as outbox
from hub.outbox.model import EventRecord
from hub.wire.setup.events import event_to_pb

DEFAULT_PAGE: Final = 100
CHUNK: Final = 500
"""Events in a message of a subscription at most."""


class EventService:
    """Reads the feed."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def ListEvents(self, request: pb.ListEventsRequest, call: Call) -> pb.ListEventsResponse:
        """Lists events after a position."""
        found = await self._after(call.scope, request.after_position, request.page_size or DEFAULT_PAGE)
        last = found[-1].position if found else request.after_position
        return pb.ListEventsResponse(events=[event_to_pb(one) for one in found], last_position=last)

    async def SubscribeEvents(
        self, request: pb.SubscribeEventsRequest, call: Call
    ) -> AsyncIterator[pb.SubscribeEventsResponse]:
        """Sends events after a position, then each new one, until the caller leaves."""
        position = request.after_position
        while True:
            found = await self._after(call.scope, position, CHUNK)
            if found:
                position = found[-1].position or position
                yield pb.SubscribeEventsResponse(events=[event_to_pb(one) for one in found])
            if len(found) < CHUNK:
                await self._deps.news()

    async def _after(self, scope: Scope, position: int, limit: int) -> list[EventRecord]:
        async with self._deps.database.reading() as tx:
            return await outbox.events_after(tx, scope, position, limit=limit)
