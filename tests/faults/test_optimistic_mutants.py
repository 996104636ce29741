"""Each check of placing and reserving without a look goes red on a naive variant."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from hub.database.tx import Tx
from hub.inventory.operations import reservations
from hub.inventory.store import protections, stock
from tests.rows.flows import optimistic
from tests.support.world import TUESDAY, World, opened

Patch = pytest.MonkeyPatch


def without_what_is_kept(patch: Patch) -> None:
    """A claim takes what is on hand, as the database itself would let it."""
    condition = "AND stock.on_hand - stock.reserved - stock.allocated - stock.safety >= wanted.units + wanted.floor"
    assert condition in stock._CLAIM
    patch.setattr(stock, "_CLAIM", stock._CLAIM.replace(condition, ""))


def without_counting(patch: Patch) -> None:
    """Nobody looks at how many rows a claim found."""
    write = Tx.write

    async def naive(self: Tx, sql: str, params: Any, **how: Any) -> None:
        await write(self, sql, params, **{**how, "rows": None})

    patch.setattr(Tx, "write", naive)


def whatever_is_in_force(patch: Patch) -> None:
    """Nobody looks whether what was remembered is in force."""
    patch.setattr(Tx, "expect", lambda *_: None)


def the_last_claim_of_a_row_only(patch: Patch) -> None:
    """Claims on one row replace each other instead of adding up."""
    patch.setattr("hub.inventory.operations.writing.claims_of", _last_only)


def _last_only(changes: Any) -> Any:
    return {(one.sku, one.node_id): (one.reserved, one.floor) for one in changes}


def whatever_is_held(patch: Patch) -> None:
    """Nobody looks at what the holder of a reservation has."""
    patch.setattr(reservations, "within_limits", lambda *_: True)


def whoever_holds_it(patch: Patch) -> None:
    """Units that reservations hold beyond their time are chosen though nobody takes them back."""
    patch.setattr(protections, "free_stock", partial(protections.claimable, at=TUESDAY + timedelta(hours=1)))


@pytest.fixture
async def unaudited(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with opened(database_url, tmp_path) as world:
        yield world


@pytest.mark.parametrize(
    ("mutate", "check"),
    [
        (without_what_is_kept, optimistic.units_kept_for_others_are_left),
        (whatever_is_in_force, optimistic.what_a_plan_rests_on_is_still_in_force),
        (without_counting, optimistic.units_that_went_are_not_promised),
        (the_last_claim_of_a_row_only, optimistic.several_who_want_one_row_are_counted_together),
        (without_what_is_kept, optimistic.safety_stock_is_not_reserved),
        (whatever_is_in_force, optimistic.what_a_choice_rests_on_is_still_in_force),
        (without_counting, optimistic.units_that_went_are_not_reserved),
        (the_last_claim_of_a_row_only, optimistic.several_reservations_of_one_row_are_counted_together),
        (whatever_is_held, optimistic.nobody_holds_more_than_they_may),
        (whoever_holds_it, optimistic.what_needs_a_look_is_not_chosen_without),
    ],
)
async def test_a_naive_way_to_place_is_noticed(
    unaudited: World, monkeypatch: Patch, mutate: Callable[[Patch], None], check: optimistic.Check
) -> None:
    mutate(monkeypatch)

    with pytest.raises(AssertionError):
        await check(unaudited)
