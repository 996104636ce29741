"""Scenario 29: 12 returns without box in one tote, 11 of them at the hub; bad goods among them.

The lost one was in our hands once the drop-off point had scanned it, so its customer is refunded: eleven refunds of
twelve returns. The one that is rejected goes back to its customer, without any.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal

from hub.api.stock.supply_changes import RECEIVE_SUPPLY
from hub.cases.returns.return_cases import ReturnResult
from hub.catalog.model import Resale
from hub.inventory.model.supply import Receipt, SupplyKey
from hub.kernel.money import Money
from hub.network.model import ReturnTerms
from hub.returns import operations as returns
from hub.returns.lifecycle import ReturnState
from hub.returns.model import Disposition, Verdict
from hub.returns.policy.routing import Route
from hub.slices.lifecycle import SliceState
from hub.totes.lifecycle import ToteState
from hub.totes.model import CountKind
from tests.support.drafts import draft, item, line
from tests.support.returns import authorize, credited, dispose, inspect, request
from tests.support.totes import code, opened, scan, sent, unpacked
from tests.support.world import World

TERMS = {"DC-NL": ReturnTerms(Decimal("0.5")), "ST-AMS": ReturnTerms(Decimal("0.9"))}


async def twelve_returns(world: World) -> list[ReturnResult]:
    await world.network(nodes={node_id: {"returns": terms} for node_id, terms in TERMS.items()})
    await world.stock("COAT", "DC-NL", 100)
    await world.items(item("COAT", resales=(Resale(Money(4000, "EUR")), Resale(Money(3000, "EUR"), node_kind="STORE"))))
    sold = [await world.place(draft(f"W-{number}", [line("COAT", price="60.00")])) for number in range(12)]
    await world.advance(timedelta(days=2))
    assert world.money("payment.capture") == ["60.00"] * 12
    return [await authorize(world, request(case.order_id)) for case in sold]


async def test_scenario_29_eleven_are_refunded_one_is_lost_and_each_of_eleven_goes_where_it_belongs(
    world: World,
) -> None:
    backs = await twelve_returns(world)
    codes = [await code(world, back.rma.return_id) for back in backs]
    assert len(set(codes)) == 12

    # Given twelve units in one tote, scanned, closed and on its way
    tote = await opened(world)
    for shown in codes:
        tote = await scan(world, tote, shown)
    tote = await sent(world, tote)
    assert (tote.state, tote.quantity) == (ToteState.IN_TRANSIT, 12)
    assert await units(world) == {SliceState.RETURN_IN_TRANSIT: 12}
    await world.advance(timedelta(days=2))

    # When the hub's end finds eleven
    tote = await unpacked(world, tote, [(shown, "COAT", 1) for shown in codes[:11]])

    # Then the receipt says which one is missing, its customer is refunded and the case is open
    assert (tote.state, tote.quantity, tote.received) == (ToteState.RECEIVED, 12, 11)
    assert [(one.kind, one.return_id, one.quantity) for one in tote.differences] == [
        (CountKind.MISSING, backs[11].rma.return_id, 1)
    ]
    assert await units(world) == {SliceState.RETURN_RECEIVED: 11, SliceState.LOST: 1}
    await world.settle()
    assert world.money("payment.refund") == ["60.00"]
    (lost,) = await world.rows("SELECT * FROM exception_record")
    assert (lost["reason"], lost["order_id"], lost["owner"]) == ("RETURN_LOST", backs[11].case.order_id, "returns")
    assert lost["suggested_command"] == f"crossdock exceptions resolve {lost['exception_id']}"

    # When eight are as new, two opened, and one is rejected
    for back in backs[:10]:
        assert credited(await inspect(world, back)) == [6000]
    rejected = await inspect(world, backs[10], Verdict.REJECTED)
    for back in backs[:8]:
        await dispose(world, back, Disposition.RESTOCK, best_node=True)
    for back in backs[8:10]:
        await dispose(world, back, Disposition.OPEN_BOX)
    await dispose(world, backs[10], Disposition.SEND_BACK)
    await eight_arrive_at_the_best_node(world)

    # Then eleven of twelve are refunded, exactly once and in full
    assert world.money("payment.refund") == ["60.00"] * 11
    assert credited(rejected) == []
    refunded = {one.subject for one in world.effects("double_payment", "payment.refund")}
    assert len(refunded) == 11

    await every_unit_is_where_it_belongs(world)
    assert await world.exceptions() == ["RETURN_LOST"]
    assert await world.audit() == []


async def test_scenario_29_the_best_node_is_chosen_by_what_comes_of_a_unit_there_and_why_is_kept(world: World) -> None:
    backs = (await twelve_returns(world))[:1]
    tote = await opened(world)
    shown = await code(world, backs[0].rma.return_id)
    tote = await sent(world, await scan(world, tote, shown))
    await unpacked(world, tote, [(shown, "", 1)])
    await inspect(world, backs[0])
    await world.advance(timedelta(hours=1))

    await dispose(world, backs[0], Disposition.RESTOCK, best_node=True)

    route = await last_route(world, backs[0])
    assert route.node_id == "ST-AMS"
    assert route.explanation == (
        "ST-AMS: 30.00 EUR x 0.9 - 4.50 EUR freight - 0.50 EUR handling = 22.00 EUR, 3.50 EUR more than DC-NL."
    )
    assert {one.node_id: one.because for one in route.considered} == {
        "DC-NL": "3.50 EUR less comes of it",
        "DC-UK": "it takes no returns",
        "ST-AMS": "",
        "ST-BER": "it takes no returns",
        "ST-LON": "it takes no returns",
        "SUP-IT": "it takes no returns",
    }


async def eight_arrive_at_the_best_node(world: World) -> None:
    """They travel from the hub's end to the store, and are on its shelf when it receives them."""
    due = await world.rows("SELECT * FROM supply ORDER BY supply_id")
    assert {(one["kind"], one["node_id"], one["quantity"], one["state"]) for one in due} == {
        ("IN_TRANSIT", "ST-AMS", 1, "EXPECTED")
    }
    assert len(due) == 8
    assert await world.on_shelf("COAT", "ST-AMS") == (0, 0, 0)
    await world.advance(timedelta(days=5))
    for one in due:
        key = SupplyKey(one["source"], one["reference"], one["line"])
        await world.ask(RECEIVE_SUPPLY, Receipt(world.identity(), key, "R-1", 1))


