"""Health checks of an api process: NOT_SERVING while something that is to be in force first is still being loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from grpc_health.v1 import health, health_pb2


class Health(health.aio.HealthServicer):  # type: ignore[name-defined, misc]  # its stubs leave aio out
    """The health service; a check looks for the file `awaiting` until it is there."""

    def __init__(self, awaiting: Path | None) -> None:
        super().__init__()
        self._awaiting = awaiting

    async def Check(self, request: Any, context: Any) -> Any:  # noqa: N802 (as the contract of health checks spells it)
        """Return the status of a service."""
        if self._awaiting is not None and not self._awaiting.exists():
            return health_pb2.HealthCheckResponse(status=health_pb2.HealthCheckResponse.NOT_SERVING)
        self._awaiting = None
        return await super().Check(request, context)

    async def serving(self) -> bool:
        """Whether the hub serves."""
        answer = await self.Check(health_pb2.HealthCheckRequest(), None)
        return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)
