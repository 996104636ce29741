"""Scenario 23: "3 for 2" on 30.00; what one of three is worth when it comes back is the policy's to say."""

from __future__ import annotations

import pytest

from hub.api.returns.return_changes import plan
from hub.cases.case import Case
from hub.flows.returns.preview_returns import Preview, preview_returns
from hub.kernel.scope import HUB
from hub.orders.model import Discount
from hub.returns.model import Promotions
from tests.support.drafts import draft, line
from tests.support.returns import authorize, balance, bring_back, credited, delivered, policy, request
from tests.support.world import World

CLAW_BACK = (Promotions.CLAW_BACK, [0, 3000, 3000])
PROPORTIONAL = (Promotions.PROPORTIONAL, [2000, 2000, 2000])


@pytest.mark.parametrize(("promotions", "expected"), [CLAW_BACK, PROPORTIONAL])
async def test_scenario_23_three_units_come_back_one_by_one_and_sum_to_what_was_paid(
    world: World, promotions: Promotions, expected: list[int]
) -> None:
    await policy(world, promotions=promotions)
    case = await three_for_two(world)
    assert world.money("payment.capture") == ["60.00"]

    found = [total for _ in range(3) for total in credited(await bring_back(world, case.order_id))]

    assert found == expected
    assert [float(one) for one in world.money("payment.refund")] == [one / 100 for one in expected if one]
    assert await balance(world, "customer") == 0
    assert await balance(world, "tax") == 0


@pytest.mark.parametrize(("promotions", "expected"), [CLAW_BACK, PROPORTIONAL])
async def test_scenario_23_what_a_return_brings_is_shown_before_it_is_agreed_to(
    world: World, promotions: Promotions, expected: list[int]
) -> None:
    await policy(world, promotions=promotions)
    case = await three_for_two(world)

    shown = await previewed(world, case)

    assert sum(one.amount_minor for one in shown.lines) == expected[0]
    assert (await world.case(case.order_id)).order.version == case.order.version
    agreed = request(case.order_id, agreed_minor=expected[0], agreed_currency="EUR")
    assert (await authorize(world, agreed)).rma.policy_id == "usual"


async def test_scenario_23_a_return_keeps_the_policy_it_was_agreed_under(world: World) -> None:
    await policy(world, promotions=Promotions.PROPORTIONAL)
    case = await three_for_two(world)
    await bring_back(world, case.order_id)

    await policy(world, promotions=Promotions.CLAW_BACK)
    second, third = await bring_back(world, case.order_id), await bring_back(world, case.order_id)

    assert [second.rma.policy_version, *credited(second), *credited(third)] == [2, 1000, 3000]
    assert await balance(world, "customer") == 0


async def previewed(world: World, case: Case) -> Preview:
    async with world.database.reading() as tx:
        flow = await world.surroundings.flow_context(tx, HUB)
        (shown,) = await preview_returns(flow, await plan(flow, [request(case.order_id)]))  # type: ignore[arg-type]
    assert isinstance(shown, Preview)
    return shown


async def three_for_two(world: World) -> Case:
    await world.stock("SOCK", "DC-NL", 3)
    sold = line("SOCK", 3, "30.00", discounts=(Discount(3000, units_needed=3),))
    return await delivered(world, draft("W-23", [sold]))