async def every_unit_is_where_it_belongs(world: World) -> None:
    """Eight at the best node, two opened at the hub's end, one with its customer, one nowhere."""
    assert await units(world) == {SliceState.RETURN_CLOSED: 11, SliceState.LOST: 1}
    assert Counter(await disposed(world)) == {
        ("RESTOCK", "ST-AMS"): 8,
        ("OPEN_BOX", "DC-NL"): 2,
        ("SEND_BACK", "DC-NL"): 1,
    }
    assert await world.on_shelf("COAT", "DC-NL") == (88, 0, 0)
    assert await world.on_shelf("COAT", "ST-AMS") == (8, 0, 0)
    assert await world.rows("SELECT node_id, condition, on_hand FROM conditioned_stock WHERE on_hand > 0") == [
        {"node_id": "DC-NL", "condition": "OPEN_BOX", "on_hand": 2}
    ]
    states = await world.rows("SELECT DISTINCT state FROM return_authorization")
    assert [row["state"] for row in states] == [ReturnState.CLOSED.value]


async def units(world: World) -> dict[SliceState, int]:
    found = await world.rows("SELECT state, sum(quantity)::bigint AS units FROM slice GROUP BY state")
    return {SliceState(row["state"]): row["units"] for row in found}


async def disposed(world: World) -> list[tuple[str, str]]:
    found = await world.rows("SELECT disposition, node_id, quantity FROM return_disposition")
    assert all(row["quantity"] == 1 for row in found)
    return [(row["disposition"], row["node_id"]) for row in found]


async def last_route(world: World, back: ReturnResult) -> Route:
    async with world.database.reading() as tx:
        return (await returns.routes_of(tx, back.rma.return_id, after=None, size=9))[-1].route
