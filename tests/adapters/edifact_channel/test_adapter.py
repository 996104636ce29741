"""The adapter as it is served: over a socket, with what its quality file says."""

from __future__ import annotations

import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest

from adapters.edifact_channel.adapter import SERVICE, build
from adapters.sdk.adapter import AdapterContext
from adapters.sdk.host import make_server
from adapters.sdk.listening import listen
from adapters.sdk.state.client import AdapterState
from adapters.sdk.webhooks.inbox import HubInbox
from crossdock.partner.channel.v1 import channel_pb2 as pb
from crossdock.partner.channel.v1 import channel_pb2_grpc as rpc
from tests.adapters.edifact_channel.test_orders import OWN

ROOT = Path(__file__).parents[3]
QUALITY = tomllib.loads((ROOT / "adapters/edifact_channel/quality.toml").read_text())


@asynccontextmanager
async def served(tmp_path: Path) -> AsyncIterator[Any]:
    async with grpc.aio.insecure_channel("127.0.0.1:1") as hub:
        state, inbox = AdapterState(hub, ""), HubInbox(hub, "")
        adapter = build(AdapterContext(name="edifact_channel", data_dir=tmp_path, state=state, inbox=inbox))
        server, _ = make_server([adapter], None)
        address = listen(server, f"unix:{tmp_path}/socket")
        await server.start()
        async with grpc.aio.insecure_channel(address) as channel:
            yield rpc.ChannelServiceStub(channel)
        await server.stop(None)


def request(profile_json: str = "") -> pb.ReadDocumentRequest:
    message = pb.ReadDocumentRequest(content=OWN.read_bytes(), channel_id="B2B-DE")
    message.call.profile_json = profile_json
    return message


async def test_a_document_is_read_over_the_wire(tmp_path: Path) -> None:
    async with served(tmp_path) as stub:
        first, second = await stub.ReadDocument(request()), await stub.ReadDocument(request())

    assert [one.place_order.channel_reference for one in first.commands] == ["E-1", "E-2"]
    assert first == second


async def test_a_malformed_profile_is_a_problem_of_the_document(tmp_path: Path) -> None:
    async with served(tmp_path) as stub:
        response = await stub.ReadDocument(request('{"time_zone": "Mars"}'))

    assert [(problem.location, problem.field) for problem in response.problems] == [("profile", "profile_json")]


@pytest.mark.parametrize("method", QUALITY["not_offered"])
async def test_what_the_quality_file_does_not_offer_is_unimplemented(tmp_path: Path, method: str) -> None:
    async with served(tmp_path) as stub:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await getattr(stub, method)(getattr(pb, f"{method}Request")())

    assert raised.value.code() == grpc.StatusCode.UNIMPLEMENTED


def test_the_quality_file_names_every_rpc_of_the_contract_and_the_adapter_is_an_entry_point() -> None:
    methods = pb.DESCRIPTOR.services_by_name["ChannelService"].methods_by_name
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert QUALITY["service"] == SERVICE
    assert sorted([*QUALITY["offered"], *QUALITY["not_offered"]]) == sorted(methods)
    assert project["entry-points"]["crossdock.adapters"][QUALITY["name"]] == "adapters.edifact_channel.adapter:build"
