"""Each check of placing without a look goes red on a naive variant."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from hub.database.tx import Tx
from hub.inventory.store import stock
from tests.rows.flows import surely
from tests.support.world import World, opened

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
    patch.setattr("hub.inventory.operations.claims_of", _last_only)


def _last_only(changes: Any) -> Any:
    return {(one.sku, one.node_id): (one.reserved, one.floor) for one in changes}


@pytest.fixture
async def unaudited(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with opened(database_url, tmp_path) as world:
        yield world


@pytest.mark.parametrize(
    ("mutate", "check"),
    [
        (without_what_is_kept, surely.units_kept_for_others_are_left),
        (whatever_is_in_force, surely.what_a_plan_rests_on_is_still_in_force),
        (without_counting, surely.units_that_went_are_not_promised),
        (the_last_claim_of_a_row_only, surely.several_who_want_one_row_are_counted_together),
    ],
)
async def test_a_naive_way_to_place_is_noticed(
    unaudited: World, monkeypatch: Patch, mutate: Callable[[Patch], None], check: surely.Check
) -> None:
    mutate(monkeypatch)

    with pytest.raises(AssertionError):
        await check(unaudited)
