"""What is owed at a border counts for where an order ships from: when it is quoted, placed, and sourced again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any, Final

import pytest

from hub.api.orders.promising import FREEZE_PROMISE
from hub.api.setup.setup_changes import PUT_ITEMS
from hub.api.setup.trade import LOAD_RULES, RuleSet
from hub.cases.case import Case
from hub.cases.intake.quotes import PromiseRequest
from hub.flows.orders.quote_promises import Freeze
from hub.kernel.money import Money
from hub.network.model import ShortagePolicy, SourcingPolicy, SourcingTrial
from hub.orders.model import PromiseChoice
from hub.promising.model import FrozenQuote
from hub.sourcing import operations as sourcing
from hub.sourcing.model import Plan
from hub.trade import operations as trade
from hub.trade.model.landed_cost import Declaration, Incoterm, LandedQuestion, Settlement
from hub.trade.model.rules import Flow
from tests.support.drafts import card, draft, item, line
from tests.support.network import CHANNEL
from tests.support.world import World
from tests.unit.trade.laws import default_files

COUNTED: Final = SourcingPolicy(split_cost=Money(100, "EUR"), import_flow="EXPRESS")
"""A parcel to the Netherlands costs 13.00 from Berlin and 10.75 from DC-UK."""


@pytest.fixture
async def border(world: World) -> World:
    """Shirts in Berlin and in the United Kingdom, ordered from the Netherlands."""
    await in_force(world)
    for node_id in ("ST-BER", "DC-UK"):
        await world.stock("TEE", node_id, 5)
    await world.ask(PUT_ITEMS, item("TEE", hs_code="610910", origin_country="CN"))
    await world.ask(LOAD_RULES, RuleSet(default_files()))
    return world


async def in_force(
    world: World, policy: SourcingPolicy = COUNTED, nodes: Mapping[str, Mapping[str, Any]] | None = None
) -> None:
    await world.network(channel={"sourcing_policy": policy}, nodes=nodes)


async def order(world: World, name: str = "W-1", **facts: Any) -> Case:
    """Place an order of a shirt for 20.00."""
    return await world.place(draft(name, [line("TEE", 1, "20.00")], instruments=[card()], **facts))


async def decided(world: World, case: Case) -> Plan:
    async with world.database.reading() as tx:
        decision = await sourcing.last_of_order(tx, case.order_id)
    assert decision is not None
    return decision.plan


async def freeze(world: World) -> FrozenQuote:
    """Keep a quote of a shirt for 20.00 with what it costs to the door."""
    asked = LandedQuestion(Flow.EXPRESS, Incoterm.DDP, Declaration.REDUCED, "EUR", (Money(2000, "EUR"),))
    return await world.ask(FREEZE_PROMISE, Freeze(PromiseRequest(CHANNEL, "NL", (("TEE", 1),), landed=asked)))


async def settled(world: World, case: Case) -> list[Settlement]:
    await world.settle()
    await world.advance(timedelta(days=7))
    async with world.database.reading() as tx:
        return list((await trade.settlements(tx, [case.order_id])).get(case.order_id, ()))


async def test_duty_and_tax_make_the_dearer_parcel_from_within_the_cheaper_plan(border: World) -> None:
    plan = await decided(border, await order(border))
    assert (plan.node_ids, str(plan.cost)) == (("ST-BER",), "13.00 EUR")

    await in_force(border, SourcingPolicy(split_cost=Money(100, "EUR")))
    plan = await decided(border, await order(border, "W-2"))
    assert (plan.node_ids, str(plan.cost)) == (("DC-UK",), "10.75 EUR")


async def test_a_decision_says_what_is_owed_at_the_border(border: World) -> None:
    await in_force(border, nodes={"ST-BER": {"closed": True}})

    plan = await decided(border, await order(border))

    assert plan.terms == {"parcel": 1_075_000, "duty": 300_000, "import_tax": 483_000}
    assert str(plan.cost) == "18.58 EUR"
    assert "for 18.58 EUR (parcel 10.75 EUR, duty 3.00 EUR, import_tax 4.83 EUR)" in plan.explanation
    assert plan.gap is None


async def test_tax_that_is_owed_within_too_may_be_left_out(border: World) -> None:
    without_tax = SourcingPolicy(split_cost=Money(100, "EUR"), import_flow="EXPRESS", without_import_tax=True)
    await in_force(border, without_tax, {"ST-BER": {"closed": True}})

    assert (await decided(border, await order(border))).terms == {"parcel": 1_075_000, "duty": 300_000}


async def test_what_is_owed_counts_where_the_tried_policy_alone_says_so(border: World) -> None:
    trial = SourcingTrial("duty", COUNTED, share_permille=1000)
    await border.network(channel={"sourcing_policy": SourcingPolicy(), "sourcing_trial": trial})

    assert (await decided(border, await order(border))).node_ids == ("ST-BER",)


async def test_what_the_buyer_pays_at_the_door_is_no_cost_of_the_seller(border: World) -> None:
    plan = await decided(border, await order(border, incoterm="DAP"))

    assert (plan.node_ids, str(plan.cost)) == (("DC-UK",), "10.75 EUR")


async def test_what_cannot_be_computed_does_not_count_and_keeps_nothing_from_shipping(border: World) -> None:
    await border.ask(PUT_ITEMS, item("TEE", hs_code="610910"))

    plan = await decided(border, await order(border))

    assert plan.node_ids == ("DC-UK",)
    assert "What is owed at the border does not count: goods[0].origin of TEE is missing" in plan.explanation


async def test_a_quote_takes_the_plan_that_costs_least_to_the_door_and_is_kept_after_another_is_taken(
    border: World,
) -> None:
    await in_force(border, SourcingPolicy(), {"ST-BER": {"cut_off": time(1)}})
    quote = await freeze(border)
    (option,) = quote.quote.options
    assert {part.node_id for part in option.parts} == {"ST-BER"}
    assert [one.cost.charges for one in option.landed] == [()]

    await in_force(border, SourcingPolicy(), {"ST-BER": {"closed": True}})
    case = await order(border, promise=PromiseChoice(quote.quote_id, 1))
    came_to = await settled(border, case)

    assert (await decided(border, case)).terms == {"parcel": 1_075_000, "duty": 300_000, "import_tax": 483_000}
    assert border.money("payment.capture") == ["20.00"]
    assert [(str(one.charged), str(one.owed), str(one.variance)) for one in came_to] == [
        ("0.00 EUR", "7.83 EUR", "7.83 EUR")
    ]
    posted = await border.rows(
        "SELECT account, amount_minor FROM entry JOIN posting USING (posting_id) WHERE cause = 'import variance'"
    )
    assert sorted((row["account"], row["amount_minor"]) for row in posted) == [
        ("customs", -783),
        ("import_variance", 783),
    ]
    assert await border.audit() == []


async def test_units_that_wait_go_by_what_is_owed_once_there_are_some(border: World) -> None:
    await border.ask(PUT_ITEMS, item("CAP", hs_code="610910", origin_country="CN"))
    lines = [line("CAP", 1, "20.00")]
    case = await border.place(draft("W-1", lines, instruments=[card()], shortage_policy=ShortagePolicy.BACKORDER))
    assert (await decided(border, case)).uncovered == 1
    await border.settle()

    for node_id in ("DC-UK", "ST-BER"):
        await border.stock("CAP", node_id, 5)
    await border.settle()

    plan = await decided(border, case)
    assert (plan.node_ids, str(plan.cost)) == (("ST-BER",), "13.00 EUR")
