"""Orders across a customs border wait until customs data is complete, and go on by themselves once it is."""

from __future__ import annotations

from hub.api.setup.setup_changes import PUT_ITEMS
from hub.api.setup.trade import LOAD_RULES, RuleSet
from hub.cases.case import Case
from hub.holds.model import HoldStatus, HoldType
from hub.orders.lifecycle import OrderState
from hub.trade.operations import default_files
from tests.support.drafts import draft, item, line
from tests.support.world import World


async def test_an_order_across_a_customs_border_waits_for_its_hs_code_and_origin(world: World) -> None:
    case = await placed(world, "DC-UK")

    (hold,) = case.holds
    assert (hold.type, hold.status) == (HoldType.CUSTOMS_DATA, HoldStatus.ACTIVE)
    assert hold.reason.startswith(
        "customs data is missing: line 1 (RING) has no HS code and no country of origin; complete the items"
    )
    assert (case.order.state, case.fulfillment_orders) == (OrderState.CONFIRMED, ())
    assert await world.on_shelf("RING", "DC-UK") == (1, 1, 0)
    assert await world.exceptions() == ["ON_HOLD"]


async def test_the_hold_ends_when_the_catalog_has_the_data_and_nodes_are_told_it(world: World) -> None:
    order_id = (await placed(world, "DC-UK")).order_id

    await world.ask(PUT_ITEMS, item("RING", hs_code="711319", origin_country=""))
    await world.settle()
    assert [hold.status for hold in (await world.case(order_id)).holds] == [HoldStatus.ACTIVE]
    await world.ask(PUT_ITEMS, item("RING", hs_code="711319", origin_country="IT"))
    await world.settle()

    case = await world.case(order_id)
    assert [(hold.status, hold.note) for hold in case.holds] == [(HoldStatus.RESOLVED, "the customs data is complete")]
    assert len(case.fulfillment_orders) == 1
    assert [(ordered.hs_code, ordered.origin_country) for ordered in case.order.lines] == [("711319", "IT")]
    assert await world.exceptions() == []
    assert await world.audit() == []


async def test_what_an_order_states_itself_needs_no_catalog(world: World) -> None:
    case = await placed(world, "DC-UK", hs_code="711319", origin_country="IT")

    assert (case.holds, len(case.fulfillment_orders)) == ((), 1)


async def test_an_order_inside_a_customs_territory_is_not_held(world: World) -> None:
    case = await placed(world, "ST-BER")

    assert (case.holds, len(case.fulfillment_orders)) == ((), 1)


async def test_nothing_is_held_before_trade_rules_are_loaded(world: World) -> None:
    case = await placed(world, "DC-UK", rules=False)

    assert (case.holds, len(case.fulfillment_orders)) == ((), 1)


async def placed(world: World, node_id: str, *, rules: bool = True, **facts: str) -> Case:
    """An order to NL of an item without customs data, with stock at one node, as it stands after its release."""
    if rules:
        await world.ask(LOAD_RULES, RuleSet(default_files()))
    await world.stock("RING", node_id, 1)
    case = await world.place(draft("W-90", [line("RING", 1, "80.00", **facts)]))
    await world.settle()
    return await world.case(case.order_id)
