"""The accounts of partners over gRPC: how each stands, paused and resumed by a person's word."""

from __future__ import annotations

from uuid import uuid4

import grpc
import pytest

from crossdock.admin.v1 import admin_pb2
from crossdock.network.v1 import network_pb2
from tests.unit.api.serving import Served, refusal


async def status_of(hub: Served, account_id: str) -> admin_pb2.AccountStatus:
    answer = await hub.rpc("AdminService.GetAccounts", "viewer")(admin_pb2.GetAccountsRequest())
    status: admin_pb2.AccountStatus = next(one for one in answer.accounts if one.account_id == account_id)
    return status


async def test_an_account_is_paused_with_its_reason_and_resumed(hub: Served) -> None:
    pause = admin_pb2.PauseAccountRequest(request_id=str(uuid4()), account_id="wms", reason="Stocktaking until noon")
    resume = admin_pb2.ResumeAccountRequest(request_id=str(uuid4()), account_id="wms")

    before = await status_of(hub, "wms")
    first, again = [await hub.rpc("AdminService.PauseAccount")(pause) for _ in range(2)]
    paused = await status_of(hub, "wms")
    resumed = await hub.rpc("AdminService.ResumeAccount")(resume)
    after = await status_of(hub, "wms")

    assert (before.kind, before.HasField("pause_time")) == (network_pb2.PARTNER_KIND_WAREHOUSE, False)
    assert first == again
    assert (paused.pause_time, paused.pause_reason) == (first.pause_time, "Stocktaking until noon")
    assert (resumed.due_count, after.HasField("pause_time"), after.pause_reason) == (0, False, "")


async def test_a_paused_account_is_sent_nothing_until_it_is_resumed(hub: Served) -> None:
    await hub.rpc("AdminService.PauseAccount")(
        admin_pb2.PauseAccountRequest(request_id=str(uuid4()), account_id="wms", reason="Moves to another adapter")
    )
    await hub.place()
    await hub.world.settle()
    held = await status_of(hub, "wms")

    await hub.rpc("AdminService.ResumeAccount")(
        admin_pb2.ResumeAccountRequest(request_id=str(uuid4()), account_id="wms")
    )
    await hub.world.settle()
    sent = await status_of(hub, "wms")

    assert (held.due_count, held.in_flight_count, held.settled_messages_per_hour) == (1, 0, 0)
    assert (sent.due_count, sent.settled_messages_per_hour > 0) == (0, True)


@pytest.mark.parametrize("rpc", ["PauseAccount", "ResumeAccount"])
async def test_an_account_that_is_not_in_the_network_is_refused(hub: Served, rpc: str) -> None:
    request = getattr(admin_pb2, f"{rpc}Request")(request_id=str(uuid4()), account_id="nobody")
    if rpc == "PauseAccount":
        request.reason = "x"

    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await hub.rpc(f"AdminService.{rpc}")(request)

    assert refusal(raised.value)[1]
