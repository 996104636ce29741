"""`crossdock adapters`: how accounts stand, paused and resumed by a word."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.admin.v1 import admin_pb2
from crossdock.network.v1 import network_pb2
from tests.unit.app.cli.pretend import Crossdock, PretendHub

AT = Timestamp(seconds=1_794_902_400)


@pytest.mark.parametrize(
    ("stated", "state"),
    [
        ({"pause_time": AT, "pause_reason": "Stocktaking", "breaker_end_time": AT}, "paused: Stocktaking"),
        ({"breaker_end_time": AT, "failing_count": 2}, "does not answer"),
        ({"failing_count": 2, "oldest_due_time": AT}, "failing"),
        ({}, "well"),
    ],
)
def test_each_account_is_shown_as_it_stands(
    hub: PretendHub, crossdock: Crossdock, stated: dict[str, Any], state: str
) -> None:
    account = admin_pb2.AccountStatus(account_id="wms", kind=network_pb2.PARTNER_KIND_WAREHOUSE, due_count=7, **stated)
    account.adapter = "x12_warehouse"
    hub.answers["AdminService.GetAccounts"] = admin_pb2.GetAccountsResponse(accounts=[account])

    ran = crossdock("adapters")

    assert ran.code == 0
    assert all(word in ran.out for word in ("wms", "warehouse", "x12_warehouse", state, "7"))
    assert crossdock("adapters", "--json").json()["accounts"][0]["account_id"] == "wms"


def test_an_account_is_paused_and_resumed(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["AdminService.PauseAccount"] = admin_pb2.PauseAccountResponse(pause_time=AT)
    hub.answers["AdminService.ResumeAccount"] = admin_pb2.ResumeAccountResponse(due_count=3)

    paused = crossdock("adapters", "pause", "wms", "--reason", "Stocktaking")
    resumed = crossdock("adapters", "resume", "wms")

    (pause,), (resume,) = hub.requests("AdminService.PauseAccount"), hub.requests("AdminService.ResumeAccount")
    assert (pause.account_id, pause.reason, resume.account_id) == ("wms", "Stocktaking", "wms")
    assert paused.out.startswith("wms is paused since 2026-11-1")
    assert resumed.out == "wms is resumed; 3 messages to it are due.\n"
