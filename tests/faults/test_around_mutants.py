"""What partners are told, what is adopted, sourced again, counted: each check goes red on a naive variant of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from hub.cases.adoption import adopted_orders
from hub.cases.fulfillment import node_requests
from hub.cases.fulfillment.endings import cancel_units
from hub.cases.stock import variance
from hub.flows.fulfillment import take_node_answers
from hub.flows.orders import adopt_orders
from hub.fulfillment.lifecycle import RequestState
from hub.fulfillment.model import ShortReason
from hub.inventory import operations as inventory
from hub.inventory.store import published
from tests.journeys.fulfillment import test_node_requests as asking
from tests.journeys.fulfillment import test_partners_told as told
from tests.journeys.orders import test_adoption as adoption
from tests.journeys.stock import test_variance as counted
from tests.journeys.upkeep import test_closing_nodes as closing
from tests.support.world import World, opened

Check = Callable[[World], Awaitable[None]]


@dataclass(frozen=True)
class Mutant:
    """A naive variant: what stands in the place of what, and the check that must notice."""

    module: Any
    name: str
    mutate: Callable[[Any], Any]
    check: Check


def without(text: str, instead: str = "") -> Callable[[str], str]:
    """A statement with a part of it replaced; the part must be there."""

    def mutate(sql: str) -> str:
        assert text in sql
        return sql.replace(text, instead)

    return mutate


def unlimited(_: Any) -> Any:
    """An account takes any number of levels."""

    async def naive(_: Any, __: str, ___: int, at: Any) -> Any:
        return 1_000_000, at

    return naive


def unbooked(_: Any) -> Any:
    """Stock that adopted orders hold is not claimed."""

    class Stock:
        @staticmethod
        async def claim(_: Any, cases: Any) -> list[None]:
            return [None for _ in cases]

    return Stock


def canceling(_: Any) -> Any:
    """Units that were asked back are canceled."""

    def naive(flow: Any, case: Any, _: Any, units: Any, *__: Any, **___: Any) -> None:
        cancel_units(case, flow.network.channel(case.order.channel_id), list(units), "given back", flow.at)

    return naive


def at_once(resume: Any) -> Any:
    """What is adopted is released without waiting for anybody."""

    def naive(unit: Any, case: Any, stated: Any) -> None:
        resume(unit, case, replace(stated, resume_at=unit.at))

    return naive


def trusting(_: Any) -> Any:
    """Units that are stated are believed."""
    return lambda *_: None


MUTANTS = {
    "levels are told as they come, whatever the account takes": Mutant(
        inventory,
        "room_for_levels",
        unlimited,
        told.test_a_burst_of_stock_levels_is_spread_over_minutes_and_the_newest_wins,
    ),
    "levels are told by name, not by how much they would sell too much": Mutant(
        published,
        "_CHANGED",
        without("coalesce(told.available, 0) <= level.available, "),
        told.test_levels_that_would_sell_too_much_are_told_first,
    ),
    "adopted orders claim nothing": Mutant(
        adopt_orders,
        "stock",
        unbooked,
        adoption.test_an_order_in_mid_life_is_taken_as_it_stands_and_no_partner_hears_of_it,
    ),
    "adopted orders go on at once": Mutant(
        adopted_orders,
        "_resume",
        at_once,
        adoption.test_an_order_in_mid_life_is_taken_as_it_stands_and_no_partner_hears_of_it,
    ),
    "units of an adopted order are not counted": Mutant(
        adopt_orders,
        "refuse_invalid",
        trusting,
        adoption.test_a_refused_order_of_which_goods_have_left_is_named_until_it_is_adopted,
    ),
    "units asked back are canceled": Mutant(
        take_node_answers,
        "leave_node",
        canceling,
        closing.test_what_was_given_up_ships_from_elsewhere_and_is_paid_once,
    ),
    "units that are short are sourced again whatever the node was asked": Mutant(
        node_requests,
        "_claimed",
        lambda _: lambda case, identity, units, answering: ([], list(units)),
        lambda world: asking.test_units_that_are_short_after_a_cancel_was_asked_are_canceled(
            world, ShortReason.NOT_IN_STOCK
        ),
    ),
    "an answer after the deadline is dropped": Mutant(
        take_node_answers,
        "REQUEST_TRANSITIONS",
        lambda table: {(state, action): end for (state, action), end in table.items() if state is RequestState.ASKED},
        asking.test_a_node_that_says_yes_after_the_deadline_has_the_units_canceled,
    ),
    "differences are not held against the thresholds": Mutant(
        variance,
        "_exceeds",
        lambda _: lambda *_: False,
        lambda world: counted.test_more_than_the_network_allows_becomes_an_exception(
            world, {"variance_units": 3}, ["DC-NL/MUG"]
        ),
    ),
}


@pytest.mark.parametrize("name", MUTANTS)
async def test_a_naive_variant_is_noticed(
    name: str, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mutant = MUTANTS[name]
    async with opened(database_url, tmp_path) as world:
        monkeypatch.setattr(mutant.module, mutant.name, mutant.mutate(getattr(mutant.module, mutant.name)))

        with pytest.raises((AssertionError, pytest.fail.Exception)):
            await mutant.check(world)
