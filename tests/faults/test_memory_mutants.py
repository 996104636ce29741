"""Each check of availability in memory goes red on a naive variant of what it checks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from msgspec.structs import replace

from hub.app.runtime.availability_follower import Follower
from hub.availability.policy.board import Board
from hub.database.pool import Database
from hub.inventory import operations as inventory
from hub.inventory.store import changes
from tests.faults.test_outbox_mutants import Mutant, without
from tests.rows.availability import checks


def starting_over(_: Any) -> Any:
    """A reader that goes on from now when it was cut off."""
    follow_by = Follower._follow_by

    async def naive(self: Any, listener: Any) -> None:
        if self._loaded.is_set():
            self.board.cut = await inventory.cut(listener.tx)
        await follow_by(self, listener)

    return naive


def trusting(after: Any) -> Any:
    """A reader that takes the feed for complete."""

    async def naive(*given: Any) -> Any:
        return replace(await after(*given), complete=True)

    return naive


def adding_to_counts(apply: Any) -> Any:
    """A board that adds what was noted of nodes that were counted in the same look."""

    def naive(self: Any, news: Any, recounted: Any = None) -> None:
        apply(self, news, recounted)
        counted = {node_id for one in news.changes for node_id in one.recounted}
        for change in news.changes:
            for sku, node_id, units in change.deltas:
                if node_id in counted:
                    self._spare[sku][node_id] += units

    return naive


ONLY_LATER = "AND stock_change.number >= pg_snapshot_xmax(%(snapshot)s::pg_snapshot)"

MUTANTS: dict[str, Mutant] = {
    "following by number only": Mutant(
        changes,
        "_AFTER",
        without("AND NOT pg_visible_in_snapshot(stock_change.number, %(snapshot)s::pg_snapshot)", ONLY_LATER),
        (checks.what_commits_late_is_not_missed,),
    ),
    "reading again from the horizon": Mutant(
        changes,
        "_AFTER",
        without("AND NOT pg_visible_in_snapshot(stock_change.number, %(snapshot)s::pg_snapshot)"),
        (checks.what_commits_late_is_not_missed,),
    ),
    "going on from now after a lost connection": Mutant(
        Follower, "_follow_by", starting_over, (checks.a_lost_connection_loses_nothing,)
    ),
    "taking a forgotten feed for complete": Mutant(
        inventory, "after", trusting, (checks.who_was_away_too_long_loads_anew,)
    ),
    "adding to counts what they count": Mutant(Board, "apply", adding_to_counts, (checks.a_count_is_taken_whole,)),
}


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url, max_connections=6) as database:
        yield database


@pytest.mark.parametrize(
    ("name", "check"),
    [pytest.param(name, check, id=f"{name}-{check.__name__}") for name, one in MUTANTS.items() for check in one.checks],
)
async def test_a_naive_variant_is_noticed(
    database: Database, monkeypatch: pytest.MonkeyPatch, name: str, check: Any
) -> None:
    mutant = MUTANTS[name]
    monkeypatch.setattr(mutant.module, mutant.name, mutant.mutate(getattr(mutant.module, mutant.name)))

    with pytest.raises(AssertionError):
        await check(database)
