"""The HTTP port as an ASGI application: finds the rpc of a request and the form it is spoken in."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Final

from hub.api.edge.refusals import Answer, answer_to
from hub.api.servicers import Rpcs
from hub.api.web import grpc_web, json_calls
from hub.api.web.errors import PathUnknown
from hub.api.web.exchange import CallerGone, Exchange, Head, Receive, Send
from hub.api.web.pages import PAGES
from hub.api.web.routes import Routes
from hub.api.web.statuses import refused
from hub.config.web import WebSettings

log = logging.getLogger(__name__)

HEALTH: Final = "/health"
"""Says whether the hub serves, to whoever asks: for what spreads calls."""
_PREFLIGHT_SECONDS: Final = "600"


class WebApplication:
    """Serves rpcs over HTTP."""

    def __init__(self, rpcs: Rpcs, settings: WebSettings, serving: Callable[[], Awaitable[bool]]) -> None:
        """`serving` says whether the hub serves, for `/health`."""
        self._rpcs, self._settings, self._serving = rpcs, settings, serving
        self._routes = Routes()

    async def __call__(self, head: Head, receive: Receive, send: Send) -> None:
        """Answer one request."""
        exchange = Exchange(head, receive, send, self._settings)
        try:
            await self._answer(exchange)
        except CallerGone:
            return
        except Exception as error:  # what no wrapped handler refused
            answer = answer_to(error, rpc=exchange.path, trace_id=secrets.token_hex(16))
            if not exchange.started:
                await _refuse(exchange, answer)

    async def _answer(self, exchange: Exchange) -> None:
        if exchange.verb == "OPTIONS":
            await self._tell_verbs(exchange)
            return
        if exchange.path == HEALTH and exchange.verb == "GET":
            await self._tell_health(exchange)
            return
        if (page := PAGES.get(exchange.path)) and exchange.verb == "GET":
            await exchange.respond(200, page.headers, page.content)
            return
        route, stated = self._routes.find(exchange.verb, exchange.path)
        handler = self._rpcs.handler(route.rpc_path)
        if handler is None:
            raise PathUnknown(f"This hub does not serve {route.rpc.full_name}.")
        if exchange.media_type in grpc_web.MEDIA:
            await grpc_web.call(exchange, route, handler)
        else:
            await json_calls.call(exchange, route, stated, handler)

    async def _tell_health(self, exchange: Exchange) -> None:
        serving = await self._serving()
        content = b'{"status":"SERVING"}' if serving else b'{"status":"NOT_SERVING"}'
        await exchange.respond(200 if serving else 503, {"content-type": json_calls.JSON}, content)

    async def _tell_verbs(self, exchange: Exchange) -> None:
        """Say which methods a path has: to whoever asks, and to browsers before they call from another site."""
        verbs = ", ".join(self._routes.verbs(exchange.path))
        if not verbs:
            raise PathUnknown("Nothing is served at this path.")
        headers = {"allow": verbs}
        if exchange.allowed_origin and "access-control-request-method" in exchange.headers:
            headers |= {
                "access-control-allow-methods": verbs,
                "access-control-allow-headers": exchange.headers.get("access-control-request-headers", ""),
                "access-control-max-age": _PREFLIGHT_SECONDS,
            }
        await exchange.start(204, headers)
        await exchange.send(b"")


async def _refuse(exchange: Exchange, answer: Answer) -> None:
    end = refused(answer)
    await exchange.respond(end.status, end.headers, end.content)
