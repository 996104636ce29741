"""Accounts whose partners take nothing: one exception each, whatever waits, that ends when they are well."""

from __future__ import annotations

from datetime import timedelta

from adapters.sdk.doubles.faults import FOR_EVER, FaultKind, clear_faults
from tests.support.drafts import draft, line
from tests.support.world import World

HOUR = timedelta(hours=1)


async def test_releases_that_wait_for_two_days_are_one_exception_that_ends_when_the_node_is_back(world: World) -> None:
    world.doubles.fault("double_warehouse", "ReleaseFulfillmentOrder", FaultKind.UNAVAILABLE, times=FOR_EVER)
    await world.stock("CUP", "DC-NL", 9)
    for number in range(9):
        await world.place(draft(f"W-{number}", [line("CUP", 1, "20.00")]))
    await world.advance(3 * HOUR)
    assert await world.exceptions() == []

    await world.advance(45 * HOUR)
    (named,) = await world.rows("SELECT reason, subject, detail FROM exception_record WHERE resolved_at IS NULL")
    assert (named["reason"], named["subject"]) == ("MESSAGES_OVERDUE", "wms")
    assert "9 messages to wms wait; the oldest, warehouse.release, since 2026-11-17T09:00:00Z." in named["detail"]

    clear_faults(world.doubles.file("double_warehouse"))
    await world.advance(HOUR)

    assert await world.exceptions() == []
    assert len(world.effects("double_warehouse", "warehouse.release")) == 9
    assert await world.rows("SELECT FROM timer WHERE kind = 'timer.overdue_messages'") == []


async def test_a_partner_that_fails_for_an_hour_is_not_named(world: World) -> None:
    world.doubles.fault("double_erp", "PostDocument", FaultKind.UNAVAILABLE, times=FOR_EVER)
    await world.stock("CUP", "DC-NL", 9)
    await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.advance(HOUR)
    clear_faults(world.doubles.file("double_erp"))

    await world.advance(9 * HOUR)

    assert await world.rows("SELECT FROM exception_record") == []
