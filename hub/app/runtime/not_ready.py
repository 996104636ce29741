"""What a hub that cannot serve yet says: NOT_SERVING to health checks, and to every call why and what helps."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from hub.api.servicers import GenericHandler
from hub.app.process.shutdown import until
from hub.app.runtime.tls import Certificate

LOOK_SECONDS: Final = 1.0

Obstacle = Callable[[], Awaitable[str | None]]
"""Why the hub cannot serve, as a sentence with what helps; None when it can."""
Say = Callable[[str], None]


class _Refusing(GenericHandler):
    """Refuses every call, health checks left out."""

    def __init__(self) -> None:
        self.sentence = ""

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[Any, Any] | None:
        """Answers each method with the reason."""
        if handler_call_details.method.startswith("/grpc.health."):
            return None

        # Refuses rpcs of every kind by abort: a status that is set goes with an empty answer, which streams would read.
        async def refuse(_: Any, context: grpc.aio.ServicerContext[Any, Any]) -> None:
            await context.abort(grpc.StatusCode.UNAVAILABLE, self.sentence)

        return grpc.stream_unary_rpc_method_handler(refuse)


async def wait_serving(
    address: str,
    obstacle: Obstacle,
    ending: asyncio.Event,
    say: Say,
    *,
    shared: bool = False,
    certificate: Certificate | None = None,
) -> str:
    """Refuses calls at `address` until nothing stands against serving, or the end comes; answers the address bound.

    Comes back at once where there is nothing; then nothing is bound. `say` is told each new reason once.
    `shared`: other processes may serve at the address.
    """
    sentence = await obstacle()
    if sentence is None:
        return address
    refusing = _Refusing()
    server = grpc.aio.server(options=[("grpc.so_reuseport", int(shared))])
    server.add_generic_rpc_handlers((refusing,))
    health_servicer = health.aio.HealthServicer()  # type: ignore[attr-defined]  # its stubs leave aio out
    health_pb2_grpc.add_HealthServicer_to_server(health_servicer, server)
    await health_servicer.set("", health_pb2.HealthCheckResponse.NOT_SERVING)
    bound = bind(server, address, certificate)
    await server.start()
    while sentence is not None and not ending.is_set():
        if refusing.sentence != sentence:
            say(sentence)
        refusing.sentence = sentence
        await until(ending, LOOK_SECONDS)
        sentence = await obstacle()
    await server.stop(None)
    return bound


def bind(server: grpc.aio.Server, address: str, certificate: Certificate | None) -> str:
    """Bind a server; return the address to connect to, with the port that was taken. Raises RuntimeError."""
    if certificate is None:
        port = server.add_insecure_port(address)
    else:
        port = server.add_secure_port(address, certificate.credentials())
    return address if address.startswith("unix:") else f"{address.rpartition(':')[0]}:{port}"
