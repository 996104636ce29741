"""`crossdock screening`: what it asks of a hub, and what it tells."""

from __future__ import annotations

import gzip
from pathlib import Path
from uuid import uuid4

import pytest

from crossdock.screening.v1 import screening_pb2 as pb
from tests.unit.app.cli.pretend import Crossdock, PretendHub

MATCH = str(uuid4())


@pytest.fixture
def files(hub: PretendHub, tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "SDN.CSV").write_text("main")
    (tmp_path / "ALT.CSV.gz").write_bytes(gzip.compress("Müller".encode("latin-1")))
    loaded = pb.DeniedList(list_name="SDN", version=3, entry_count=9, added_entry_ids=["7"], difference_count=1)
    hub.answers["ScreeningService.LoadList"] = pb.LoadListResponse(list=loaded)
    return str(tmp_path / "SDN.CSV"), str(tmp_path / "ALT.CSV.gz")


def test_a_list_is_loaded_with_all_its_files(hub: PretendHub, crossdock: Crossdock, files: tuple[str, str]) -> None:
    ran = crossdock("screening", "load", *files, "--list", "SDN")

    (request,) = hub.requests("ScreeningService.LoadList")
    assert [(one.name, one.content) for one in request.files] == [("SDN.CSV", "main"), ("ALT.CSV.gz", "Müller")]
    assert (request.list_name, request.validate_only) == ("SDN", False)
    assert "SDN version 3 is in force: 1 entry of 9 differ." in ran.out


def test_a_dry_run_loads_nothing(hub: PretendHub, crossdock: Crossdock, files: tuple[str, str]) -> None:
    ran = crossdock("screening", "load", *files, "--list", "SDN", "--dry-run")

    (request,) = hub.requests("ScreeningService.LoadList")
    assert request.validate_only
    assert "added" in ran.out
    assert "would be in force" in ran.out


def test_a_file_that_is_not_there_is_refused(hub: PretendHub, crossdock: Crossdock) -> None:
    ran = crossdock("screening", "load", "nowhere.csv", "--list", "SDN")

    assert ran.code != 0
    assert hub.requests("ScreeningService.LoadList") == []


@pytest.mark.parametrize(
    ("command", "state"), [("clear", pb.MATCH_STATE_CLEARED), ("confirm", pb.MATCH_STATE_CONFIRMED)]
)
def test_a_match_is_decided_with_a_note(
    hub: PretendHub, crossdock: Crossdock, command: str, state: pb.MatchState
) -> None:
    hub.answers["ScreeningService.DecideMatch"] = pb.DecideMatchResponse(match=pb.Match(match_id=MATCH, state=state))

    crossdock("screening", command, MATCH, "looked at")

    (request,) = hub.requests("ScreeningService.DecideMatch")
    assert (request.match_id, request.state, request.note) == (MATCH, state, "looked at")


def test_matches_are_listed_by_order_and_state(hub: PretendHub, crossdock: Crossdock) -> None:
    match = pb.Match(match_id=MATCH, list_name="SDN", entry_id="7", entry_names=["RADKO, Anton"], score=97)
    hub.answers["ScreeningService.ListMatches"] = pb.ListMatchesResponse(matches=[match], next_page_token="more")

    ran = crossdock("screening", "review", MATCH, "--state", "confirmed")

    (request,) = hub.requests("ScreeningService.ListMatches")
    assert (request.order_id, request.state) == (MATCH, pb.MATCH_STATE_CONFIRMED)
    assert "RADKO" in ran.out
    assert "There are more" in ran.out


def test_lists_are_listed(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["ScreeningService.GetLists"] = pb.GetListsResponse(lists=[pb.DeniedList(list_name="SDN", version=3)])

    assert "SDN" in crossdock("screening", "lists").out
