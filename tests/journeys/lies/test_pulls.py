"""Accounts whose pulls hold no answer: named, asked on, and led past it by a person; nothing told beside is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.sdk.doubles.faults import FOR_EVER, FaultKind
from hub.api.setup.setup_changes import MOVE_CURSOR
from hub.flows.upkeep.move_cursors import CursorMove
from hub.kernel.errors import InvalidField
from hub.orders.lifecycle import OrderState
from tests.support.drafts import draft, line
from tests.support.world import World

PULL = "PullUpdates"


@pytest.mark.parametrize("lie", ["garbage", "pulled.cursor=9\\0"])
async def test_a_pull_that_cannot_be_read_is_named_and_taken_up_where_it_stood(world: World, lie: str) -> None:
    world.doubles.fault("double_warehouse", PULL, FaultKind.SAY, lie, times=FOR_EVER)
    await world.stock("VASE", "DC-NL", 5)
    placed = await world.place(draft("W-80", [line("VASE", 2, "50.00")], shipping="5.00"))
    for _ in range(6):
        await world.advance(timedelta(hours=1))
        await world.machine.sleep(60)
    (named,) = await world.rows("SELECT detail FROM exception_record WHERE reason = 'PARTNER_MISANSWERED'")
    assert "wms answers warehouse.pull wrongly" in named["detail"]
    assert "crossdock messages cursor" in named["detail"]

    world.doubles.honest("double_warehouse")
    for _ in range(4):
        await world.machine.sleep(60)
        await world.settle()
    await world.advance(timedelta(days=3))

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert await world.exceptions() == []


async def test_a_person_moves_an_account_past_updates(world: World) -> None:
    await world.stock("VASE", "DC-NL", 5)
    await world.place(draft("W-80", [line("VASE", 2, "50.00")], shipping="5.00"))
    await world.advance(timedelta(days=2))
    (standing,) = await world.rows("SELECT cursor FROM poll_cursor WHERE account_id = 'wms'")

    moved = await world.ask(MOVE_CURSOR, CursorMove("wms", "1"))
    await world.settle()

    assert moved.previous == standing["cursor"]
    assert await world.rows("SELECT cursor FROM poll_cursor WHERE account_id = 'wms'") == [standing]
    assert await world.exceptions() == []
    with pytest.raises(InvalidField):
        await world.ask(MOVE_CURSOR, CursorMove("cards", "1"))
