"""The adapter as it is served: over a socket, with what its quality file says."""

from __future__ import annotations

import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import grpc
import pytest

from adapters.sdk.adapter import AdapterContext
from adapters.sdk.host import make_server
from adapters.sdk.listening import listen
from adapters.sdk.state.client import AdapterState
from adapters.sdk.webhooks.inbox import HubInbox
from adapters.stock_files.adapter import SERVICE, build
from crossdock.partner.call.v1.call_pb2 import Call
from crossdock.partner.warehouse.v1 import warehouse_pb2 as pb
from crossdock.partner.warehouse.v1 import warehouse_pb2_grpc as rpc
from tests.adapters.stock_files.documents import OWN, ROOT

QUALITY = tomllib.loads((ROOT / "adapters/stock_files/quality.toml").read_text())


@asynccontextmanager
async def served() -> AsyncIterator[Any]:
    """Serves the adapter until the block ends; answers a stub of it."""
    with TemporaryDirectory(prefix="xd") as folder:
        async with grpc.aio.insecure_channel("127.0.0.1:1") as hub:
            state, inbox = AdapterState(hub, ""), HubInbox(hub, "")
            adapter = build(AdapterContext(name="stock_files", data_dir=Path(folder), state=state, inbox=inbox))
            server, _ = make_server([adapter], None)
            address = listen(server, f"unix:{folder}/socket")
            await server.start()
            async with grpc.aio.insecure_channel(address) as channel:
                yield rpc.WarehouseServiceStub(channel)
            await server.stop(None)


def request(content: bytes, profile_json: str = "") -> pb.ReadDocumentRequest:
    call = Call(account_id="account", operation_key="key", profile_json=profile_json)
    call.business_time.GetCurrentTime()
    return pb.ReadDocumentRequest(call=call, media_type=QUALITY["media_types"][0], content=content)


async def test_a_document_is_read_over_the_wire() -> None:
    content = (OWN / "count.csv").read_bytes()

    async with served() as stub:
        first = await stub.ReadDocument(request(content, '{"ignored_facts": ["column.remark"]}'))
        second = await stub.ReadDocument(request(content, '{"ignored_facts": ["column.remark"]}'))

    assert [one.stock_count.header.row_count for one in first.commands] == [3]
    assert second.commands == first.commands
    assert not first.problems


async def test_a_malformed_profile_is_a_problem_of_the_document_and_not_an_error() -> None:
    async with served() as stub:
        response = await stub.ReadDocument(request(b"anything", '{"mode": "guess"}'))

    assert [(problem.location, problem.field) for problem in response.problems] == [("profile", "profile_json")]
    assert "mode" in response.problems[0].reason


@pytest.mark.parametrize("method", QUALITY["not_offered"])
async def test_what_the_quality_file_does_not_offer_is_unimplemented(method: str) -> None:
    async with served() as stub:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await getattr(stub, method)(getattr(pb, f"{method}Request")())

    assert raised.value.code() == grpc.StatusCode.UNIMPLEMENTED


def test_the_quality_file_names_every_rpc_of_the_contract() -> None:
    methods = pb.DESCRIPTOR.services_by_name["WarehouseService"].methods_by_name

    assert QUALITY["service"] == SERVICE
    assert sorted([*QUALITY["offered"], *QUALITY["not_offered"]]) == sorted(methods)


def test_the_adapter_is_named_as_an_entry_point() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert project["entry-points"]["crossdock.adapters"][QUALITY["name"]] == "adapters.stock_files.adapter:build"
