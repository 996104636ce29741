"""The port at which the contract is described by gRPC's server reflection, for tools such as grpcurl."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Final

import grpc
from grpc_reflection.v1alpha import reflection

from hub.app.process.addresses import CannotListen, trouble
from hub.config.table import REFLECTION

_MOST_CALLS: Final = 32
_OPTIONS: Final = (
    ("grpc.max_receive_message_length", 4096),
    ("grpc.max_allowed_incoming_connections", 64),
    ("grpc.max_concurrent_streams", 16),
    ("grpc.max_connection_idle_ms", 60_000),
)
log = logging.getLogger(__name__)


@asynccontextmanager
async def describing(services: Iterable[str], address: str | None, *, shared: bool) -> AsyncIterator[str | None]:
    """Describe services, by their full names, in plain text until left; yield HOST:PORT as bound, None where it is off.

    `shared`: other processes describe them at the same address. Raises CannotListen.
    """
    if address is None:
        yield None
        return
    server = grpc.aio.server(
        options=(*_OPTIONS, ("grpc.so_reuseport", int(shared))), maximum_concurrent_rpcs=_MOST_CALLS
    )
    reflection.enable_server_reflection((*services, reflection.SERVICE_NAME), server)
    try:
        port = server.add_insecure_port(address)
    except RuntimeError as error:
        raise CannotListen(trouble(address, flag=REFLECTION)) from error
    await server.start()
    log.info("describing the contract at %s:%d", address.rpartition(":")[0], port)
    try:
        yield f"{address.rpartition(':')[0]}:{port}"
    finally:
        await server.stop(None)
