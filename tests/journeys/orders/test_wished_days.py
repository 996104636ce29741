"""Days on which goods are wished to arrive: kept by leaving later, or refused with why and the nearest other days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from hub.api.orders.changes import CANCEL_LINES
from hub.network.model.carriers import DeliveryWish
from hub.orders.model import CancelRequest
from hub.promising.errors import QuoteMismatch, WishNotKept
from hub.promising.model import ExclusionReason, PromiseQuote, WishOutcome
from tests.journeys.orders.test_promised_orders import freeze, order
from tests.journeys.orders.test_quotes import DAY, expect, quote
from tests.support.drafts import draft, line
from tests.support.world import TUESDAY, World

WEDNESDAY, THURSDAY, FRIDAY = date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 20)
SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)


def wish(day: date) -> DeliveryWish:
    return DeliveryWish(day)


def offered(found: PromiseQuote) -> list[tuple[date, date]]:
    """When the goods of each option leave, and when they arrive."""
    return [(option.parts[0].dates.ship_at.date(), option.last_day) for option in found.options]


async def test_a_wished_day_is_kept_by_leaving_on_the_last_day_from_which_goods_arrive_on_it(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 5)

    found = await quote(world, ("SHIRT", 1), wish=wish(FRIDAY))
    placed = await world.place(draft("W-1", [line("SHIRT", 1)], wish=wish(FRIDAY)))

    assert (offered(found), found.wish_answer and found.wish_answer.outcome) == (
        [(THURSDAY, FRIDAY)],
        WishOutcome.KEPT,
    )
    assert found.options[0].order_by == datetime(2026, 11, 19, 15, tzinfo=UTC)
    assert placed.order.promises == {1: found.options[0].deliver_by}
    await world.advance(DAY)
    assert (await world.case(placed.order_id)).fulfillment_orders == ()
    await world.advance(DAY)
    case = await world.case(placed.order_id)
    assert case.order.wish == wish(FRIDAY)
    assert [one.ship_by for one in case.fulfillment_orders] == [datetime(2026, 11, 19, 15, tzinfo=UTC)]
    await world.advance(5 * DAY)
    assert "PromiseChanged" not in await world.events(placed.order_id)
    assert await world.audit() == []


@pytest.mark.parametrize(
    ("wished", "outcome", "near"),
    [
        (SUNDAY, WishOutcome.CALENDAR, [FRIDAY, MONDAY]),
        (TUESDAY.date(), WishOutcome.TOO_SOON, [WEDNESDAY]),
        (date(2020, 1, 1), WishOutcome.TOO_SOON, [WEDNESDAY]),
    ],
    ids=["nobody delivers", "today", "long over"],
)
async def test_a_day_that_cannot_be_kept_is_refused_with_why_and_the_nearest_days(
    world: World, wished: date, outcome: WishOutcome, near: list[date]
) -> None:
    await world.stock("SHIRT", "DC-NL", 5)

    found = await quote(world, ("SHIRT", 1), wish=wish(wished))
    with pytest.raises(WishNotKept) as refused:
        await world.place(draft("W-1", [line("SHIRT", 1)], wish=wish(wished)))

    assert found.wish_answer is not None
    assert (found.wish_answer.outcome, [day for _, day in offered(found)]) == (outcome, near)
    assert found.wish_answer.detail
    assert [option.wish and option.wish.day for option in found.options] == near
    assert refused.value.metadata["outcome"] == outcome.value
    assert refused.value.metadata["nearest_days"] == ",".join(map(str, near))
    assert await world.on_shelf("SHIRT", "DC-NL") == (5, 0, 0)


async def test_only_nodes_ship_from_which_goods_arrive_on_the_day(world: World) -> None:
    await world.stock("SHIRT", "DC-UK", 5)
    late = await quote(world, ("SHIRT", 1), wish=wish(WEDNESDAY))
    await world.stock("SHIRT", "DC-NL", 1)
    placed = await world.place(draft("W-1", [line("SHIRT", 1)], wish=wish(WEDNESDAY)))
    both = await quote(world, ("SHIRT", 2), wish=wish(THURSDAY))

    assert offered(late) == [(TUESDAY.date(), THURSDAY)], "two days from the United Kingdom"
    (abroad,) = [one for one in late.nodes if "DC-UK" in one.node_ids]
    assert (abroad.exclusion, abroad.detail) == (
        ExclusionReason.WISH,
        "what leaves DC-UK arrives on 2026-11-19 at the earliest",
    )
    assert [slice_.node_id for slice_ in placed.slices] == ["DC-NL"]
    assert offered(both) == [(TUESDAY.date(), THURSDAY)]


async def test_a_node_without_a_place_on_the_day_keeps_no_wish_until_one_is_given_back(world: World) -> None:
    await world.network(nodes={"DC-NL": {"daily_capacity": 1}})
    await world.stock("SHIRT", "DC-NL", 5)
    first = await world.place(draft("W-1", [line("SHIRT", 1)], wish=wish(FRIDAY)))

    full = await quote(world, ("SHIRT", 1), wish=wish(FRIDAY))
    await world.ask(CANCEL_LINES, CancelRequest(first.order_id, "changed my mind"))
    again = await quote(world, ("SHIRT", 1), wish=wish(FRIDAY))

    assert full.wish_answer is not None
    assert (full.wish_answer.outcome, full.wish_answer.detail) == (
        WishOutcome.CAPACITY,
        "DC-NL has no place left on 2026-11-19",
    )
    assert offered(full) == [(WEDNESDAY, THURSDAY), (FRIDAY, MONDAY)]
    assert offered(again) == [(THURSDAY, FRIDAY)]
    assert await world.audit() == []


async def test_units_that_come_too_late_for_the_day_keep_it_no_more_than_units_that_are_not_there(
    world: World,
) -> None:
    await expect(world, 5, TUESDAY + 7 * DAY)

    soon = await quote(world, ("SHIRT", 1), wish=wish(FRIDAY))
    later = await quote(world, ("SHIRT", 1), wish=wish(date(2026, 11, 27)))
    never = await quote(world, ("SHIRT", 9), wish=wish(FRIDAY))

    assert soon.wish_answer is not None
    assert (soon.wish_answer.outcome, offered(soon)) == (WishOutcome.STOCK, [(date(2026, 11, 24), date(2026, 11, 25))])
    assert offered(later) == [(date(2026, 11, 26), date(2026, 11, 27))]
    assert never.wish_answer is not None
    assert (never.wish_answer.outcome, never.options) == (WishOutcome.STOCK, ())


async def test_an_order_that_takes_an_option_wishes_its_day_and_no_other(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    frozen = await freeze(world, wish=wish(FRIDAY))

    with pytest.raises(QuoteMismatch, match="with wish '2026-11-20', not '2026-11-23'"):
        await order(world, frozen.quote_id, wish=wish(MONDAY))
    placed = await order(world, frozen.quote_id)

    assert (placed.order.wish, placed.order.ship_days) == (wish(FRIDAY), {"DC-NL": THURSDAY})
    assert placed.order.promises == {1: frozen.quote.options[0].deliver_by}


@pytest.mark.parametrize(("wished", "authorized"), [(FRIDAY, ["10.00"]), (date(2026, 12, 1), [])])
async def test_what_leaves_in_more_than_five_days_is_authorized_as_it_is_released(
    world: World, wished: date, authorized: list[str]
) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    await world.place(draft("W-1", [line("SHIRT", 1)], wish=wish(wished)))
    await world.settle()
    assert world.money("payment.authorize") == authorized

    await world.advance(timedelta(days=16))

    assert world.money("payment.authorize") == world.money("payment.capture") == ["10.00"]
    assert await world.audit() == []


async def test_units_that_take_time_are_given_to_their_node_so_many_days_sooner(world: World) -> None:
    slow: dict[str, Any] = {"DC-NL": {"processing_days": {"ENGRAVED": 2}}}
    await world.network(nodes=slow)
    await world.stock("SHIRT", "DC-NL", 5)
    placed = await world.place(draft("W-1", [line("SHIRT", 1)], wish=wish(MONDAY)))

    await world.advance(timedelta(hours=12))
    assert (await world.case(placed.order_id)).fulfillment_orders == ()
    await world.advance(DAY)

    case = await world.case(placed.order_id)
    assert [one.ship_by.date() for one in case.fulfillment_orders] == [FRIDAY], "given to it on Wednesday"
