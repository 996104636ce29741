"""Health checks of a process, at a port of their own: whoever calls the hub and whoever watches it are apart."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from hub.app.client import HEALTH_REASON
from hub.app.process.addresses import CannotListen, trouble
from hub.app.process.shutdown import until
from hub.app.runtime.connections import bind, options
from hub.app.runtime.schema import impediment
from hub.config.connections import ConnectionSettings
from hub.config.settings import Settings
from hub.database.pool import Database

_WATCHERS: Final = ConnectionSettings(most=64, streams=16)
_MOST_CHECKS: Final = 64
_LARGEST_CHECK_BYTES: Final = 4096

LOOK_SECONDS: Final = 1.0
STARTING: Final = "It is starting."
ENDING: Final = "It was told to end."
LOADING: Final = "What is to be in force first is still being loaded."

Status = health_pb2.HealthCheckResponse
log = logging.getLogger(__name__)


class Health(health.aio.HealthServicer):  # type: ignore[name-defined, misc]  # its stubs leave aio out
    """The health service: NOT_SERVING until told otherwise, and until the file `awaiting` is there.

    `reason` is why, as a sentence; None where nothing stands against serving. Checks are told it in trailing metadata.
    """

    def __init__(self, awaiting: Path | None = None) -> None:
        super().__init__()
        self.reason: str | None = STARTING
        self._awaiting = awaiting

    async def Check(self, request: Any, context: Any) -> Any:  # noqa: N802 (as the contract of health checks spells it)
        """Return the status of a service."""
        reason = self.reason
        if self._awaiting is not None and not self._awaiting.exists():
            reason = reason or LOADING
        else:
            self._awaiting = None
        if reason is None:
            return await super().Check(request, context)
        if context is not None:
            context.set_trailing_metadata(((HEALTH_REASON, reason),))
        return Status(status=Status.NOT_SERVING)

    async def tell(self, reason: str | None) -> None:
        """Serve, or do not for a reason."""
        self.reason = reason
        await self.set("", Status.NOT_SERVING if reason else Status.SERVING)

    async def follow(self, database: Database, ending: asyncio.Event) -> None:
        """Look each second whether the database can be worked with, and tell it; until the end."""
        while not await until(ending, LOOK_SECONDS):
            reason = await impediment(database)
            if reason != self.reason:
                log.warning("%s", reason or "The database can be worked with again.")
                await self.tell(reason)

    async def serving(self) -> bool:
        """Whether the hub serves."""
        answer = await self.Check(health_pb2.HealthCheckRequest(), None)
        return bool(answer.status == Status.SERVING)


@asynccontextmanager
async def answering_checks(checked: Health, settings: Settings) -> AsyncIterator[str | None]:
    """Answer health checks in plain text until left; yield the address bound, None where they are off.

    Raises CannotListen.
    """
    await checked.set("", Status.NOT_SERVING)
    if (address := settings.health) is None:
        yield None
        return
    server = grpc.aio.server(
        options=(
            *(option for option in options(_WATCHERS) if option[0] != "grpc.max_receive_message_length"),
            ("grpc.max_receive_message_length", _LARGEST_CHECK_BYTES),
            ("grpc.so_reuseport", int(settings.shared)),
        ),
        maximum_concurrent_rpcs=_MOST_CHECKS,
    )
    health_pb2_grpc.add_HealthServicer_to_server(checked, server)
    try:
        bound = bind(server, address, None)
    except RuntimeError as error:
        raise CannotListen(trouble(address, flag="--health")) from error
    await server.start()
    try:
        yield bound
    finally:
        await server.stop(None)
