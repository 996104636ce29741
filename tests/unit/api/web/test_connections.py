"""What a connection may take before it is a call: time, headers, bodies; each bounded, none ends in a failure."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator

import httpx
import psutil
import pytest

from hub.api.web.pages import PAGES
from hub.config.web import WebSettings
from tests.unit.api.serving import Served, placing
from tests.unit.api.web.speaking import as_json, client, http_port, told

MEBIBYTE = 1024 * 1024
HEAD = "POST /v1/orders HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer admin\r\ncontent-type: application/json\r\n"


async def blanks(mebibytes: int) -> AsyncIterator[bytes]:
    """A body that the caller itself never holds whole."""
    for _ in range(mebibytes):
        yield b" " * MEBIBYTE


async def raw(port: int, *sent: bytes, pause: float = 0) -> tuple[bytes, float]:
    """Send pieces until the hub closes; return what it answered and after how many seconds."""
    started = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in sent:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)
    except ConnectionError:
        pass
    try:
        async with asyncio.timeout(15):
            answer = await reader.read()
    except ConnectionError:
        answer = b""
    writer.close()
    return answer, time.monotonic() - started


async def test_a_body_above_the_limit_of_its_rpc_is_refused_before_it_is_read(
    port: int, web: httpx.AsyncClient
) -> None:
    before = psutil.Process().memory_info().rss
    announced, _ = await raw(port, f"{HEAD}content-length: 36000000\r\n\r\n".encode(), b"x")
    headers = {"content-type": "application/json", "content-length": str(36 * MEBIBYTE)}
    whole = await web.post("/v1/orders", content=blanks(36), headers=headers)

    assert announced.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in announced
    assert told(whole) == (413, "REQUEST_TOO_LARGE", [])
    assert psutil.Process().memory_info().rss - before < 32 * MEBIBYTE


async def test_a_body_is_not_read_for_whoever_has_no_token(port: int) -> None:
    head = HEAD.replace("Bearer admin", "Bearer nobody")

    answer, _ = await raw(port, f"{head}content-length: 1000000\r\n\r\n".encode())

    assert answer.startswith(b"HTTP/1.1 401 ")
    assert b"UNAUTHENTICATED" in answer


async def test_a_body_that_comes_too_slowly_is_given_up(hub: Served, port: int) -> None:
    hub.rpcs.wrapper._read_seconds = 1
    answer, seconds = await raw(port, f"{HEAD}content-length: 1000\r\n\r\n".encode(), *[b" "] * 5, pause=0.3)

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"REQUEST_NEVER_CAME" in answer
    assert seconds < 10


async def test_chunks_without_an_end_are_given_up(port: int) -> None:
    chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"

    answer, _ = await raw(port, f"{HEAD}transfer-encoding: chunked\r\n\r\n".encode(), *[chunk] * 100)

    assert answer.startswith(b"HTTP/1.1 413 ")


async def test_a_head_must_come_in_time(port: int) -> None:
    silent, for_silence = await raw(port)
    slow, for_slowness = await raw(port, *[b"G", b"E", b"T", b" "] * 3, pause=0.3)
    blank, for_blanks = await raw(port, *[b"\r\n"] * 12, pause=0.3)

    assert (silent, slow, blank) == (b"", b"", b"")
    assert max(for_silence, for_slowness, for_blanks) < 10


async def test_a_head_may_not_be_too_long(port: int) -> None:
    whole, _ = await raw(port, HEAD.encode(), b"x-a: b\r\n" * 20_000, b"\r\n")
    one, _ = await raw(port, HEAD.encode() + b"x-a: ", *[b"b" * 8192] * 20)
    address, _ = await raw(port, b"GET /", *[b"a" * 8192] * 20)
    at_once, _ = await raw(port, HEAD.encode() + b"x-a: " + b"b" * 40_000 + b"\r\n\r\n")
    behind, _ = await raw(port, b"GET /v1/items/SHIRT HTTP/1.1\r\nhost: a\r\n\r\nGET /", *[b"a" * 8192] * 20)

    assert b"HTTP/1.1 431 " in behind
    assert {answer[:13] for answer in (whole, one, address, at_once)} == {b"HTTP/1.1 431 "}


async def test_what_is_no_request_is_refused_in_words(port: int) -> None:
    for sent in (b"\x16\x03\x01\x02\x00", b"HELO hub\r\n\r\n", b"GET /\xff HTTP/1.1\r\n\r\n", b"GET / HTTP/9\r\n\r\n"):
        answer, _ = await raw(port, sent)

        assert answer.startswith(b"HTTP/1.1 400 "), (sent, answer)
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["message"] == "The request is no HTTP/1.1."


async def test_an_offer_of_another_protocol_is_answered_in_this_one(port: int) -> None:
    body = json.dumps(as_json(placing("C-2"))).encode()
    offer = "connection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQ\r\n"
    head = f"{HEAD}{offer}content-length: {len(body)}\r\n\r\n".encode()
    closing = b"GET /v1/items/SHIRT HTTP/1.1\r\nhost: a\r\nauthorization: Bearer admin\r\nconnection: close\r\n\r\n"

    apart, _ = await raw(port, head, body, closing, pause=0.3)
    at_once, _ = await raw(port, head + body + closing)
    nothing, _ = await raw(port, b"CONNECT hub:1 HTTP/1.1\r\nhost: a\r\n\r\n")

    assert [answer.count(b"HTTP/1.1 200 ") for answer in (apart, at_once)] == [2, 1 + 1]
    assert nothing.startswith(b"HTTP/1.1 400 ")


async def test_a_reader_who_reads_nothing_is_cut_off(hub: Served) -> None:
    settings = WebSettings(write_seconds=1)
    async with http_port(hub, settings) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
        writer.write(b"GET /openapi.json HTTP/1.1\r\nhost: a\r\n\r\n" * 40)
        await asyncio.sleep(4)
        received = len(await reader.read())
        writer.close()

    assert received < 40 * len(PAGES["/openapi.json"].content) / 2


async def test_what_is_under_way_ends_before_the_server_does(hub: Served) -> None:
    ending = asyncio.Event()
    async with http_port(hub, ending=ending) as port, client(port) as speaking:
        assert (await speaking.get("/v1/items/SHIRT")).status_code == 200
        waiting = asyncio.create_task(
            speaking.get("/v1/availability", params={"skus": "SHIRT", "min_position": 10**15, "channel_id": "WEB-NL"})
        )
        await asyncio.sleep(0.2)
        ending.set()
        await asyncio.sleep(0.5)
        with pytest.raises(httpx.ConnectError):
            await httpx.AsyncClient().get(f"http://127.0.0.1:{port}/health")

        assert (await waiting).status_code in {400, 504}


async def test_no_more_connections_than_may_be_are_kept(hub: Served) -> None:
    async with http_port(hub, WebSettings(connections=3, keep_alive_seconds=5)) as port:
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        await asyncio.sleep(0.1)
        beyond, _ = await raw(port, b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
        for _, writer in held:
            writer.close()
        await asyncio.sleep(0.1)
        async with client(port) as again:
            after = await again.get("/v1/items/SHIRT")

    assert beyond == b""
    assert after.status_code == 200


async def test_a_caller_who_leaves_early_disturbs_nobody(port: int, web: httpx.AsyncClient) -> None:
    for sent in (HEAD, f"{HEAD}content-length: 100\r\n\r\n{{", f"{HEAD}content-length: 2\r\n\r\n{{}}"):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent.encode())
        await writer.drain()
        writer.close()

    assert (await web.post("/v1/orders", json=as_json(placing("C-1")))).status_code == 200


async def test_pages_of_other_sites_call_only_where_they_may(hub: Served, web: httpx.AsyncClient) -> None:
    ours = {"origin": "https://shop.example"}
    asking = ours | {"access-control-request-method": "POST", "access-control-request-headers": "authorization"}
    settings = WebSettings(origins=frozenset({"https://shop.example"}))

    closed = await web.get("/v1/items/SHIRT", headers=ours)
    async with http_port(hub, settings) as port, client(port) as browser:
        before = await browser.options("/v1/orders", headers=asking)
        call = await browser.get("/v1/items/NONE", headers=ours)
        other = await browser.get("/v1/items/SHIRT", headers={"origin": "https://evil.example"})

    assert "access-control-allow-origin" not in {*closed.headers, *other.headers}
    assert before.status_code == 204
    assert before.headers["access-control-allow-methods"] == "GET, POST"
    assert before.headers["access-control-allow-headers"] == "authorization"
    assert call.headers["access-control-allow-origin"] == "https://shop.example"
