"""Denied-party lists and matches on the wire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from crossdock.screening.v1 import screening_pb2 as pb
from hub.kernel.errors import InvalidField
from hub.screening.model import (
    RESTRICTIONS,
    UNREADABLE,
    DeniedEntry,
    ListVersion,
    Match,
    MatchDecision,
    MatchedOn,
    MatchFilter,
    MatchState,
    PartyRole,
)
from hub.wire.enums import Names
from hub.wire.instants import instant_to_pb

ROLES: Final = Names(PartyRole, pb.PartyRole, "PARTY_ROLE")
ON: Final = Names(MatchedOn, pb.MatchedOn, "MATCHED_ON")
STATES: Final = Names(MatchState, pb.MatchState, "MATCH_STATE")
_MOST_IDS: Final = 1000


def list_files_from_pb(request: pb.LoadListRequest) -> dict[str, str]:
    """Return the files of a list by name. Raises InvalidField where two have one name, or the list one of ours."""
    files = {message.name: message.content for message in request.files}
    if len(files) < len(request.files):
        raise InvalidField("files has two files of one name; send each once.", files="two of one name")
    if request.list_name in {RESTRICTIONS, UNREADABLE}:
        raise InvalidField(f"list_name is {request.list_name}; that is no list, name yours.", list_name="is taken")
    return files


def list_to_pb(version: ListVersion) -> pb.DeniedList:
    """Return a version of a list."""
    difference = version.difference
    return pb.DeniedList(
        list_name=version.list_name,
        version=version.version,
        entry_count=version.entries,
        added_entry_ids=difference.added[:_MOST_IDS],
        changed_entry_ids=difference.changed[:_MOST_IDS],
        removed_entry_ids=difference.removed[:_MOST_IDS],
        difference_count=len(difference.touched),
        load_principal=version.loaded_by,
        load_time=None if version.loaded_at is None else instant_to_pb(version.loaded_at),
    )


def match_filter_from_pb(request: pb.ListMatchesRequest) -> MatchFilter:
    """Return which matches are listed."""
    state = STATES.optional(request.state, "state") or MatchState.OPEN
    return MatchFilter(state, UUID(request.order_id) if request.order_id else None)


def match_decision_from_pb(request: pb.DecideMatchRequest) -> MatchDecision:
    """Return how a match is decided."""
    return MatchDecision(UUID(request.match_id), STATES.from_pb(request.state, "state"), request.note)


def matches_to_pb(matches: Sequence[Match], entries: Mapping[tuple[str, str], DeniedEntry]) -> list[pb.Match]:
    """Return matches with what the lists say of their entries."""
    return [_match(one, entries.get((one.hit.list_name, one.hit.entry_id))) for one in matches]


def _match(match: Match, entry: DeniedEntry | None) -> pb.Match:
    hit = match.hit
    return pb.Match(
        match_id=str(match.match_id),
        order_id=str(match.order_id),
        party_id=str(hit.party_id),
        role=ROLES.to_pb(hit.role),
        list_name=hit.list_name,
        entry_id=hit.entry_id,
        entry_names=entry.names if entry else (),
        program=entry.program if entry else "",
        score=hit.score,
        matched=ON.to_pb(hit.matched_on),
        state=STATES.to_pb(match.state),
        find_time=instant_to_pb(match.found_at),
        note=match.note,
        decide_principal=match.decided_by,
        decide_time=None if match.decided_at is None else instant_to_pb(match.decided_at),
        expire_time=None if match.expires_at is None else instant_to_pb(match.expires_at),
    )
