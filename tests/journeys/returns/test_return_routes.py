"""Where returns are sent, where they are taken all the same, and units that are sent on."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from hub.api.stock.supply_changes import RECEIVE_SUPPLY
from hub.cases.returns.return_cases import ReturnResult
from hub.inventory.model.supply import Receipt, SupplyKey
from hub.kernel.errors import InvalidField
from hub.network.model import ReturnTerms
from hub.returns import operations as returns
from hub.returns.errors import UnitsNotReceived
from hub.returns.model import Disposition
from tests.support.drafts import draft, item, line
from tests.support.returns import authorize, delivered, dispose, inspect, receive, request
from tests.support.world import World

TERMS = {
    "DC-NL": ReturnTerms(Decimal("0.5")),
    "ST-AMS": ReturnTerms(Decimal("0.9")),
    "DC-UK": ReturnTerms(Decimal(1), currency="GBP"),
}


async def sold(world: World) -> ReturnResult:
    """One unit that is delivered and may come back, to wherever the hub says."""
    await world.network(nodes={node_id: {"returns": terms} for node_id, terms in TERMS.items()})
    await world.stock("COAT", "DC-NL", 10)
    await world.items(item("COAT", "40.00"))
    case = await delivered(world, draft("W-1", [line("COAT", price="60.00")]))
    return await authorize(world, request(case.order_id))


async def test_a_return_without_a_node_is_sent_where_most_comes_of_it_and_never_across_currencies(
    world: World,
) -> None:
    back = await sold(world)

    async with world.database.reading() as tx:
        (routed,) = await returns.routes_of(tx, back.rma.return_id, after=None, size=9)
    assert back.rma.node_id == routed.route.node_id == "ST-AMS"
    because = {one.node_id: one.because for one in routed.route.considered}
    assert because["DC-UK"] == "its bookkeeping is in GBP, the order is in EUR"
    assert routed.route.outcome == Decimal("40.00") * Decimal("0.9") - Decimal("4.50") - Decimal("0.50")


async def test_a_return_may_come_to_another_node_and_its_unit_is_on_that_shelf(world: World) -> None:
    back = await sold(world)

    await receive(world, back, node_id="ST-BER")
    await inspect(world, back)
    await dispose(world, back)
    await world.settle()

    assert await world.on_shelf("COAT", "ST-BER") == (1, 0, 0)
    assert world.money("payment.refund") == ["60.00"]
    assert await world.audit() == []


async def test_a_transferred_unit_is_on_its_way_and_on_the_other_shelf_once_it_came(world: World) -> None:
    back = await sold(world)
    await receive(world, back)
    await inspect(world, back)
    with pytest.raises(InvalidField):
        await dispose(world, back, Disposition.TRANSFER)

    await dispose(world, back, Disposition.TRANSFER, node_id="ST-BER")

    (due,) = await world.rows("SELECT * FROM supply")
    assert (due["kind"], due["node_id"], due["quantity"]) == ("IN_TRANSIT", "ST-BER", 1)
    assert await world.on_shelf("COAT", "ST-BER") == (0, 0, 0)
    await world.advance(timedelta(days=3))
    key = SupplyKey(due["source"], due["reference"], due["line"])
    await world.ask(RECEIVE_SUPPLY, Receipt(world.identity(), key, "R-1", 1))
    assert await world.on_shelf("COAT", "ST-BER") == (1, 0, 0)
    assert await world.audit() == []


async def test_what_has_not_come_is_not_disposed_of(world: World) -> None:
    back = await sold(world)

    with pytest.raises(UnitsNotReceived):
        await dispose(world, back, best_node=True)

    assert await world.rows("SELECT * FROM return_disposition") == []
