"""What a hub that cannot serve yet says to every call: why, and what helps."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import grpc

from hub.api.servicers import GenericHandler
from hub.app.process.shutdown import until
from hub.app.runtime.connections import bind, public_server
from hub.app.runtime.tls import Certificate
from hub.config.settings import Settings

LOOK_SECONDS: Final = 1.0

Obstacle = Callable[[], Awaitable[str | None]]
"""Why the hub cannot serve, as a sentence with what helps; None when it can."""
Say = Callable[[str], None]


class _Refusing(GenericHandler):
    """Refuses every call."""

    def __init__(self) -> None:
        self.sentence = ""

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[Any, Any] | None:
        """Answers each method with the reason."""

        # Refuses rpcs of every kind by abort: a status that is set goes with an empty answer, which streams would read.
        async def refuse(_: Any, context: grpc.aio.ServicerContext[Any, Any]) -> None:
            await context.abort(grpc.StatusCode.UNAVAILABLE, self.sentence)

        return grpc.stream_unary_rpc_method_handler(refuse)


async def wait_serving(
    settings: Settings, obstacle: Obstacle, ending: asyncio.Event, say: Say, *, certificate: Certificate | None = None
) -> str:
    """Refuse calls at the address of settings until nothing stands against serving, or the end comes.

    Return the address bound. Comes back at once where there is no obstacle; then nothing is bound. `say` is told each
    new reason once. Raises RuntimeError where the address cannot be listened on.
    """
    sentence = await obstacle()
    if sentence is None:
        return settings.listen
    refusing = _Refusing()
    server = public_server(settings)
    server.add_generic_rpc_handlers((refusing,))
    bound = bind(server, settings.listen, certificate)
    await server.start()
    while sentence is not None and not ending.is_set():
        if refusing.sentence != sentence:
            say(sentence)
        refusing.sentence = sentence
        await until(ending, LOOK_SECONDS)
        sentence = await obstacle()
    await server.stop(None)
    return bound
