"""Orders wait until their parties are compared with denied-party lists; a match holds them until a person decides."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import pytest
from msgspec.structs import replace

from hub.api.orders.changes import RESOLVE_HOLD
from hub.api.setup.screening import DECIDE_MATCH, LOAD_LIST
from hub.api.setup.trade import LOAD_RULES, RuleSet
from hub.cases.case import Case
from hub.flows.orders.resolve_holds import HoldDecision
from hub.flows.upkeep.load_lists import NewList
from hub.holds.model import HoldStatus, HoldType
from hub.network.model import ScreeningTerms, ShortagePolicy
from hub.orders.lifecycle import OrderState
from hub.orders.model import Check, CheckState
from hub.parties.model import Contact
from hub.screening.errors import ScreeningUndecided
from hub.screening.model import DeniedEntry, ListVersion, MatchDecision, MatchState
from hub.trade.operations import default_files
from tests.support.changes import changed
from tests.support.drafts import contact, draft, item, line
from tests.support.world import World, hub_on

TERMS: Final = ScreeningTerms(decision_days=30)
DAY: Final = timedelta(days=1)
BAD: Final = DeniedEntry("7", ("RADKO, Anton Petrovich",), program="TEST")
OTHER: Final = DeniedEntry("8", ("Northern Trading House",), program="TEST")


async def test_an_order_without_a_match_goes_on_once_it_is_screened(world: World) -> None:
    await screening(world, BAD)

    case = await placed(world, contact())
    assert case.order.checks[Check.PARTIES] is CheckState.PENDING
    await world.settle()

    case = await world.case(case.order_id)
    assert (case.order.checks[Check.PARTIES], len(case.fulfillment_orders), case.holds) == (CheckState.PASSED, 1, ())
    assert await world.now() == case.order.placed_at
    assert await world.exceptions() == []
    assert "PartiesScreened" in await world.events(case.order_id)
    assert await world.audit() == []


async def test_a_match_holds_an_order_and_names_nobody(world: World) -> None:
    await screening(world, BAD)
    case = await held(world)

    (hold,) = case.holds
    assert (hold.type, hold.status) == (HoldType.EXPORT_CONTROL, HoldStatus.ACTIVE)
    assert hold.reason == "screening: the buyer is like LIST 7 (score 95); decide with `crossdock screening`"
    assert (case.order.state, case.fulfillment_orders) == (OrderState.PLACED, ())
    (record,) = await world.rows("SELECT * FROM exception_record WHERE resolved_at IS NULL")
    assert record["suggested_command"] == f"crossdock screening review {case.order_id}"
    assert await world.on_shelf("CUP", "DC-NL") == (5, 1, 0)
    for table in ("screening_match", "hold", "event", "exception_record", "message"):
        rows = await world.rows(f"SELECT count(*) AS n FROM {table} AS t WHERE to_jsonb(t)::text ILIKE '%%radko%%'")
        assert rows[0]["n"] == 0, table
    assert await world.audit() == []


async def test_a_cleared_order_goes_on_and_the_next_of_the_party_is_not_held(world: World) -> None:
    await screening(world, BAD)
    case = await held(world)

    await decide(world, case, MatchState.CLEARED)

    case = await world.case(case.order_id)
    assert [one.status for one in case.holds] == [HoldStatus.RESOLVED]
    assert len(case.fulfillment_orders) == 1
    following = await placed(world, contact("Anton Radko"), "W-2")
    await world.settle()
    assert ((await world.case(following.order_id)).holds, await world.exceptions()) == ((), [])
    assert await world.audit() == []


async def test_a_confirmed_match_ends_in_an_exception_with_the_command_to_cancel(world: World) -> None:
    await screening(world, BAD)
    case = await held(world)

    await decide(world, case, MatchState.CONFIRMED)

    (record,) = await world.rows("SELECT * FROM exception_record WHERE resolved_at IS NULL")
    assert (record["reason"], record["owner"]) == ("DENIED_PARTY", "compliance")
    assert record["suggested_command"] == f"crossdock order {case.order_id} --cancel"
    assert (await world.case(case.order_id)).fulfillment_orders == ()
    following = await placed(world, contact("Anton Radko"), "W-2")
    await world.settle()
    assert [one.type for one in (await world.case(following.order_id)).holds] == [HoldType.EXPORT_CONTROL]
    assert await world.exceptions() == ["DENIED_PARTY", "DENIED_PARTY"]
    assert await world.audit() == []


async def test_a_hold_of_screening_is_not_resolved_by_hand(world: World) -> None:
    await screening(world, BAD)
    case = await held(world)

    with pytest.raises(ScreeningUndecided, match="decide its matches"):
        await world.ask(RESOLVE_HOLD, HoldDecision(case.order_id, case.holds[0].hold_id, HoldStatus.RESOLVED))

    await world.ask(RESOLVE_HOLD, HoldDecision(case.order_id, case.holds[0].hold_id, HoldStatus.REJECTED))
    assert (await world.case(case.order_id)).order.state is OrderState.REJECTED
    await world.settle()
    assert await world.audit() == []


async def test_clearing_ends_with_its_time(world: World) -> None:
    await screening(world, BAD)
    waiting = await placed(world, contact("Anton Radko"), units=6)
    await world.settle()
    await decide(world, waiting, MatchState.CLEARED)
    assert [one.status for one in (await world.case(waiting.order_id)).holds] == [HoldStatus.RESOLVED]

    await world.advance(29 * DAY)
    assert await states(world) == ["CLEARED"]
    await world.advance(DAY)

    assert await states(world) == ["OPEN"]
    assert HoldStatus.ACTIVE in [one.status for one in (await world.case(waiting.order_id)).holds]
    later = await placed(world, contact("Anton Radko"), "W-2")
    await world.settle()
    assert [one.status for one in (await world.case(later.order_id)).holds] == [HoldStatus.ACTIVE]


async def test_a_changed_list_touches_only_orders_that_it_concerns(world: World) -> None:
    await screening(world, BAD)
    untouched = await placed(world, contact(), "W-1", units=6)
    concerned = await placed(world, contact("Northern Trading Hse"), "W-2", units=6)
    await world.settle()
    version = (await world.case(untouched.order_id)).order.version

    loaded = await load(world, BAD, OTHER)
    await world.settle()

    assert (loaded.version, loaded.difference.added) == (2, ("8",))
    assert (await world.case(untouched.order_id)).order.version == version
    assert [one.status for one in (await world.case(concerned.order_id)).holds] == [HoldStatus.ACTIVE]
    await load(world, BAD)
    await world.settle()
    assert [one.status for one in (await world.case(concerned.order_id)).holds] == [HoldStatus.RESOLVED]
    assert await states(world) == ["WITHDRAWN"]
    assert (await load(world, BAD)).version == 3
    assert await world.audit() == []


async def test_a_changed_entry_is_decided_anew(world: World) -> None:
    await screening(world, BAD)
    case = await placed(world, contact("Anton Radko"), units=6)
    await world.settle()
    await decide(world, case, MatchState.CLEARED)

    await load(world, DeniedEntry("7", ("RADKO, Anton Petrovich",), program="ANOTHER"))
    await world.settle()

    assert await states(world) == ["OPEN", "WITHDRAWN"]
    statuses = [one.status for one in (await world.case(case.order_id)).holds]
    assert sorted(statuses, key=str) == [HoldStatus.ACTIVE, HoldStatus.RESOLVED]
    assert await world.audit() == []


async def test_orders_wait_for_the_first_list(world: World) -> None:
    await world.network(channel={"screening_terms": TERMS})
    case = await placed(world, contact())
    await world.settle()
    case = await world.case(case.order_id)
    assert [one.reason for one in case.holds] == [
        "screening: no denied-party list was loaded; load one with `crossdock screening load`"
    ]
    assert (case.order.checks[Check.PARTIES], case.fulfillment_orders) == (CheckState.PENDING, ())

    await load(world, BAD)
    await world.settle()

    case = await world.case(case.order_id)
    assert (case.order.checks[Check.PARTIES], len(case.fulfillment_orders)) == (CheckState.PASSED, 1)
    assert await world.exceptions() == []
    assert await world.audit() == []


async def test_a_channel_that_does_not_screen_asks_nothing(world: World) -> None:
    await load(world, BAD)

    case = await placed(world, contact("Anton Radko"))
    await world.settle()

    case = await world.case(case.order_id)
    assert (Check.PARTIES in case.order.checks, case.holds, len(case.fulfillment_orders)) == (False, (), 1)


async def test_a_name_in_letters_that_cannot_be_compared_is_reviewed(world: World) -> None:
    await screening(world, BAD)

    case = await placed(world, contact("山田太郎"))
    await world.settle()

    assert (
        (await world.case(case.order_id)).holds[0].reason.startswith("screening: the buyer's name cannot be compared")
    )
    await decide(world, case, MatchState.CLEARED)
    assert len((await world.case(case.order_id)).fulfillment_orders) == 1
    assert await world.audit() == []


async def test_the_recipient_is_screened_beside_the_buyer(world: World) -> None:
    await screening(world, BAD)

    case = await placed(world, contact(), ship_to=contact("Anton Radko"))
    await world.settle()

    assert "the consignee is like LIST 7" in (await world.case(case.order_id)).holds[0].reason


async def test_an_embargoed_lane_holds_and_names_its_rule(world: World) -> None:
    await screening(world, BAD)
    await restricted(world, "UK-NL,GB,NL,,,,2026-01-01,,test")
    await world.stock("CUP", "DC-UK", 5)

    case = await world.place(draft("W-1", [line("CUP", 1, hs_code="691200", origin_country="GB")]))
    await world.settle()

    case = await world.case(case.order_id)
    assert [one.reason for one in case.holds] == [
        "screening: restriction UK-NL names the goods and their lane; decide with `crossdock screening`"
    ]
    assert case.fulfillment_orders == ()
    await decide(world, case, MatchState.CLEARED)
    assert len((await world.case(case.order_id)).fulfillment_orders) == 1
    assert await world.audit() == []


@pytest.mark.parametrize(
    ("row", "held"),
    [
        ("HOME,NL,NL,,,,2026-01-01,,test", True),
        ("ABROAD,GB,NL,,,,2026-01-01,,test", False),
        ("PAST,NL,NL,,,,2026-01-01,2026-11-17,test", False),
        ("PREFIX,,NL,,7113,,2026-01-01,,test", True),
        ("OTHER-PREFIX,,NL,,93,,2026-01-01,,test", False),
        ("FLAG,,NL,,,battery,2026-01-01,,test", True),
        ("OTHER-FLAG,,,,,weapon,2026-01-01,,test", False),
        ("REGION,,NL,NH,,,2026-01-01,,test", True),
    ],
)
async def test_a_restriction_names_lane_day_code_flag_and_region(world: World, row: str, *, held: bool) -> None:
    await screening(world, BAD)
    await restricted(world, row)
    await world.stock("RING", "DC-NL", 5)
    await world.items(item("RING", hs_code="711319", origin_country="IT", attributes={"battery": "yes"}))

    case = await world.place(draft("W-1", [line("RING", 1)]))
    await world.settle()

    assert bool((await world.case(case.order_id)).holds) is held
    assert await world.audit() == []


async def test_a_restriction_is_seen_where_waiting_units_get_a_node(world: World) -> None:
    await screening(world, BAD)
    await restricted(world, "UK-NL,GB,NL,,,,2026-01-01,,test")
    await world.items("CUP")
    waits: dict[str, Any] = {"shortage_policy": ShortagePolicy.BACKORDER}
    case = await world.place(draft("W-1", [line("CUP", 1)], **waits))
    await world.settle()
    assert (await world.case(case.order_id)).holds == ()

    await world.stock("CUP", "DC-UK", 5)
    await world.settle()

    case = await world.case(case.order_id)
    assert ([one.status for one in case.holds], case.fulfillment_orders) == ([HoldStatus.ACTIVE], ())
    assert await world.audit() == []


async def test_a_new_recipient_is_screened_before_anything_is_released(world: World) -> None:
    await screening(world, BAD)
    await world.items("CUP")
    waits: dict[str, Any] = {"shortage_policy": ShortagePolicy.BACKORDER}
    case = await world.place(draft("W-1", [line("CUP", 1)], **waits))
    await world.settle()

    await changed(world, case, ship_to=contact("Anton Radko"))
    await world.settle()

    case = await world.case(case.order_id)
    assert "the consignee is like LIST 7" in max(one.reason for one in case.holds)
    await changed(world, case, ship_to=contact("Bea Visser"))
    await world.settle()
    case = await world.case(case.order_id)
    assert all(one.status is HoldStatus.RESOLVED for one in case.holds)
    assert await states(world) == ["WITHDRAWN"]
    assert await world.audit() == []


async def test_a_lower_review_score_of_the_channel_finds_more(world: World) -> None:
    await screening(world, DeniedEntry("4", ("MULLER, Jurgen",)))
    orders = [await placed(world, contact("Jorgen Moller"))]
    await world.settle()
    await world.network(channel={"screening_terms": replace(TERMS, review_score=80)})

    orders.append(await placed(world, contact("Jorgen Moller"), "W-2"))
    await world.settle()

    held = [[one.status for one in (await world.case(case.order_id)).holds] for case in orders]
    assert held == [[], [HoldStatus.ACTIVE]]


async def test_two_workers_release_no_order_unscreened(world: World) -> None:
    await screening(world, BAD)
    await world.stock("CUP", "DC-NL", 40)
    people = [contact("Anton Radko") if number % 4 == 0 else contact(f"Ada Visser {number}") for number in range(24)]
    async with hub_on(world.database, world.doubles, name="other", first_id=1_000_000) as other:
        await other.surroundings.network.refresh()
        cases = await asyncio.gather(
            *(
                (world, other)[number % 2].place(draft(f"W-{number}", [line("CUP", 1)], customer=person))
                for number, person in enumerate(people)
            )
        )
        await asyncio.gather(world.settle(), other.settle(), load(world, BAD, OTHER))
        await asyncio.gather(world.settle(), other.settle())

    stand = [await world.case(case.order_id) for case in cases]
    assert [len(case.fulfillment_orders) for case in stand] == [int(number % 4 != 0) for number in range(24)]
    assert await states(world) == ["OPEN"] * 6
    counted = await world.rows(
        "SELECT count(*) AS released, count(*) FILTER (WHERE checks ->> 'parties' = 'PASSED') AS screened"
        " FROM orders JOIN fulfillment_order USING (order_id)"
    )
    assert (counted[0]["released"], counted[0]["screened"]) == (18, 18)
    assert await world.audit() == []


async def restricted(world: World, row: str) -> None:
    """Trade rules with one restriction."""
    files = dict(default_files())
    files["sources.csv"] += "test,Written for a test\n"
    files["restrictions.csv"] = f"{files['restrictions.csv'].splitlines()[0]}\n{row}\n"
    await world.ask(LOAD_RULES, RuleSet(files))


async def screening(world: World, *entries: DeniedEntry) -> None:
    """A channel that screens, with a list of entries."""
    await world.network(channel={"screening_terms": TERMS})
    await load(world, *entries)
    await world.settle()


async def load(world: World, *entries: DeniedEntry) -> ListVersion:
    """Puts entries in force as the list."""
    return await world.ask(LOAD_LIST, NewList("LIST", entries))


async def placed(world: World, customer: Contact, reference: str = "W-1", *, units: int = 1, **more: Any) -> Case:
    """An order of cups, of which there are five; for more it waits."""
    if await world.on_shelf("CUP", "DC-NL") == (0, 0, 0):
        await world.stock("CUP", "DC-NL", 5)
    waits: dict[str, Any] = {"shortage_policy": ShortagePolicy.BACKORDER} if units > 5 else {}
    return await world.place(draft(reference, [line("CUP", units)], customer=customer, **waits, **more))


async def held(world: World) -> Case:
    """An order of whom the list names, after all work."""
    case = await placed(world, contact("Anton Radko"))
    await world.settle()
    return await world.case(case.order_id)


async def decide(world: World, case: Case, state: MatchState) -> None:
    """Decides the open matches of an order."""
    for match_id in await open_matches(world, case):
        await world.ask(DECIDE_MATCH, MatchDecision(match_id, state, "looked at"))
    await world.settle()


async def open_matches(world: World, case: Case) -> Sequence[Any]:
    rows = await world.rows(
        "SELECT match_id FROM screening_match WHERE order_id = %(id)s AND state = 'OPEN'", id=case.order_id
    )
    return [row["match_id"] for row in rows]


async def states(world: World) -> list[str]:
    """States of all matches, sorted."""
    return [row["state"] for row in await world.rows("SELECT state FROM screening_match ORDER BY state")]
