"""FeedService: how far sources have told, what is parked, and how people mend it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from crossdock.inbox.v1 import feeds_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.pages import Page
from hub.cases.context import FlowContext
from hub.flows.upkeep.mend_feeds import HandOver, Skip, feed_seen_by, hand_over_nodes, replay_parked, skip_gaps
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.inbox.errors import FeedNotFound, ParkedEventNotFound
from hub.inbox.model import Feed, NodeSource, ParkedEvent
from hub.inbox.operations import feeds, parked
from hub.kernel.errors import Refusal
from hub.network.errors import UnknownNode
from hub.wire.feeds import PARKED_STATES, feed_to_pb, node_source_to_pb, parked_event_to_pb
from hub.wire.refusals import refusal_to_pb


async def _feeds(flow: FlowContext, stored: Sequence[Stored]) -> list[Feed | Refusal]:
    found = [await feeds.page(flow.tx, one["source"], "", 1) for one in stored]
    return [one[0] if one else FeedNotFound("The feed is gone.") for one in found]


async def _node_sources(flow: FlowContext, stored: Sequence[Stored]) -> list[NodeSource | Refusal]:
    found = await feeds.node_sources(flow.tx, [one["node_id"] for one in stored])
    return [found.get(one["node_id"]) or UnknownNode("No source counts this node now.") for one in stored]


async def _parked(flow: FlowContext, stored: Sequence[Stored]) -> list[ParkedEvent | Refusal]:
    found = await parked.load(flow.tx, [UUID(one["parked_event_id"]) for one in stored])
    return [
        found.get(UUID(one["parked_event_id"]))
        or ParkedEventNotFound("The parked event was applied and is no longer kept.")
        for one in stored
    ]


SKIP_GAP: Final[Change[Skip, Feed]] = Change("SkipGap", skip_gaps, lambda feed: {"source": feed.source}, _feeds)
HAND_OVER: Final[Change[HandOver, NodeSource]] = Change(
    "HandOverNodes", hand_over_nodes, lambda one: {"node_id": one.node_id}, _node_sources
)
REPLAY_PARKED: Final[Change[UUID, ParkedEvent]] = Change(
    "ReplayParkedEvents", replay_parked, lambda one: {"parked_event_id": str(one.parked_event_id)}, _parked
)


class FeedService:
    """Shows feeds and parked events, and mends what does not mend itself."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def ListFeeds(self, request: pb.ListFeedsRequest, call: Call) -> pb.ListFeedsResponse:
        """Lists the feeds of sources, by name."""
        page = Page(request)
        after = page.by_names()
        async with self._deps.database.reading() as tx:
            found = await feeds.page(tx, request.source, after[0] if after else "", page.size + 1)
        rows, token = page.cut(found, lambda one: (one.source, ""))
        seen = [row for row in rows if feed_seen_by(call.scope, row) and (row.gaps or not request.only_gaps)]
        return pb.ListFeedsResponse(feeds=[feed_to_pb(one) for one in seen], next_page_token=token)

    async def SkipGap(self, request: pb.SkipGapRequest, call: Call) -> pb.SkipGapResponse:
        """Gives up numbers that will never come."""
        asked = call.asked(request, request.request_id)
        feed = await self._deps.gate.run(SKIP_GAP, asked, Skip(request.source, request.through_number))
        return pb.SkipGapResponse(feed=feed_to_pb(feed))

    async def HandOverNodes(self, request: pb.HandOverNodesRequest, call: Call) -> pb.HandOverNodesResponse:
        """Makes a source the one that counts nodes."""
        asked = call.asked(request, request.request_id)
        given = [HandOver(node_id, request.source) for node_id in request.node_ids]
        answers = await self._deps.gate.run_many(HAND_OVER, asked, given)
        return pb.HandOverNodesResponse(
            results=[
                pb.HandOverNodesResult(refusal=refusal_to_pb(answer))
                if isinstance(answer, Refusal)
                else pb.HandOverNodesResult(node_source=node_source_to_pb(answer))
                for answer in answers
            ]
        )

    async def ListParkedEvents(self, request: pb.ListParkedEventsRequest, call: Call) -> pb.ListParkedEventsResponse:
        """Lists parked events, newest first."""
        page = Page(request)
        after = page.by_instant()
        state = PARKED_STATES.optional(request.state, "state")
        principal = None if call.scope.unlimited else call.scope.principal
        async with self._deps.database.reading() as tx:
            found = await parked.page(tx, principal, state, request.source, after, page.size + 1)
        rows, token = page.cut(found, lambda one: (one.parked_at, one.parked_event_id))
        return pb.ListParkedEventsResponse(
            parked_events=[parked_event_to_pb(row) for row in rows], next_page_token=token
        )

    async def ReplayParkedEvents(
        self, request: pb.ReplayParkedEventsRequest, call: Call
    ) -> pb.ReplayParkedEventsResponse:
        """Has parked events tried again."""
        asked = call.asked(request, request.request_id)
        answers = await self._deps.gate.run_many(
            REPLAY_PARKED, asked, [UUID(parked_event_id_) for parked_event_id_ in request.parked_event_ids]
        )
        return pb.ReplayParkedEventsResponse(
            results=[
                pb.ReplayParkedEventsResult(refusal=refusal_to_pb(answer))
                if isinstance(answer, Refusal)
                else pb.ReplayParkedEventsResult(parked_event=parked_event_to_pb(answer))
                for answer in answers
            ]
        )
