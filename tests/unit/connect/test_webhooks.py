"""The sender: it reaches what may be reached, as it was checked, and a trap on the loopback is never connected to."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from ipaddress import ip_network
from pathlib import Path

import pytest

from hub.connect import webhooks
from hub.connect.failures import PutOff
from hub.connect.webhooks import AddressRefused, WebhookSender
from tools.certificates import Authority

LOOPBACK = (ip_network("127.0.0.0/8"),)
OK = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"


class Trap:
    """A server on the loopback that counts connections and keeps what it was sent."""

    def __init__(self, answer: bytes = OK) -> None:
        self.connections, self.heads, self.port, self._answer = 0, list[bytes](), 0, answer

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        self.connections += 1
        self.heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(self._answer)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def trap(answer: bytes = OK, certificate: ssl.SSLContext | None = None) -> AsyncIterator[Trap]:
    """A trap that listens."""
    made = Trap(answer)
    async with await asyncio.start_server(made.serve, "127.0.0.1", 0, ssl=certificate) as server:
        made.port = server.sockets[0].getsockname()[1]
        yield made


@asynccontextmanager
async def sender(*addresses: str, allowed: Sequence[str] = (), **rest: ssl.SSLContext) -> AsyncIterator[WebhookSender]:
    """A sender for which every name leads to the same addresses."""

    async def resolve(_: str, __: int) -> Sequence[str]:
        return addresses

    made = WebhookSender([ip_network(text) for text in allowed], resolve=resolve, **rest)
    try:
        yield made
    finally:
        await made.aclose()


async def test_a_name_that_leads_to_the_loopback_is_not_reached() -> None:
    async with trap() as there, sender("127.0.0.1", "::1", "::ffff:127.0.0.1") as sending:
        with pytest.raises(AddressRefused, match=r"127\.0\.0\.1 is not an address of the public internet"):
            await sending.post(f"https://rebound.example:{there.port}/", {}, b"{}")
    assert there.connections == 0


async def test_a_name_is_judged_again_for_each_connection() -> None:
    answers = [["127.0.0.1"], ["127.0.0.2"]]

    async def resolve(_: str, __: int) -> Sequence[str]:
        return answers.pop(0)

    async with trap() as there:
        sending = WebhookSender((ip_network("127.0.0.1/32"),), resolve=resolve)
        url = f"http://rebinding.example:{there.port}/"
        assert (await sending.post(url, {"connection": "close"}, b"{}")).taken
        with pytest.raises(AddressRefused):
            await sending.post(url, {}, b"{}")
        await sending.aclose()
    assert there.connections == 1


async def test_a_redirect_is_a_failure_and_not_followed() -> None:
    async with trap() as there:
        where = f"location: http://127.0.0.1:{there.port}/secret".encode()
        moved = b"HTTP/1.1 302 Found\r\n" + where + b"\r\ncontent-length: 0\r\n\r\n"
        async with trap(moved) as receiver, sender("127.0.0.1", allowed=["127.0.0.0/8"]) as sending:
            response = await sending.post(f"http://receiver.example:{receiver.port}/", {}, b"{}")
    assert (response.status, response.taken, there.connections) == (302, False, 0)


async def test_the_name_is_in_the_request_and_in_tls(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    certificate, key = authority.certified("receiver")
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate, key)
    names: list[str | None] = []
    served.sni_callback = lambda _, name, __: names.append(name)
    trusted = ssl.create_default_context(cafile=str(authority.file))
    trusted.check_hostname = False
    loopback = sender("127.0.0.1", allowed=["127.0.0.0/8"], certificates=trusted)
    async with trap(certificate=served) as there, loopback as sending:
        assert (await sending.post(f"https://receiver.example:{there.port}/x", {}, b"{}")).taken
    assert names == ["receiver.example"]
    assert f"host: receiver.example:{there.port}".encode() in there.heads[0].lower()


async def test_a_certificate_of_another_name_is_refused(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(*authority.certified("receiver"))
    trusted = ssl.create_default_context(cafile=str(authority.file))
    loopback = sender("127.0.0.1", allowed=["127.0.0.0/8"], certificates=trusted)
    async with trap(certificate=served) as there, loopback as sending:
        with pytest.raises(PutOff, match="was not reached"):
            await sending.post(f"https://receiver.example:{there.port}/x", {}, b"{}")
    assert not there.heads


async def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with trap() as proxy, trap() as receiver:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        async with sender("127.0.0.1", allowed=["127.0.0.0/8"]) as sending:
            assert (await sending.post(f"http://receiver.example:{receiver.port}/", {}, b"{}")).taken
    assert (proxy.connections, receiver.connections) == (0, 1)


async def test_of_a_long_response_the_rest_is_not_read() -> None:
    endless = b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n" + b"x" * 200_000
    async with trap(endless) as receiver, sender("127.0.0.1", allowed=["127.0.0.0/8"]) as sending:
        assert (await sending.post(f"http://receiver.example:{receiver.port}/", {}, b"{}")).taken


async def test_a_receiver_that_says_nothing_is_left_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "WHOLE_SECONDS", 0.2)
    async with trap(b"") as receiver, sender("127.0.0.1", allowed=["127.0.0.0/8"]) as sending:
        with pytest.raises(PutOff):
            await sending.post(f"http://receiver.example:{receiver.port}/", {}, b"{}")


async def test_a_busy_receiver_is_asked_again_when_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    busy = b"HTTP/1.1 503 Busy\r\nretry-after: 99999\r\ncontent-length: 0\r\n\r\n"
    async with trap(busy) as receiver, sender("127.0.0.1", allowed=["127.0.0.0/8"]) as sending:
        response = await sending.post(f"http://receiver.example:{receiver.port}/", {}, b"{}")
    assert response.retry_after_seconds == webhooks.LONGEST_RETRY_AFTER_SECONDS
