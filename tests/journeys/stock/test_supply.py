"""What will come: announced, late, received in parts, and promised before it is there."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from hub.api.stock.supply_changes import CANCEL_SUPPLY, PUT_SUPPLY, RECEIVE_SUPPLY, SET_SAFETY_STOCK, SLIP_SUPPLY
from hub.flows.stock.keep_supply import put_supply, receive_supply
from hub.flows.stock.project_availability import Projection, Question, project_availability
from hub.inventory.errors import ReceiptTaken, SupplyBelowReceived, SupplyClaimed, SupplyEnded, SupplyNotFound
from hub.inventory.lifecycle import SupplyState
from hub.inventory.model import Condition
from hub.inventory.model.supply import (
    Cancellation,
    Claimant,
    Offer,
    Receipt,
    SafetyChange,
    Slip,
    Step,
    Supply,
    SupplyDraft,
    SupplyKey,
    SupplyKind,
)
from hub.kernel.errors import Refusal
from hub.network.model import ShortagePolicy
from hub.slices.lifecycle import SliceState
from tests.support.drafts import draft, line
from tests.support.network import CHANNEL
from tests.support.world import TUESDAY, World

DAY = timedelta(days=1)
ORDER = SupplyKey("erp", "PO-1", "10")


async def put(world: World, quantity: int, due: datetime | None, key: SupplyKey = ORDER, **changes: Any) -> Supply:
    values: dict[str, Any] = {"kind": SupplyKind.ON_ORDER, "sku": "SHIRT", "node_id": "DC-NL"} | changes
    await world.items(values["sku"])
    return await world.ask(PUT_SUPPLY, SupplyDraft(world.identity(), key, quantity=quantity, expected_at=due, **values))


async def receive(world: World, quantity: int, reference: str = "R-1", **changes: Any) -> Supply:
    receipt = Receipt(world.identity(), ORDER, reference, quantity, **changes)
    return await world.ask(RECEIVE_SUPPLY, receipt)


async def projected(world: World, quantity: int = 0, **changes: Any) -> Projection:
    question = Question((("SHIRT", quantity),), claimant=Claimant(CHANNEL), **changes)
    (answer,) = await world.run(project_availability, [question])
    assert not isinstance(answer, Refusal)
    return answer[0]


async def test_scenario_15_supply_side(world: World) -> None:
    await world.network(nodes={"DC-NL": {"inbound_processing_days": 1}})
    await world.stock("SHIRT", "DC-NL", 5)
    await world.ask(SET_SAFETY_STOCK, SafetyChange(world.identity(), "SHIRT", "DC-NL", 1))
    await put(world, 10, TUESDAY + 7 * DAY)

    found = await projected(world, 8)

    assert found.steps == (Step(TUESDAY, 4), Step(TUESDAY + 8 * DAY, 14))
    assert found.by_node == {"DC-NL": found.steps}
    assert found.offers == (
        Offer(((TUESDAY, 4), (TUESDAY + 8 * DAY, 4))),
        Offer(((TUESDAY + 8 * DAY, 8),)),
    )

    slipped = await world.ask(SLIP_SUPPLY, Slip(world.identity(), ORDER, TUESDAY + 17 * DAY, "vessel late"))

    assert slipped.expected_at == TUESDAY + 17 * DAY
    found = await projected(world, 8)
    assert found.offers == (
        Offer(((TUESDAY, 4), (TUESDAY + 18 * DAY, 4))),
        Offer(((TUESDAY + 18 * DAY, 8),)),
    )
    events = await world.rows("SELECT type, facts->>'expected_at' AS due FROM event WHERE type LIKE 'Supply%%'")
    assert [row["type"] for row in events] == ["SupplyPut", "SupplySlipped"]
    assert events[1]["due"] == "2026-12-04T09:00:00Z"


async def test_what_came_is_on_sale_at_once_and_orders_that_wait_get_it(world: World) -> None:
    await put(world, 10, TUESDAY + 7 * DAY)
    placed = await world.place(draft("W-1", [line("SHIRT", 3)], shortage_policy=ShortagePolicy.BACKORDER))
    await world.settle()
    assert (await projected(world)).steps == (Step(TUESDAY, 0), Step(TUESDAY + 7 * DAY, 7))

    supply = await receive(world, 4)
    await world.settle()

    assert (supply.received, supply.remaining, supply.state) == (4, 6, SupplyState.EXPECTED)
    assert await world.on_shelf("SHIRT", "DC-NL") == (4, 0, 3)
    case = await world.case(placed.order_id)
    assert {one.state for one in case.slices} == {SliceState.RELEASED}
    rows = await world.rows("SELECT on_hand_delta, cause FROM stock_move WHERE on_hand_delta > 0")
    assert rows == [{"on_hand_delta": 4, "cause": "RECEIPT"}]


async def test_a_receipt_that_comes_twice_is_taken_once(world: World) -> None:
    await put(world, 10, TUESDAY + 7 * DAY)

    first, second = await receive(world, 4), await receive(world, 4)

    assert first == second
    assert await world.on_shelf("SHIRT", "DC-NL") == (4, 0, 0)
    with pytest.raises(ReceiptTaken):
        await receive(world, 5)
    with pytest.raises(ReceiptTaken):
        await receive(world, 4, condition=Condition.DAMAGED)
    assert (await receive(world, 6, "R-2")).state is SupplyState.RECEIVED
    assert await world.on_shelf("SHIRT", "DC-NL") == (10, 0, 0)


async def test_more_than_expected_is_taken_and_named(world: World) -> None:
    await put(world, 10, TUESDAY + 7 * DAY)

    supply = await receive(world, 12)

    assert (supply.received, supply.remaining, supply.state) == (12, 0, SupplyState.RECEIVED)
    assert await world.on_shelf("SHIRT", "DC-NL") == (12, 0, 0)
    (record,) = await world.rows("SELECT reason, subject, detail, suggested_command FROM exception_record")
    assert record["reason"] == "SUPPLY_UNEXPECTED"
    assert record["subject"] == str(supply.supply_id)
    assert "2 units of SHIRT more than expected" in record["detail"]


async def test_goods_of_canceled_supply_are_taken_and_named(world: World) -> None:
    await put(world, 10, TUESDAY + 7 * DAY)
    canceled = await world.ask(CANCEL_SUPPLY, Cancellation(world.identity(), ORDER, "supplier out of stock"))
    again = await world.ask(CANCEL_SUPPLY, Cancellation(world.identity(), ORDER, "supplier out of stock"))
    assert canceled == again
    assert (await projected(world)).steps == (Step(TUESDAY, 0),)

    supply = await receive(world, 2)

    assert (supply.received, supply.state) == (2, SupplyState.CANCELED)
    assert await world.on_shelf("SHIRT", "DC-NL") == (2, 0, 0)
    assert await world.exceptions() == ["SUPPLY_UNEXPECTED"]
    with pytest.raises(SupplyEnded):
        await world.ask(SLIP_SUPPLY, Slip(world.identity(), ORDER, TUESDAY + 9 * DAY))


async def test_damaged_goods_are_received_beside_what_is_sold(world: World) -> None:
    await put(world, 10, TUESDAY + 7 * DAY)

    await receive(world, 3, condition=Condition.DAMAGED)
    supply = await receive(world, 6, "R-2", final=True)

    assert (supply.received, supply.remaining, supply.state) == (9, 0, SupplyState.RECEIVED)
    assert await world.on_shelf("SHIRT", "DC-NL") == (6, 0, 0)
    assert await world.rows("SELECT condition, on_hand FROM conditioned_stock") == [
        {"condition": "DAMAGED", "on_hand": 3}
    ]
    with pytest.raises(SupplyEnded):
        await world.ask(CANCEL_SUPPLY, Cancellation(world.identity(), ORDER))


async def test_a_source_that_says_the_same_again_changes_nothing(world: World) -> None:
    first = await put(world, 10, TUESDAY + 7 * DAY)
    second = await put(world, 10, TUESDAY + 7 * DAY)

    assert first == second
    assert len(await world.rows("SELECT FROM supply_move")) == 1

    third = await put(world, 12, TUESDAY + 9 * DAY)

    assert third.supply_id == first.supply_id
    rows = await world.rows("SELECT action, quantity_delta FROM supply_move ORDER BY move_id")
    assert [(row["action"], row["quantity_delta"]) for row in rows] == [("PUT", 10), ("PUT", 2), ("SLIP", 0)]
    await receive(world, 11)
    with pytest.raises(SupplyBelowReceived):
        await put(world, 10, TUESDAY + 9 * DAY)


async def test_units_that_two_sources_claim_are_counted_once(world: World) -> None:
    await put(world, 10, TUESDAY + 7 * DAY)

    with pytest.raises(SupplyClaimed) as refused:
        await put(world, 10, TUESDAY + 6 * DAY, SupplyKey("wms", "PO-1", "10"))

    assert refused.value.metadata["source"] == "erp"
    assert (await put(world, 4, TUESDAY + 6 * DAY, SupplyKey("wms", "PO-1", "20"))).quantity == 4
    await world.ask(CANCEL_SUPPLY, Cancellation(world.identity(), ORDER))
    assert (await put(world, 10, TUESDAY + 6 * DAY, SupplyKey("wms", "PO-1", "10"))).quantity == 10


async def test_what_nobody_announced_cannot_be_received(world: World) -> None:
    with pytest.raises(SupplyNotFound):
        await receive(world, 1)


async def test_supply_counts_by_its_kind_and_when_it_is_overdue_from_now_on(world: World) -> None:
    await put(world, 10, TUESDAY - DAY, kind=SupplyKind.IN_TRANSIT)
    await put(world, 5, TUESDAY + 3 * DAY, SupplyKey("mes", "RUN-7"), kind=SupplyKind.PLANNED)
    await put(world, 7, None, SupplyKey("vendor", "FEED"), kind=SupplyKind.THIRD_PARTY, node_id="SUP-IT")

    everything = await projected(world)
    certain = await projected(world, kinds=frozenset({SupplyKind.IN_TRANSIT}), until=TUESDAY + DAY)

    assert everything.steps == (Step(TUESDAY, 17), Step(TUESDAY + 3 * DAY, 22))
    assert everything.by_node["SUP-IT"] == (Step(TUESDAY, 7),)
    assert certain.steps == (Step(TUESDAY, 10),)


async def test_a_receipt_that_comes_from_ten_sides_at_once_is_taken_once(world: World) -> None:
    await put(world, 10, TUESDAY + 7 * DAY)

    answers = await asyncio.gather(
        *(world.run(receive_supply, [Receipt(world.identity(), ORDER, "R-1", 4)]) for _ in range(10))
    )

    assert {one.received for (one,) in answers if isinstance(one, Supply)} == {4}
    assert await world.on_shelf("SHIRT", "DC-NL") == (4, 0, 0)


async def test_of_two_sources_that_announce_the_same_units_at_once_one_is_taken(world: World) -> None:
    await world.items("SHIRT")
    drafts = [
        SupplyDraft(
            world.identity(), SupplyKey(source, "PO-1", "10"), SupplyKind.ON_ORDER, "SHIRT", "DC-NL", 10, TUESDAY
        )
        for source in ("erp", "wms", "vendor", "scm")
    ]

    answers = await asyncio.gather(*(world.run(put_supply, [one]) for one in drafts))

    assert sum(isinstance(one, Supply) for (one,) in answers) == 1
    assert sum(isinstance(one, SupplyClaimed) for (one,) in answers) == 3
    assert (await projected(world)).steps == (Step(TUESDAY, 10),)
