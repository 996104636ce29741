"""ScreeningService: lists in versions with their differences, and matches that are listed and decided."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import grpc
import pytest

from crossdock.screening.v1 import screening_pb2 as pb
from hub.network.model import ScreeningTerms
from tests.support.drafts import draft, line
from tests.unit.api.serving import Served, refusal

HEAD = "entry_id,name,alias,address,program\n"
ADA = "7,Ada Visser,,,TEST\n"


async def load(hub: Served, rows: str, *, name: str = "LIST", **facts: Any) -> pb.DeniedList:
    request = pb.LoadListRequest(
        request_id=str(uuid4()), list_name=name, files=[pb.ListFile(name="list.csv", content=HEAD + rows)], **facts
    )
    answer: pb.DeniedList = (await hub.rpc("ScreeningService.LoadList")(request)).list
    return answer


async def test_a_list_is_loaded_in_versions_with_their_differences(hub: Served) -> None:
    first = await load(hub, ADA + "8,Other,,,\n")
    tried = await load(hub, ADA.replace("TEST", "NEW") + "9,Third,,,\n", validate_only=True)
    second = await load(hub, ADA.replace("TEST", "NEW") + "9,Third,,,\n", expected_version=1)
    again = await load(hub, ADA.replace("TEST", "NEW") + "9,Third,,,\n")

    assert (first.version, first.entry_count, list(first.added_entry_ids)) == (1, 2, ["7", "8"])
    assert (tried.version, tried.HasField("load_time")) == (2, False)
    for one in (tried, second):
        differences = (list(one.added_entry_ids), list(one.changed_entry_ids), list(one.removed_entry_ids))
        assert differences == (["9"], ["7"], ["8"])
        assert one.difference_count == 3
    assert (again.version, again.difference_count) == (2, 0)
    known = (await hub.rpc("ScreeningService.GetLists", "viewer")(pb.GetListsRequest())).lists
    assert [(one.list_name, one.version, one.entry_count) for one in known] == [("LIST", 2, 2)]


async def test_a_broken_list_or_another_version_is_refused_and_the_one_in_force_stays(hub: Served) -> None:
    await load(hub, ADA)

    with pytest.raises(grpc.aio.AioRpcError) as broken:
        await load(hub, ",Name,,,\n")
    with pytest.raises(grpc.aio.AioRpcError) as stale:
        await load(hub, "9,Third,,,\n", expected_version=7)
    with pytest.raises(grpc.aio.AioRpcError) as ours:
        await load(hub, ADA, name="RESTRICTIONS")

    assert refusal(broken.value)[:2] == (grpc.StatusCode.INVALID_ARGUMENT, "DENIED_LIST_INVALID")
    assert "list.csv, line 2: column entry_id is empty" in (broken.value.details() or "")
    assert refusal(stale.value)[1] == "STATE_CHANGED"
    assert refusal(ours.value)[1:] == ("INVALID_FIELD", ["list_name"])
    known = (await hub.rpc("ScreeningService.GetLists", "viewer")(pb.GetListsRequest())).lists
    assert [one.version for one in known] == [1]


async def test_matches_are_listed_with_the_entry_and_decided_once(hub: Served) -> None:
    await hub.world.network(channel={"screening_terms": ScreeningTerms()})
    await load(hub, ADA)
    await hub.world.stock("CUP", "DC-NL", 1)
    case = await hub.world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await hub.world.settle()

    (match,) = await listed(hub)
    assert (match.order_id, match.party_id) == (str(case.order_id), str(case.order.customer_party_id))
    assert (match.role, match.matched, match.score) == (pb.PARTY_ROLE_BUYER, pb.MATCHED_ON_NAME, 100)
    assert (list(match.entry_names), match.program) == (["Ada Visser"], "TEST")
    request = pb.DecideMatchRequest(
        request_id=str(uuid4()), match_id=match.match_id, state=pb.MATCH_STATE_CLEARED, note="another person"
    )
    decide = hub.rpc("ScreeningService.DecideMatch")
    decided, again = (await decide(request)).match, (await decide(request)).match
    assert (decided.state, decided.note) == (pb.MATCH_STATE_CLEARED, "another person")
    assert decided == again
    assert await listed(hub) == []
    await hub.world.settle()

    with pytest.raises(grpc.aio.AioRpcError) as unknown:
        await decide(
            pb.DecideMatchRequest(
                request_id=str(uuid4()), match_id=str(uuid4()), state=pb.MATCH_STATE_CLEARED, note="x"
            )
        )
    assert refusal(unknown.value)[1] == "SCREENING_MATCH_NOT_FOUND"


async def test_a_withdrawn_match_is_not_decided(hub: Served) -> None:
    await hub.world.network(channel={"screening_terms": ScreeningTerms()})
    await load(hub, ADA)
    await hub.world.stock("CUP", "DC-NL", 1)
    await hub.world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await hub.world.settle()
    (match,) = await listed(hub)
    await load(hub, "9,Third,,,\n")
    await hub.world.settle()

    request = pb.DecideMatchRequest(
        request_id=str(uuid4()), match_id=match.match_id, state=pb.MATCH_STATE_CONFIRMED, note="x"
    )
    with pytest.raises(grpc.aio.AioRpcError) as ended:
        await hub.rpc("ScreeningService.DecideMatch")(request)

    assert refusal(ended.value)[1] == "SCREENING_MATCH_ENDED"
    assert [one.match_id for one in await listed(hub, state=pb.MATCH_STATE_WITHDRAWN)] == [match.match_id]


async def listed(hub: Served, **asked: Any) -> list[pb.Match]:
    answer = await hub.rpc("ScreeningService.ListMatches", "viewer")(pb.ListMatchesRequest(**asked))
    return list(answer.matches)
