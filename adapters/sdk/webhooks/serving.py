"""Serves the webhook door beside a host: uvicorn at a port of this machine, or one with TLS."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, nullcontext
from typing import Final

import uvicorn

from adapters.sdk.listening import CannotListen, refuse_plain_remote
from adapters.sdk.webhooks.door import WebhookDoor

GRACE_SECONDS: Final = 5
MOST_REQUESTS: Final = 128
"""Requests at once; further ones are answered 503, and the partner sends them again."""


class _Server(uvicorn.Server):
    """One that leaves signals to the host."""

    capture_signals = nullcontext  # type: ignore[assignment]  # by its shape


@asynccontextmanager
async def serving_webhooks(
    door: WebhookDoor, address: str, *, allow_remote: bool, environment: Mapping[str, str] = os.environ
) -> AsyncIterator[str]:
    """Serve the door at HOST:PORT (port 0: any free one) until the block ends, and give the address.

    Raises CannotListen where the address is malformed, taken, or open to others with neither TLS nor `allow_remote`.
    """
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise CannotListen(f"{address!r} is not HOST:PORT")
    certificate, key = environment.get("CROSSDOCK_TLS_CERTIFICATE"), environment.get("CROSSDOCK_TLS_KEY")
    refuse_plain_remote(host, encrypted=bool(certificate), allow_remote=allow_remote)
    config = uvicorn.Config(
        door,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=MOST_REQUESTS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    listening = _bound(host.strip("[]"), int(port))
    server = _Server(config)
    task = asyncio.create_task(server.serve([listening]))
    try:
        yield f"{host}:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
        listening.close()


def _bound(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise CannotListen(f"{host}:{port} cannot be listened on: {error.strerror}") from error
