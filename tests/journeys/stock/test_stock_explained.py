"""Why stock is what it is: any figure, now or past, opened to the rows and the causes that it is the sum of."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hub.api.stock.reservations import RESERVE_STOCK
from hub.api.stock.supply_changes import (
    CHANGE_CONDITIONS,
    PUT_PROTECTIONS,
    PUT_SUPPLY,
    RECEIVE_SUPPLY,
    SET_SAFETY_STOCK,
)
from hub.cases.intake.reserving import ReservationDraft
from hub.flows.stock.change_conditions import ConditionMove
from hub.flows.stock.explain_stock import Explanation, StockQuestion, explain_stock
from hub.inventory.model import Condition, ConditionedStock
from hub.inventory.model.explanation import Figures, LedgerRow
from hub.inventory.model.supply import (
    Claimant,
    Protection,
    ProtectionChange,
    Receipt,
    SafetyChange,
    SupplyDraft,
    SupplyKey,
    SupplyKind,
)
from hub.outbox import operations as outbox
from tests.support.drafts import draft, line
from tests.support.network import CHANNEL
from tests.support.world import TUESDAY, World

HOUR = timedelta(hours=1)


async def explained(world: World, at: datetime | None = None, **changes: Any) -> Explanation:
    (answer,) = await world.run(explain_stock, [StockQuestion("SHIRT", "DC-NL", at, **changes)])
    assert isinstance(answer, Explanation)
    return answer


async def a_day(world: World) -> None:
    """09:00 a purchase order comes in; 10:00 one unit of it turns out damaged, two are kept back; 11:00 one sells."""
    key = SupplyKey("erp", "PO-1", "10")
    await world.items("SHIRT")
    due = SupplyDraft(world.identity(), key, SupplyKind.ON_ORDER, "SHIRT", "DC-NL", 50, TUESDAY)
    await world.ask(PUT_SUPPLY, due)
    await world.ask(RECEIVE_SUPPLY, Receipt(world.identity(), key, "R-1", 50))
    await world.advance(HOUR)
    damaged = ConditionMove(world.identity(), "SHIRT", "DC-NL", Condition.SELLABLE, Condition.DAMAGED, 1, "INSPECTION")
    await world.ask(CHANGE_CONDITIONS, damaged)
    await world.ask(SET_SAFETY_STOCK, SafetyChange(world.identity(), "SHIRT", "DC-NL", 2))
    kept = Protection("DC-NL", "SHIRT", "", "GOLD", 4)
    await world.ask(PUT_PROTECTIONS, ProtectionChange(world.identity(), kept))
    await world.advance(HOUR)
    await world.place(draft("W-1", [line("SHIRT", 1)]))
    await world.settle()


async def test_a_figure_is_opened_to_the_orders_and_documents_behind_it(world: World) -> None:
    await a_day(world)

    found = await explained(world)

    assert found.explained.figures == Figures(on_hand=49, allocated=1, safety=2)
    assert (found.explained.protected, found.explained.available) == (4, 42)
    assert found.explained.conditioned == (ConditionedStock("SHIRT", "DC-NL", Condition.DAMAGED, 1),)
    rows = [(row.cause, row.delta) for row, _ in reversed(found.explained.rows)]
    assert rows[:3] == [
        ("RECEIPT", Figures(on_hand=50)),
        ("INSPECTION", Figures(on_hand=-1)),
        ("SAFETY", Figures(safety=2)),
    ]
    assert rows[3] == ("reserve", Figures(reserved=1))
    (order,) = await world.rows("SELECT order_id FROM orders")
    causes = [found.causes.get(row.cause_id) for row, _ in reversed(found.explained.rows)]
    assert causes[0] is not None
    assert (causes[0].type, causes[0].facts["reference"], causes[0].facts["reason"]) == (
        "SupplyCompleted",
        "PO-1",
        "R-1",
    )
    assert {one.order_id for one in causes[3:] if one} == {order["order_id"]}


async def test_a_figure_is_told_as_of_any_past_instant(world: World) -> None:
    await a_day(world)

    before = await explained(world, TUESDAY - HOUR)
    first = await explained(world, TUESDAY + timedelta(minutes=30))
    second = await explained(world, TUESDAY + timedelta(minutes=90))
    later = await explained(world, TUESDAY + timedelta(days=9))

    assert (before.explained.figures, before.explained.row_count) == (Figures(), 0)
    assert first.explained.figures == Figures(on_hand=50)
    assert (first.explained.protected, first.explained.available) == (0, 50)
    assert first.explained.conditioned == ()
    assert second.explained.figures == Figures(on_hand=49, safety=2)
    assert (second.explained.protected, second.explained.available) == (4, 43)
    assert (await explained(world, claimant=Claimant(CHANNEL, "GOLD"))).explained.available == 46
    assert later == await explained(world)


async def test_pages_of_rows_sum_to_the_figure(world: World) -> None:
    await a_day(world)
    whole = (await explained(world)).explained

    rows: list[tuple[LedgerRow, Figures]] = []
    behind = None
    while True:
        page = (await explained(world, size=2, behind=behind)).explained
        assert page.figures == whole.figures
        rows += page.rows
        if not page.more:
            break
        behind = (page.rows[-1][0].at, page.rows[-1][0].number)

    assert tuple(rows) == whole.rows
    assert len(rows) == whole.row_count
    assert sum((row.delta for row, _ in rows), Figures()) == whole.figures
    assert rows[0][1] == whole.figures
    for number, (row, after) in enumerate(rows):
        before = rows[number + 1][1] if number + 1 < len(rows) else Figures()
        assert after == before + row.delta


async def test_adjustments_and_reservations_are_named_as_causes(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 9)
    made = [await world.ask(RESERVE_STOCK, ReservationDraft(CHANNEL, (("SHIRT", units),))) for units in (2, 3)]
    taken = tuple(one.reservation_id for one in made[:1])
    placed = await world.place(draft("W-1", [line("SHIRT", 1)], reservation_ids=taken))
    await world.settle()

    found = await explained(world)

    told = [(row.cause, found.causes[row.cause_id]) for row, _ in reversed(found.explained.rows)]
    assert [(cause, one.type) for cause, one in told[:3]] == [
        ("receipt", "StockAdjusted"),
        ("reservation_made", "Reservation"),
        ("reservation_made", "Reservation"),
    ]
    assert [one.order_id for _, one in told[1:3]] == [placed.order_id, None]
    assert {one.order_id for _, one in told[3:]} == {placed.order_id}
    assert "reservation_consumed" in {cause for cause, _ in told[3:]}


async def test_causes_are_named_after_their_events_moved_to_the_past(world: World) -> None:
    await a_day(world)
    before = await explained(world)
    async with world.database.transaction() as tx:
        await outbox.retire_events(tx, before=TUESDAY + timedelta(days=1), limit=99)

    assert await world.rows("SELECT FROM past_event")
    assert await explained(world) == before
