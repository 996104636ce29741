"""A cancel races the shipment within 50 ms: it ends shipped and charged, or canceled and reversed, never silently both.

Each order takes another interleaving of the three: the cancel, the parcel's report, and what the node answers, half of
the time yes. Of a quarter of them cancel and report are sent at once, so that the database decides who comes first.
`make test` takes some orders; CROSSDOCK_TEST_FULL=1 takes 1,000.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Final

from hub.api.fulfillment.changes import RECORD_SHIPMENTS
from hub.api.orders.changes import CANCEL_LINES
from hub.cases.case import Case
from hub.flows.fulfillment.take_node_answers import take_node_answers
from hub.fulfillment.errors import FulfillmentActionNotAllowed
from hub.fulfillment.lifecycle import UNANSWERED
from hub.fulfillment.model import NodeAnswer, ShipmentReport
from hub.kernel.instant import Instant
from hub.orders.errors import OrderActionNotAllowed, QuantityNotCancelable
from hub.orders.model import CancelRequest
from hub.payments.model import TransactionKind
from hub.slices.lifecycle import GONE, SliceState
from tests.support.drafts import draft, line
from tests.support.world import World

ORDERS: Final = 1_000 if "CROSSDOCK_TEST_FULL" in os.environ else 48
SEED: Final = 20261117
FAR: Final = 99_000
SILENT: Final = {
    "cancel": f"later:{FAR}",
    **{f"{step}_after_minutes": FAR for step in ("acknowledge", "pick", "pack", "ship")},
}
AMOUNT: Final = 2_000
SHIPPED, CANCELED = "shipped", "canceled"


async def test_scenario_05_a_cancel_that_races_the_shipment_ends_one_way_or_the_other(world: World) -> None:
    random = Random(SEED)
    orders = await released(world)

    for order in orders:
        await raced(world, order, random)
    await world.advance(timedelta(hours=2))

    named = await exceptions(world)
    endings = Counter([await ending(world, order, named) for order in orders])
    assert endings.total() == ORDERS
    assert min(endings[SHIPPED], endings[CANCELED]) >= ORDERS / 10, f"seed {SEED}: {endings}"
    assert await world.audit() == []


async def released(world: World) -> list[Case]:
    """Orders of one unit each, which a node works and says nothing about."""
    await world.network(profiles={"wms": SILENT})
    await world.stock("CUP", "DC-NL", ORDERS)
    placed = [await world.place(draft(f"W-{number}", [line("CUP", 1, "20.00")])) for number in range(ORDERS)]
    await world.settle()
    return [await world.case(case.order_id) for case in placed]


async def raced(world: World, order: Case, random: Random) -> None:
    """Play one interleaving."""
    left_at = await world.now() + timedelta(milliseconds=random.randint(0, 50))
    accepts, turn = random.random() < 0.5, random.choice(("ship first", "answer first", "answer last", "at once"))
    if turn == "ship first":
        await ship(world, order, left_at)
        await cancel(world, order)
    elif turn == "at once":
        await asyncio.gather(ship(world, order, left_at), cancel(world, order))
    else:
        await cancel(world, order)
        await (answer(world, order, accepts=accepts) if turn == "answer first" else ship(world, order, left_at))
        await (ship(world, order, left_at) if turn == "answer first" else answer(world, order, accepts=accepts))
        return
    await answer(world, order, accepts=accepts)


async def ship(world: World, order: Case, left_at: Instant) -> None:
    """The node reports the parcel; a refusal tells it that it comes too late."""
    work = order.fulfillment_orders[0].fulfillment_order_id
    with suppress(FulfillmentActionNotAllowed):
        await world.ask(RECORD_SHIPMENTS, ShipmentReport(work, "P-1", left_at, f"T-{order.order.channel_reference}"))


async def cancel(world: World, order: Case) -> None:
    """The customer cancels; a refusal tells them that it comes too late."""
    with suppress(QuantityNotCancelable, OrderActionNotAllowed):
        await world.ask(CANCEL_LINES, CancelRequest(order.order_id, "changed mind"))


async def answer(world: World, order: Case, *, accepts: bool) -> None:
    """The node answers what it was asked, if it was asked anything."""
    fulfillment_order = (await world.case(order.order_id)).fulfillment_orders[0]
    for request in fulfillment_order.requests:
        if request.state in UNANSWERED:
            said = NodeAnswer(fulfillment_order.fulfillment_order_id, request.request_id, accepts, await world.now())
            await world.run(take_node_answers, [said])


async def ending(world: World, order: Case, named: dict[str, set[str]]) -> str:
    """How an order ended; fails for one that is both, or whose loser was not told."""
    case = await world.case(order.order_id)
    kinds = Counter[TransactionKind]()
    for one in case.payments.transactions:
        kinds[one.kind] += one.amount_minor
    reasons = named.get(str(order.order_id), set())
    asked = case.fulfillment_orders[0].requests
    if {one.state for one in case.slices} <= GONE:
        assert kinds[TransactionKind.CAPTURE] == AMOUNT
        assert not kinds[TransactionKind.REVERSAL]
        assert not asked or reasons & {"CANCEL_REFUSED", "CANCEL_CONTRADICTED"}
        return SHIPPED
    assert {one.state for one in case.slices} == {SliceState.CANCELED}
    assert kinds[TransactionKind.REVERSAL] == AMOUNT
    assert not kinds[TransactionKind.CAPTURE]
    assert "PARCEL_TO_INTERCEPT" in reasons
    return CANCELED


async def exceptions(world: World) -> dict[str, set[str]]:
    """Reasons of open exceptions by order."""
    rows = await world.rows("SELECT order_id, reason FROM exception_record WHERE resolved_at IS NULL")
    reasons: dict[str, set[str]] = {}
    for row in rows:
        reasons.setdefault(str(row["order_id"]), set()).add(row["reason"])
    return reasons
