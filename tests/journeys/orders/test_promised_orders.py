"""Orders that name a kept quote: they get what was quoted, or are refused; never a later date in silence."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any, TypeGuard
from uuid import UUID, uuid4

import pytest

from hub.api.orders.changes import CANCEL_LINES
from hub.api.orders.promising import FREEZE_PROMISE
from hub.api.stock.supply_changes import RECEIVE_SUPPLY
from hub.cases.case import Case
from hub.cases.intake.plan_orders import Planned
from hub.cases.intake.quotes import PromiseRequest
from hub.flows.orders.place_orders import place_orders, plan
from hub.flows.orders.quote_promises import Freeze
from hub.flows.upkeep.forget_expired import begin
from hub.inventory.errors import InsufficientStock
from hub.inventory.model.supply import Receipt
from hub.kernel.errors import Refusal
from hub.kernel.money import Money
from hub.kernel.scope import HUB
from hub.network.model import PromiseTerms
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest, PromiseChoice
from hub.promising.errors import PromiseLost, QuoteExpired, QuoteMismatch, QuoteNotFound, QuoteTaken
from hub.promising.model import DeliveryMode, FrozenQuote
from hub.promising.operations import QUOTES_KEPT
from hub.slices.lifecycle import SliceState
from tests.journeys.orders.test_quotes import DAY, ORDER, expect
from tests.support.drafts import contact, draft, line
from tests.support.network import CHANNEL
from tests.support.world import TUESDAY, World

FEES = {"channel": {"promise_terms": PromiseTerms(900, {"STANDARD": Money(395, "EUR")})}}


async def freeze(world: World, units: int = 2, *, hold_stock: bool = False, **changes: Any) -> FrozenQuote:
    """Keep a quote of shirts to the Netherlands."""
    request = PromiseRequest(CHANNEL, "NL", (("SHIRT", units),), **changes)
    return await world.ask(FREEZE_PROMISE, Freeze(request, hold_stock))


async def order(world: World, quote_id: UUID, reference: str = "W-1", units: int = 2, **changes: Any) -> Case:
    """Place an order that takes an option of a quote, the first one unless told."""
    choice = PromiseChoice(quote_id, changes.pop("option", 1))
    return await world.place(draft(reference, [line("SHIRT", units)], promise=choice, **changes))


async def test_an_order_gets_the_dates_the_fee_and_the_service_that_were_quoted(world: World) -> None:
    await world.network(**FEES)
    await world.stock("SHIRT", "DC-NL", 5)
    frozen = await freeze(world)

    placed = await order(world, frozen.quote_id)

    (option,) = frozen.quote.options
    assert placed.order.promises == {1: option.deliver_by}
    assert [(charge.code, charge.total_minor) for charge in placed.order.charges] == [("SHIPPING", 395)]
    assert placed.order.promise == PromiseChoice(frozen.quote_id, 1)
    assert [(one.node_id, one.state) for one in placed.slices] == [("DC-NL", SliceState.RESERVED)]
    assert not placed.holds
    assert (await world.case(placed.order_id)).order.promise == placed.order.promise


async def test_another_fee_than_was_quoted_is_somebodys_to_look_at(world: World) -> None:
    await world.network(**FEES)
    await world.stock("SHIRT", "DC-NL", 5)

    same = await order(world, (await freeze(world)).quote_id, "W-1", shipping="3.95")
    more = await order(world, (await freeze(world)).quote_id, "W-2", shipping="4.95")

    assert (len(same.order.charges), same.holds) == (1, ())
    assert [one.reason for one in more.holds] == ["the buyer was quoted 3.95 EUR for delivery and is charged 4.95 EUR"]


async def test_a_quote_is_taken_by_one_order_also_of_two_at_one_instant(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 9)
    frozen = await freeze(world)

    answers = await asyncio.gather(
        *(order(world, frozen.quote_id, f"W-{number}") for number in range(4)), return_exceptions=True
    )
    late = await asyncio.gather(order(world, frozen.quote_id, "W-9"), return_exceptions=True)

    assert sorted(type(one).__name__ for one in answers) == ["Case", "QuoteTaken", "QuoteTaken", "QuoteTaken"]
    assert isinstance(late[0], QuoteTaken)
    assert await world.on_shelf("SHIRT", "DC-NL") == (9, 2, 0)
    assert len(await world.rows("SELECT FROM orders")) == 1


def ready(planned: Planned | Refusal) -> TypeGuard[Planned]:
    """Whether a draft may be placed."""
    return isinstance(planned, Planned)


async def test_who_planned_before_another_order_took_the_quote_comes_too_late(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 9)
    choice = PromiseChoice((await freeze(world)).quote_id, 1)
    drafts = [draft(f"W-{number}", [line("SHIRT", 2)], promise=choice) for number in range(2)]
    async with world.database.reading() as tx:
        flow = await world.surroundings.flow_context(tx, HUB)
        first, second = [one for one in [*await plan(flow, drafts[:1]), *await plan(flow, drafts[1:])] if ready(one)]

    placed = await world.run(place_orders, [first])
    late = await world.run(place_orders, [second])

    assert (isinstance(placed[0], Case), isinstance(late[0], QuoteTaken)) == (True, True)
    assert await world.on_shelf("SHIRT", "DC-NL") == (9, 2, 0)
    assert len(await world.rows("SELECT FROM orders")) == 1


async def test_a_repeat_of_an_order_is_answered_after_its_quote_was_taken_and_has_ended(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 2)
    frozen = await freeze(world)

    first = await order(world, frozen.quote_id, content_hash="same")
    again = await order(world, frozen.quote_id, content_hash="same")
    await world.advance(timedelta(hours=1))
    later = await order(world, frozen.quote_id, content_hash="same")

    assert first.order_id == again.order_id == later.order_id


@pytest.mark.parametrize(
    ("changes", "refused", "differs"),
    [
        ({"units": 3}, QuoteMismatch, "lines"),
        ({"customer": contact(country="DE")}, QuoteMismatch, "country"),
        ({"option": 2}, QuoteMismatch, "option_number"),
        ({"service_code": "EXPRESS"}, QuoteMismatch, "service_code"),
        ({"demand_class": "B2B"}, QuoteMismatch, "demand_class"),
        ({"quote_id": uuid4()}, QuoteNotFound, None),
    ],
)
async def test_an_order_that_differs_from_its_quote_is_refused(
    world: World, changes: dict[str, Any], refused: type[Refusal], differs: str | None
) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    frozen = await freeze(world)

    with pytest.raises(refused) as caught:
        await order(world, **{"quote_id": frozen.quote_id} | changes)

    assert caught.value.metadata.get("differs") == differs
    assert await world.on_shelf("SHIRT", "DC-NL") == (5, 0, 0)


async def test_a_quote_that_has_ended_is_refused_and_forgotten_in_time(world: World) -> None:
    async with world.database.transaction() as tx:
        await begin(tx, TUESDAY)
    await world.stock("SHIRT", "DC-NL", 5)
    frozen, taken = await freeze(world), await freeze(world)
    await order(world, taken.quote_id, "W-2")

    await world.advance(timedelta(minutes=15))
    with pytest.raises(QuoteExpired):
        await order(world, frozen.quote_id)
    assert len(await world.rows("SELECT FROM promise_quote")) == 2

    await world.advance(QUOTES_KEPT + 2 * DAY)
    assert await world.rows("SELECT quote_id FROM promise_quote UNION SELECT quote_id FROM promise_use") == []


async def test_a_promise_that_cannot_be_kept_is_refused_with_the_next_best(world: World) -> None:
    await world.network(**FEES)
    await world.stock("SHIRT", "DC-NL", 2)
    await expect(world, 10, TUESDAY + 7 * DAY)
    frozen = await freeze(world)
    await world.place(draft("W-0", [line("SHIRT", 1)]))

    with pytest.raises(PromiseLost) as lost:
        await order(world, frozen.quote_id)

    told = lost.value.metadata
    assert (told["next_mode"], told["next_service_code"], told["next_delivery_fee"]) == (
        "IN_PARTS",
        "STANDARD",
        "3.95 EUR",
    )
    assert told["next_deliver_by_time"] == "2026-11-25T22:59:59+00:00"
    assert len(await world.rows("SELECT FROM orders")) == 1
    assert await world.rows("SELECT FROM promise_use") == []


async def test_a_promise_is_kept_from_another_node_where_that_is_no_later(world: World) -> None:
    await world.stock("SHIRT", "ST-AMS", 2)
    await world.stock("SHIRT", "DC-NL", 2)
    frozen = await freeze(world)
    await world.place(draft("W-0", [line("SHIRT", 2)]))

    placed = await order(world, frozen.quote_id)

    assert [part.node_id for part in frozen.quote.options[0].parts] == ["ST-AMS"]
    assert [one.node_id for one in placed.slices] == ["DC-NL"]
    assert placed.order.promises == {1: frozen.quote.options[0].deliver_by}


async def test_stock_is_held_for_a_quote_only_when_that_is_asked(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 2)
    await freeze(world)
    assert await world.on_shelf("SHIRT", "DC-NL") == (2, 0, 0)

    frozen = await freeze(world, hold_stock=True)
    assert await world.on_shelf("SHIRT", "DC-NL") == (2, 2, 0)
    with pytest.raises(InsufficientStock):
        await world.place(draft("W-0", [line("SHIRT", 1)]))
    placed = await order(world, frozen.quote_id)

    assert len(frozen.reservation_ids) == 1
    assert [one.state for one in placed.slices] == [SliceState.RESERVED]
    assert await world.on_shelf("SHIRT", "DC-NL") == (2, 2, 0)


async def test_what_waits_for_units_that_are_canceled_leaves_without_them(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 4)
    await expect(world, 10, TUESDAY + 7 * DAY)
    frozen = await freeze(world, 8)
    placed = await order(world, frozen.quote_id, units=8, option=2)
    await world.settle()

    await world.ask(CANCEL_LINES, CancelRequest(placed.order_id, "too late", ((1, 4),)))
    await world.settle()

    case = await world.case(placed.order_id)
    assert {one.state: one.quantity for one in case.slices} == {SliceState.CANCELED: 4, SliceState.RELEASED: 4}


@pytest.mark.parametrize("mode", [DeliveryMode.IN_PARTS, DeliveryMode.TOGETHER])
async def test_scenario_15_what_is_to_come_leaves_as_it_was_chosen(world: World, mode: DeliveryMode) -> None:
    await world.network(nodes={"DC-NL": {"inbound_processing_days": 1}})
    await world.stock("SHIRT", "DC-NL", 4)
    await expect(world, 10, TUESDAY + 7 * DAY)
    frozen = await freeze(world, 8)
    option = next(one for one in frozen.quote.options if one.mode is mode)

    placed = await order(world, frozen.quote_id, units=8, option=option.number)
    await world.advance(2 * DAY)
    early = await world.case(placed.order_id)
    await world.advance(5 * DAY)
    await world.ask(RECEIVE_SUPPLY, Receipt(world.identity(), ORDER, "R-1", 10))
    await world.advance(7 * DAY)
    done = await world.case(placed.order_id)

    together = mode is DeliveryMode.TOGETHER
    assert placed.order.promises == early.order.promises == {1: option.deliver_by}
    assert len(early.shipments) == (0 if together else 1)
    assert len(done.shipments) == (1 if together else 2)
    assert done.order.state is OrderState.CLOSED
    assert await world.on_shelf("SHIRT", "DC-NL") == (6, 0, 0)
