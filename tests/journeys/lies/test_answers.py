"""Partners of all kinds whose answers cannot be theirs: asked again, done once, and named while they go on so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.sdk.doubles.faults import FOR_EVER, FaultKind
from hub.cases.case import Case
from hub.orders.lifecycle import OrderState
from tests.support.drafts import draft, line
from tests.support.world import World

OPERATIONS = (
    ("double_payment", "Authorize", "payment.authorize"),
    ("double_fraud", "ScreenOrder", "fraud.screen"),
    ("double_tax", "DetermineTax", "tax.determine"),
    ("double_warehouse", "ReleaseFulfillmentOrder", "warehouse.release"),
    ("double_transport", "RegisterParcel", "transport.register"),
    ("double_channel", "ReportProgress", "channel.report"),
    ("double_erp", "PostDocument", "erp.post"),
    ("double_notice", "SendNotice", "notice.send"),
)
"""A stand-in of each kind, an operation of it, and the message that asks for it."""
LIES = ("garbage", "answer=", f"answer.partner_reference={'R' * 501}", "answer.message=\\0")


async def ordered(world: World) -> Case:
    await world.stock("VASE", "DC-NL", 5)
    return await world.place(draft("W-80", [line("VASE", 2, "50.00")], shipping="5.00"))


@pytest.mark.parametrize("lie", LIES)
async def test_when_all_partners_lie_once_everything_is_done_once(world: World, lie: str) -> None:
    for name, method, _ in OPERATIONS:
        world.doubles.fault(name, method, FaultKind.SAY, lie)
    placed = await ordered(world)

    await world.advance(timedelta(days=2))

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["105.00"]
    assert await world.exceptions() == []
    for name, method, _ in OPERATIONS:
        calls = [one for one in world.doubles.log(name).calls(method) if one.fault]
        asked = [one.operation_key for one in world.doubles.log(name).calls("FindOperation")]
        assert [one.operation_key for one in calls] == asked, name


@pytest.mark.parametrize(("name", "method", "kind"), OPERATIONS)
async def test_a_partner_that_goes_on_lying_is_named_until_it_answers_rightly(
    world: World, name: str, method: str, kind: str
) -> None:
    for rpc in (method, "FindOperation"):
        world.doubles.fault(name, rpc, FaultKind.SAY, "garbage", times=FOR_EVER)
    placed = await ordered(world)
    for _ in range(6):
        await world.advance(timedelta(hours=3))
        await world.machine.sleep(60)
    named = await world.rows(
        "SELECT detail FROM exception_record WHERE reason = 'PARTNER_MISANSWERED' AND resolved_at IS NULL"
    )
    assert named
    assert all(f"answers {kind} wrongly" in row["detail"] for row in named)
    assert await world.rows("SELECT 1 FROM message WHERE state = 'DEAD'") == []

    world.doubles.honest(name)
    for _ in range(8):
        await world.machine.sleep(60)
        await world.settle()
    await world.advance(timedelta(days=3))

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["105.00"]
    assert await world.exceptions() == []
