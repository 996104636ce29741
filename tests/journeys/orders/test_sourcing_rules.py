"""Rules of a channel on which nodes may ship what: obeyed, named, and waited for where they leave an order nothing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.api.orders.changes import SOURCE_AGAIN
from hub.cases.case import Case
from hub.cases.intake.quotes import PromiseRequest
from hub.flows.orders.quote_promises import quote_promises
from hub.flows.orders.source_again import SourceAgain
from hub.inventory.errors import InsufficientStock
from hub.kernel.errors import Refusal
from hub.kernel.scope import HUB
from hub.network.model import ShortagePolicy, SourcingPolicy, SourcingRule
from hub.promising.model import ExclusionReason
from hub.sourcing.model import Decision
from hub.sourcing.operations import last_of_order
from tests.support.drafts import draft, item, line
from tests.support.network import CHANNEL
from tests.support.world import World

HAZMAT = SourcingRule(
    "HAZMAT",
    when="basket.items.exists(i, 'hazmat' in i.attributes)",
    nodes="node.kind == 'DISTRIBUTION_CENTER'",
)
VALUABLE = SourcingRule("VALUABLE", when="basket.worth_minor['EUR'] >= 20000", nodes="node.node_id == 'ST-BER'")


async def ruled(world: World, *rules: SourcingRule) -> None:
    await world.network(channel={"sourcing_policy": SourcingPolicy(rules=rules)})


async def decided(world: World, case: Case) -> Decision:
    async with world.database.reading() as tx:
        decision = await last_of_order(tx, case.order_id)
    assert decision is not None
    return decision


def nodes(case: Case) -> set[str | None]:
    return {slice_.node_id for slice_ in case.slices}


async def test_goods_ship_from_where_a_rule_lets_them_and_the_decision_names_it(world: World) -> None:
    await ruled(world, HAZMAT)
    for sku in ("PAINT", "CUP"):
        await world.stock(sku, "ST-AMS", 5)
        await world.stock(sku, "DC-NL", 5)
    await world.items(item("PAINT", attributes={"hazmat": "UN1263"}))

    harmless = await world.place(draft("W-1", [line("CUP", 1)]))
    hazmat = await world.place(draft("W-2", [line("CUP", 1), line("PAINT", 1)]))

    assert (nodes(harmless), nodes(hazmat)) == ({"ST-AMS"}, {"DC-NL"})
    excluded = {one.node_id: one.excluded_because for one in (await decided(world, hazmat)).plan.looked_at}
    assert excluded["ST-AMS"] == "rule HAZMAT keeps it from shipping"


async def test_a_rule_counts_from_a_worth_on_and_where_it_has_no_result(world: World) -> None:
    await ruled(world, VALUABLE)
    for sku in ("RING", "GIFT"):
        await world.stock(sku, "ST-AMS", 5)
        await world.stock(sku, "ST-BER", 5)
    await world.items(item("RING", "100.00"))

    cheap = await world.place(draft("W-1", [line("RING", 1)]))
    dear = await world.place(draft("W-2", [line("RING", 2)]))
    unpriced = await world.place(draft("W-3", [line("GIFT", 1)]))

    assert [nodes(case) for case in (cheap, dear, unpriced)] == [{"ST-AMS"}, {"ST-BER"}, {"ST-BER"}]


async def test_a_quote_names_the_rule(world: World) -> None:
    await ruled(world, HAZMAT)
    await world.stock("PAINT", "ST-AMS", 5)
    await world.items(item("PAINT", attributes={"hazmat": "UN1263"}))

    async with world.database.reading() as tx:
        flow = await world.surroundings.flow_context(tx, HUB)
        (answer,) = await quote_promises(flow, [PromiseRequest(CHANNEL, "NL", (("PAINT", 1),))])
    assert not isinstance(answer, Refusal)
    (quote,) = answer

    store = next(one for one in quote.nodes if "ST-AMS" in one.node_ids)
    assert (store.exclusion, store.detail) == (ExclusionReason.RULE, "rule HAZMAT keeps it from shipping")
    assert quote.options == ()


async def test_an_order_that_a_rule_leaves_nothing_is_refused_with_what_would_ship_it(world: World) -> None:
    await ruled(world, HAZMAT)
    await world.stock("PAINT", "ST-AMS", 5)
    await world.items(item("PAINT", attributes={"hazmat": "UN1263"}))

    with pytest.raises(InsufficientStock) as refused:
        await world.place(draft("W-1", [line("PAINT", 2)]))

    would = "2 units would ship, were it not for rules, from ST-AMS (rule HAZMAT keeps it from shipping)."
    assert refused.value.message.endswith(would)


async def test_an_order_waits_for_a_rule_to_be_changed_and_goes_on_by_the_command_it_names(world: World) -> None:
    await ruled(world, HAZMAT)
    await world.stock("PAINT", "ST-AMS", 5)
    await world.items(item("PAINT", attributes={"hazmat": "UN1263"}))
    waiting = await world.place(draft("W-1", [line("PAINT", 2)], shortage_policy=ShortagePolicy.BACKORDER))
    await world.settle()
    (record,) = await world.rows("SELECT detail, suggested_command FROM exception_record WHERE resolved_at IS NULL")
    assert record["suggested_command"] == f"crossdock bulk source-again --order {waiting.order_id}"
    assert "ST-AMS (rule HAZMAT keeps it from shipping). Change the rule" in record["detail"]

    await ruled(world)
    await world.ask(SOURCE_AGAIN, SourceAgain(waiting.order_id))
    await world.settle()

    assert nodes(await world.case(waiting.order_id)) == {"ST-AMS"}
    assert await world.exceptions() == []


async def test_stock_that_a_rule_keeps_from_who_waits_is_free_for_newcomers(world: World) -> None:
    await ruled(world, replace(HAZMAT, when="basket.demand_class == 'CAREFUL'"))
    await world.items("PAINT")
    careful = draft("W-1", [line("PAINT", 2)], shortage_policy=ShortagePolicy.BACKORDER, demand_class="CAREFUL")
    waiting = await world.place(careful)
    await world.settle()
    await world.stock("PAINT", "ST-AMS", 2)
    await world.settle()

    newcomer = await world.place(draft("W-2", [line("PAINT", 2)]))

    assert (nodes(await world.case(waiting.order_id)), nodes(newcomer)) == ({None}, {"ST-AMS"})
