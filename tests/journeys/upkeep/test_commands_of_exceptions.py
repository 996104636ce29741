"""Every exception names a command, and that command, pasted, ends it: from its raising to its end."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.sdk.doubles.faults import FaultKind
from hub.app.cli.program import run
from hub.exceptions.model import OWNERS, ExceptionReason
from hub.fulfillment.model import ShipmentReport
from hub.messages.updates import Update
from hub.tasks.partner_updates import Updates
from tests.journeys.upkeep.troubles import TROUBLES, Trouble, refuse_notices
from tests.support.world import TUESDAY, World, opened
from tests.unit.api.serving import Served, serving


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[Served]:
    async with opened(database_url, tmp_path) as world, serving(world) as served:
        yield served


def test_every_reason_has_an_owner_and_is_raised_here() -> None:
    assert set(TROUBLES) == set(OWNERS) == set(ExceptionReason)


@pytest.mark.parametrize(("reason", "trouble"), TROUBLES.items(), ids=lambda one: getattr(one, "value", ""))
async def test_the_printed_command_of_an_exception_ends_it(
    hub: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: ExceptionReason, trouble: Trouble
) -> None:
    monkeypatch.chdir(tmp_path)
    await trouble(hub, tmp_path, monkeypatch)
    (printed, *others) = await commands(hub.world, reason)
    assert not others

    code = await pasted(hub, printed)

    assert (code, await commands(hub.world, reason)) == (0, [])
    assert await hub.world.audit() == []


async def test_what_is_refused_again_or_dies_again_is_named_again(hub: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    world = hub.world
    world.doubles.fault("double_erp", "PostDocument", FaultKind.REFUSE, times=2)
    await TROUBLES[ExceptionReason.DEAD_LETTER](hub, Path(), monkeypatch)
    (refused,) = await commands(world, ExceptionReason.PARTNER_REFUSED)
    (dead,) = await commands(world, ExceptionReason.DEAD_LETTER)
    refuse_notices(monkeypatch)

    assert [await pasted(hub, refused), await pasted(hub, dead)] == [0, 0]
    assert await pasted(hub, refused) == 1, "it was told again under another key"

    (again,) = await commands(world, ExceptionReason.PARTNER_REFUSED)
    assert again != refused
    assert await commands(world, ExceptionReason.DEAD_LETTER) == [dead]
    assert await pasted(hub, again) == 0
    assert len(world.effects("double_erp", "erp.post")) == 1


async def test_refused_updates_without_an_id_are_told_apart(hub: Served) -> None:
    reports = [ShipmentReport(hub.world.identity(), f"P-{number}", TUESDAY) for number in (1, 2, 3)]
    updates = [Update("", "SHIPPED", report) for report in [*reports, reports[0]]]

    async with hub.world.database.transaction() as tx:
        await Updates(hub.world.surroundings).take(tx, "wms", updates, TUESDAY)

    assert await hub.world.exceptions() == ["UPDATE_REFUSED"] * 3


async def commands(world: World, reason: ExceptionReason) -> list[str]:
    rows = await world.rows(
        "SELECT suggested_command FROM exception_record WHERE reason = %(reason)s AND resolved_at IS NULL",
        reason=reason.value,
    )
    return [str(row["suggested_command"]) for row in rows]


async def pasted(hub: Served, command: str) -> int:
    """Runs a command as a shell would, while the worker works; answers its exit code."""
    program, *words = shlex.split(command)
    assert program == "crossdock"
    running = asyncio.create_task(asyncio.to_thread(run, ["--hub", hub.address, "--token", "admin", *words]))
    while not running.done():
        await hub.world.settle()
        await asyncio.sleep(0.01)
    await hub.world.settle()
    return running.result()
