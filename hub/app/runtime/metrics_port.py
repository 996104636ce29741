"""The port at which figures are scraped: one page, on a port of its own, for whoever may reach that."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import uvicorn

from hub.app.process.addresses import trouble
from hub.app.process.asgi import running
from hub.config.table import METRICS
from hub.observability.figures import Figure
from hub.observability.prometheus import MEDIA_TYPE, exposition

PATH: Final = "/metrics"
_CONNECTIONS: Final = 32

Message = Mapping[str, Any]


class CannotShow(Exception):
    """Figures cannot be shown at the address; the message says why."""


@asynccontextmanager
async def serving_figures(address: str | None, figures: Sequence[Figure]) -> AsyncIterator[str | None]:
    """Serve figures at HOST:PORT until left; give the address, None where there is none. Raises CannotShow."""
    if address is None:
        yield None
        return
    host, _, port = address.rpartition(":")
    try:
        listening = socket.create_server((host.strip("[]"), int(port)))
    except OSError as error:
        raise CannotShow(trouble(address, error, flag=METRICS)) from error
    config = uvicorn.Config(
        _application(figures), lifespan="off", log_config=None, access_log=False, limit_concurrency=_CONNECTIONS
    )
    async with running(config, listening):
        yield f"{host}:{listening.getsockname()[1]}"


def _application(figures: Sequence[Figure]) -> Any:
    async def application(
        scope: Message, _: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        known = scope["path"] == PATH and scope["method"] == "GET"
        content = exposition(figures).encode() if known else b""
        headers = [(b"content-type", MEDIA_TYPE.encode())]
        await send({"type": "http.response.start", "status": 200 if known else 404, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    return application
