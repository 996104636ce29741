"""Health checks wait for what is to be in force before a hub counts as serving."""

from __future__ import annotations

from pathlib import Path

from grpc_health.v1 import health_pb2

from hub.app.runtime.health import Health

Status = health_pb2.HealthCheckResponse


async def status_of(health: Health) -> object:
    return (await health.Check(health_pb2.HealthCheckRequest(), None)).status


async def test_a_hub_whose_files_are_not_loaded_yet_does_not_serve(tmp_path: Path) -> None:
    loaded = tmp_path / "loaded"
    health = Health(loaded)
    await health.set("", Status.SERVING)

    before = await status_of(health)
    loaded.touch()

    assert (before, await status_of(health)) == (Status.NOT_SERVING, Status.SERVING)


async def test_a_hub_that_was_loaded_once_serves_whatever_becomes_of_the_file(tmp_path: Path) -> None:
    loaded = tmp_path / "loaded"
    loaded.touch()
    health = Health(loaded)
    await health.set("", Status.SERVING)
    await status_of(health)
    loaded.unlink()

    assert await status_of(health) == Status.SERVING
