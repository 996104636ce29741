"""ScreeningService: denied-party lists, and the review of matches of orders with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from crossdock.screening.v1 import screening_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.pages import Page
from hub.cases.context import FlowContext
from hub.flows.orders.decide_matches import decide_matches
from hub.flows.upkeep.load_lists import NewList, load_lists
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.kernel.errors import Refusal
from hub.screening import operations as screening
from hub.screening.errors import MatchNotFound
from hub.screening.model import ListVersion, Match, MatchDecision
from hub.screening.policy.list_files import entries_of
from hub.wire.setup.screening import (
    list_files_from_pb,
    list_to_pb,
    match_decision_from_pb,
    match_filter_from_pb,
    matches_to_pb,
)


async def _loaded(flow: FlowContext, stored: Sequence[Stored]) -> list[ListVersion | Refusal]:
    answers: list[ListVersion | Refusal] = []
    for one in stored:
        known = await screening.version(flow.tx, one["list_name"], one["version"])
        answers.append(known or ListVersion(one["list_name"], one["version"], 0))
    return answers


async def _decided(flow: FlowContext, stored: Sequence[Stored]) -> list[Match | Refusal]:
    ids = [UUID(one["match_id"]) for one in stored]
    known = await screening.find(flow.tx, flow.scope, ids)
    return [known.get(one) or MatchNotFound(f"There is no match {one}.", match_id=one) for one in ids]


LOAD_LIST: Final[Change[NewList, ListVersion]] = Change(
    "LoadList", load_lists, lambda one: {"list_name": one.list_name, "version": one.version}, _loaded, alone=True
)
DECIDE_MATCH: Final[Change[MatchDecision, Match]] = Change(
    "DecideMatch", decide_matches, lambda one: {"match_id": str(one.match_id)}, _decided
)


class ScreeningService:
    """Denied-party lists as versioned data, and matches with them."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def LoadList(self, request: pb.LoadListRequest, call: Call) -> pb.LoadListResponse:
        """Replaces a list by a new version, or says how it would differ."""
        entries = tuple(entries_of(list_files_from_pb(request)))
        if request.validate_only:
            async with self._deps.database.reading() as tx:
                loaded = await screening.difference_of(
                    tx, request.list_name, entries, expected_version=request.expected_version
                )
        else:
            asked = call.asked(request, request.request_id)
            new = NewList(request.list_name, entries, request.expected_version)
            loaded = await self._deps.gate.run(LOAD_LIST, asked, new)
        return pb.LoadListResponse(list=list_to_pb(loaded))

    async def GetLists(self, _: pb.GetListsRequest, __: Call) -> pb.GetListsResponse:
        """Lists the newest versions."""
        async with self._deps.database.reading() as tx:
            known = await screening.newest(tx)
        return pb.GetListsResponse(lists=[list_to_pb(one) for one in known])

    async def ListMatches(self, request: pb.ListMatchesRequest, call: Call) -> pb.ListMatchesResponse:
        """Lists matches, the oldest first."""
        page = Page(request)
        after, wanted = page.by_instant(), match_filter_from_pb(request)
        async with self._deps.database.reading() as tx:
            found = await screening.page(tx, call.scope, wanted, after=after, size=page.size + 1)
            rows, token = page.cut(found, lambda one: (one.found_at, one.match_id))
            entries = await screening.entries_named(tx, {(one.hit.list_name, one.hit.entry_id) for one in rows})
        return pb.ListMatchesResponse(matches=matches_to_pb(rows, entries), next_page_token=token)

    async def DecideMatch(self, request: pb.DecideMatchRequest, call: Call) -> pb.DecideMatchResponse:
        """Clears or confirms a match."""
        asked = call.asked(request, request.request_id)
        match = await self._deps.gate.run(DECIDE_MATCH, asked, match_decision_from_pb(request))
        async with self._deps.database.reading() as tx:
            entries = await screening.entries_named(tx, {(match.hit.list_name, match.hit.entry_id)})
        (decided,) = matches_to_pb([match], entries)
        return pb.DecideMatchResponse(match=decided)
