"""The checks of supply, protection and projection go red on a naive variant of what they check."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from hub.cases.stock import stock as case_stock
from hub.inventory.model.supply import Step
from hub.inventory.operations import reservations
from hub.inventory.policy import supplies
from tests.journeys.stock import test_protection, test_supply
from tests.support.world import World, opened
from tests.unit.inventory import test_projection


def taking_again(received: Any) -> Any:
    """A receipt that counts each time it comes."""

    def naive(standing: Any, receipt: Any, earlier: Any, *, at: Any) -> Any:
        decision = received(standing, receipt, None, at=at)
        return replace(decision, moves=tuple(replace(move, receipt_reference=None) for move in decision.moves))

    return naive


def keeping_in_plans_only(changes_of: Any) -> Any:
    """Claims that rest on what the plan saw."""
    return lambda moves, _: changes_of(moves)


def reserving_everything(_: Any) -> Any:
    """Reservations that know of no protection."""

    def naive(wanted: Any, _: Any) -> Any:
        return wanted

    return naive


def without_look_ahead(_: Any) -> Any:
    """What is there at an instant, whoever needs it later."""

    def naive(at: Any, now: int, supplies: Any, demands: Any = (), *, until: Any = None) -> Any:
        changes = {at: now}
        for sign, dated in ((1, supplies), (-1, demands)):
            for instant, units in dated:
                moment = max(at, instant)
                changes[moment] = changes.get(moment, 0) + sign * units
        instants = sorted(moment for moment in changes if until is None or moment <= max(at, until))
        left = accumulate(changes[moment] for moment in instants)
        return tuple(Step(moment, max(0, units)) for moment, units in zip(instants, left, strict=True))

    return naive


@dataclass(frozen=True, slots=True)
class Mutant:
    """A naive variant: what stands in the place of what, and the check that must notice."""

    module: Any
    name: str
    mutate: Callable[[Any], Any]
    check: Callable[[World], Awaitable[None]]


MUTANTS: dict[str, Mutant] = {
    "a receipt counts each time it comes": Mutant(
        supplies, "received", taking_again, test_supply.test_a_receipt_that_comes_twice_is_taken_once
    ),
    "what is kept is looked at in plans only": Mutant(
        case_stock,
        "changes_of",
        keeping_in_plans_only,
        test_protection.test_what_is_kept_is_looked_at_under_the_lock_too,
    ),
    "reservations take what is kept": Mutant(
        reservations,
        "_leaving",
        reserving_everything,
        test_protection.test_reservations_leave_what_is_kept_and_one_that_stands_can_be_ordered,
    ),
}


@pytest.mark.parametrize("name", MUTANTS)
async def test_a_naive_variant_is_noticed(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    mutant = MUTANTS[name]
    monkeypatch.setattr(mutant.module, mutant.name, mutant.mutate(getattr(mutant.module, mutant.name)))

    async with opened(database_url, tmp_path) as world:
        with pytest.raises((AssertionError, pytest.fail.Exception)):
            await mutant.check(world)


def test_promising_what_a_later_demand_needs_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_projection, "projected", without_look_ahead(None))

    with pytest.raises(AssertionError):
        test_projection.test_steps_never_fall_and_whoever_takes_them_leaves_every_later_demand_covered()
