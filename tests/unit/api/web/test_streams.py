"""Streams as lines of JSON: what comes is sent at once, a refusal is the last line, and whoever goes is forgotten."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from uuid import uuid4

import httpx

from crossdock.events.v1 import events_pb2
from tests.unit.api.serving import Served, placing
from tests.unit.api.web.speaking import as_json, client, reason_and_fields, told

LINES = {"content-type": "application/x-ndjson"}


def lines(*values: Any) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


async def test_a_change_is_sent_to_whoever_watches_when_it_happens(hub: Served, web: httpx.AsyncClient) -> None:
    order = await hub.place(channel_reference="S-1")
    async with web.stream("GET", f"/v1/orders/{order.order_id}:watch") as answer:
        told_lines = answer.aiter_lines()
        first = json.loads(await anext(told_lines))
        await hub.world.settle()
        later = json.loads(await anext(told_lines))

    assert answer.headers["content-type"] == "application/x-ndjson"
    assert first["order"]["orderId"] == order.order_id
    assert int(later["order"]["version"]) > int(first["order"]["version"])


async def test_whoever_watches_what_is_quiet_is_told_that_it_is_heard(hub: Served, web: httpx.AsyncClient) -> None:
    last = await hub.rpc("EventService.ListEvents")(events_pb2.ListEventsRequest(after_position=0))
    position = last.last_position

    async with (
        asyncio.timeout(5),
        web.stream("GET", "/v1/events:subscribe", params={"after_position": position}) as answer,
    ):
        assert answer.status_code == 200


async def test_a_stream_that_is_refused_at_once_has_the_status_code_of_a_call(
    port: int, web: httpx.AsyncClient
) -> None:
    async with client(port, "") as nobody:
        no_token = await nobody.get("/v1/events:subscribe")
    unknown = await web.get(f"/v1/orders/{uuid4()}:watch")
    field = await web.get("/v1/events:subscribe", params={"colour": "red"})

    assert told(no_token) == (401, "UNAUTHENTICATED", [])
    assert told(unknown) == (404, "ORDER_NOT_FOUND", [])
    assert told(field) == (400, "INVALID_FIELD", ["colour"])


async def test_lines_are_answered_one_by_one(web: httpx.AsyncClient) -> None:
    sent = lines({"orders": [as_json(placing("S-2")), as_json(placing("S-3", sku="NONE"))]}, {"orders": []})

    answer = await web.post("/v1/orders:place", content=sent, headers=LINES)

    results = [result for line in answer.text.splitlines() for result in json.loads(line).get("results", [])]
    assert answer.status_code == 200
    assert [("order" in result or "orderId" in result, "refusal" in result) for result in results], answer.text
    assert "UNKNOWN_SKU" in answer.text


async def test_a_refusal_after_answers_is_the_last_line(web: httpx.AsyncClient) -> None:
    sent = lines({"orders": [as_json(placing("S-4"))]}, {"orderz": []})

    answer = await web.post("/v1/orders:place", content=sent, headers=LINES)

    *answered, last = [json.loads(line) for line in answer.text.splitlines()]
    refusal = last["error"] if answer.status_code == 200 else last
    assert answered or answer.status_code == 400
    assert reason_and_fields(refusal) == ("INVALID_FIELD", ["orderz"])


async def test_a_line_that_is_too_long_is_refused(web: httpx.AsyncClient) -> None:
    answer = await web.post("/v1/orders:place", content=b" " * 13 * 1024 * 1024, headers=LINES)

    assert told(answer) == (413, "REQUEST_TOO_LARGE", [])


async def test_whoever_stops_watching_is_no_longer_served(hub: Served, web: httpx.AsyncClient) -> None:
    order = await hub.place(channel_reference="S-5")
    async with web.stream("GET", f"/v1/orders/{order.order_id}:watch") as answer:
        await anext(answer.aiter_lines())
        assert len(hub.rpcs.wrapper._streams._open) == 1

    await asyncio.sleep(0.5)

    assert not hub.rpcs.wrapper._streams._open


async def test_a_stream_ends_when_its_token_is_revoked(hub: Served, web: httpx.AsyncClient) -> None:
    order = await hub.place(channel_reference="S-6")
    async with web.stream("GET", f"/v1/orders/{order.order_id}:watch") as answer:
        told_lines = answer.aiter_lines()
        await anext(told_lines)
        hub.rpcs.wrapper._access._grants.clear()
        hub.rpcs.wrapper._access._lately.clear()
        hub.rpcs.wrapper.end_unwelcome_streams()
        last = json.loads([line async for line in told_lines][-1])

    assert reason_and_fields(last["error"]) == ("UNAUTHENTICATED", [])
