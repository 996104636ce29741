"""Posts to receivers of webhooks: to checked addresses only, straight, within a time, and without believing anything.

Each connection resolves the name, checks the addresses, and goes to the very address that was checked, with the name in
TLS and in the request. Redirects are failures, proxies of the environment are not used.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

import httpcore
from msgspec import Struct

from hub.connect.failures import CallFailure, PutOff
from hub.observability.figures import Count, Figure, Spread
from hub.webhooks.policy.addresses import Network, refusal_of

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Tells the IP addresses of a host."""

CONNECT_SECONDS: Final = 5.0
WHOLE_SECONDS: Final = 15.0
LARGEST_RESPONSE_BYTES: Final = 65_536
"""Of a longer response the rest is not read: its connection is closed."""
LONGEST_RETRY_AFTER_SECONDS: Final = 3600.0
_BUSY: Final = (429, 503)
GONE: Final = 410


class Response(Struct, frozen=True):
    """What a receiver answered."""

    status: int
    retry_after_seconds: float | None = None

    @property
    def taken(self) -> bool:
        """Whether it took what was sent."""
        return 200 <= self.status < 300


class AddressRefused(CallFailure):
    """A name led to no address to which anything is sent."""


class WebhookFigures:
    """Counts what is posted to webhooks."""

    def __init__(self) -> None:
        self._posts = Count(
            "crossdock.webhook.posts",
            "Attempts to post to webhooks, by webhook and outcome: the status of the response, or how it failed.",
            ("webhook", "outcome"),
        )
        self._seconds = Spread("crossdock.webhook.post", "How long receivers of webhooks took to answer.", ("webhook",))

    @property
    def figures(self) -> Sequence[Figure]:
        """What was counted."""
        return self._posts, self._seconds

    @contextmanager
    def post(self, webhook_id: UUID) -> Iterator[Callable[[Response], None]]:
        """Count an attempt that is made within; yield what takes note of its response."""
        began, outcome = time.perf_counter(), "none"

        def note(response: Response) -> None:
            nonlocal outcome
            outcome = str(response.status)

        try:
            yield note
        except CallFailure as failure:
            outcome = type(failure).__name__
            raise
        finally:
            self._posts.add(str(webhook_id), outcome)
            self._seconds.note(time.perf_counter() - began, str(webhook_id))


class WebhookSender:
    """Posts over connections that it keeps for a while. `allowed` networks are reached beside the public internet."""

    def __init__(
        self,
        allowed: Sequence[Network] = (),
        *,
        resolve: Resolver | None = None,
        certificates: ssl.SSLContext | None = None,
    ) -> None:
        trusted = certificates or ssl.create_default_context()
        self._pools = {
            scheme: httpcore.AsyncConnectionPool(
                ssl_context=trusted,
                max_connections=None,
                max_keepalive_connections=64,
                keepalive_expiry=30.0,
                network_backend=_CheckedNetwork(allowed, scheme, resolve or resolved),
            )
            for scheme in ("https", "http")
        }

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        """Send a body; return what the receiver answered. Raises CallFailure where nothing was answered in time."""
        try:
            async with asyncio.timeout(WHOLE_SECONDS):
                return await self._post(url, headers, body)
        except TimeoutError:
            raise PutOff(f"The receiver did not answer within {WHOLE_SECONDS:.0f} seconds.") from None
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, ssl.SSLError) as error:
            raise PutOff(f"The receiver was not reached: {type(error).__name__}.") from error

    async def _post(self, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        pool = self._pools[urlsplit(url).scheme]
        limits = {"connect": CONNECT_SECONDS, "read": WHOLE_SECONDS, "write": WHOLE_SECONDS, "pool": WHOLE_SECONDS}
        async with pool.stream(
            "POST",
            url,
            headers=[("user-agent", "Crossdock"), *headers.items()],
            content=body,
            extensions={"timeout": limits},
        ) as response:
            read = 0
            async for piece in response.aiter_stream():
                read += len(piece)
                if read > LARGEST_RESPONSE_BYTES:
                    break
        return Response(response.status, _retry_after(response) if response.status in _BUSY else None)

    async def aclose(self) -> None:
        """Close the connections."""
        for pool in self._pools.values():
            await pool.aclose()


async def resolved(host: str, port: int) -> Sequence[str]:
    """Return the IP addresses of a host as this machine knows them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class _CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Opens connections to checked addresses only."""

    def __init__(self, allowed: Sequence[Network], scheme: str, resolve: Resolver) -> None:
        self._allowed, self._scheme, self._resolve = allowed, scheme, resolve
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (as httpcore names it)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of a host that answers, among those that may be reached."""
        try:
            addresses = await self._resolve(host, port)
        except OSError as error:
            raise httpcore.ConnectError(f"{host} is not known") from error
        refusals = [refusal_of(address, self._allowed, scheme=self._scheme) for address in addresses]
        permitted = [address for address, refusal in zip(addresses, refusals, strict=True) if not refusal]
        if not permitted:
            raise AddressRefused(f"Nothing is sent to {host}: {'; '.join(refusals) or 'it has no address'}.")
        for address in permitted[:-1]:
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._network.connect_tcp(permitted[-1], port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 (as httpcore names it)
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: no webhook leads to a socket of this machine."""
        raise AddressRefused("Nothing is sent to a socket of this machine.")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


def _retry_after(response: httpcore.Response) -> float | None:
    """Return how long the receiver asks to wait, where it says so in seconds."""
    for name, value in response.headers:
        if name.lower() == b"retry-after" and value.isdigit():
            return min(float(value), LONGEST_RETRY_AFTER_SECONDS)
    return None
