"""Each check of lanes, claims, the feed and deliveries goes red on a naive variant of what it checks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from msgspec.structs import replace

from hub.connect import batches
from hub.connect.failures import CallFailure
from hub.database.pool import Database
from hub.outbox.errors import CursorInvalid
from hub.outbox.store import claims, events, messages
from hub.work import applying, deliveries
from tests.rows.outbox import checks as outbox_checks
from tests.rows.work import checks as work_checks

Check = Callable[[Database], Awaitable[None]]


@dataclass(frozen=True)
class Mutant:
    """A naive variant: what stands in the place of what, and the checks that must notice."""

    module: Any
    name: str
    mutate: Callable[[Any], Any]
    checks: tuple[Check, ...]


def without(text: str, instead: str = "") -> Callable[[str], str]:
    """A statement with a part of it replaced; the part must be there."""

    def mutate(sql: str) -> str:
        assert text in sql
        return sql.replace(text, instead)

    return mutate


def blind(attempt: Any) -> Any:
    """An attempt that sends whatever is known of the one before."""

    async def naive(call: Any, claim: Any, *rest: Any) -> Any:
        return await attempt(call, replace(claim, unknown=False), *rest)

    return naive


def all_together(_: Any) -> Any:
    """A batch that fails as a whole."""

    async def naive(self: Any, pieces: Any, apply: Any, at: Any, error: Exception) -> Any:
        return [(piece, error) for piece in pieces]

    return naive


def by_message(hold: Any) -> Any:
    """A hold that counts every claim on a message that is held under one of them."""

    async def naive(tx: Any, given: Any) -> Any:
        held = {message_id for message_id, _ in await hold(tx, given)}
        return {claim.key for claim in given if claim.message.message_id in held}

    return naive


LANE_RULE = """            AND NOT EXISTS (
                SELECT FROM message AS older WHERE older.lane = candidate.lane
                    AND older.lane_number < candidate.lane_number AND older.state <> 'SETTLED'
            )
"""

MUTANTS: dict[str, Mutant] = {
    "a claim without the lane rule": Mutant(
        claims,
        "_CLAIM",
        without(LANE_RULE),
        (
            outbox_checks.a_cancel_waits_for_its_release,
            work_checks.a_cancel_never_overtakes_its_release,
            work_checks.a_batch_has_one_message_of_a_lane,
        ),
    ),
    "a batch that is repeated one by one whatever became of it": Mutant(
        batches, "NeverAccepted", lambda _: CallFailure, (work_checks.a_lost_batch_is_asked_for_not_repeated,)
    ),
    "a lane rule that forgets messages put off": Mutant(
        claims,
        "_CLAIM",
        without("AND older.state <> 'SETTLED'", "AND older.state <> 'SETTLED' AND older.not_before IS NULL"),
        (outbox_checks.a_cancel_waits_for_its_release, work_checks.a_cancel_never_overtakes_its_release),
    ),
    "a lane rule that forgets messages whose answers gather": Mutant(
        claims,
        "_CLAIM",
        without("AND older.state <> 'SETTLED'", "AND older.state <> 'SETTLED' AND older.leased_until IS NULL"),
        (work_checks.a_lane_waits_while_its_answer_gathers,),
    ),
    "a worker that lets messages go whose answers gather": Mutant(
        deliveries.Deliveries,
        "_waits",
        lambda _: lambda *_: False,
        (work_checks.an_answer_that_gathers_stays_held,),
    ),
    "a hold by message instead of by claim": Mutant(
        claims,
        "hold",
        by_message,
        (work_checks.an_answer_under_a_lost_claim_is_not_taken_beside_the_one_that_holds,),
    ),
    "a claim without ceilings": Mutant(
        claims,
        "_CLAIM",
        without("LIMIT least(greatest(room.free, 0), %(limit)s)", "LIMIT 1000"),
        (outbox_checks.a_dead_account_delays_no_other,),
    ),
    "a claim that takes a lost call for one never made": Mutant(
        claims,
        "_CLAIM",
        without("message.unknown OR message.leased_until IS NOT NULL", "message.unknown"),
        (
            outbox_checks.a_lost_holder_leaves_an_unknown_outcome,
            work_checks.a_call_of_a_worker_that_died_is_asked_for_first,
        ),
    ),
    "a settlement without the fence": Mutant(
        messages,
        "_SETTLE",
        without("AND message.fence = given.fence"),
        (outbox_checks.an_expired_claim_settles_nothing,),
    ),
    "positions in the order of writing": Mutant(
        events,
        "_GIVE",
        without("position = last.position + numbered.number", "position = event.written"),
        (outbox_checks.late_commits_are_not_skipped,),
    ),
    "an unknown outcome sent again": Mutant(
        deliveries, "attempt", blind, (work_checks.an_unknown_outcome_is_asked_for_not_repeated,)
    ),
    "a batch that fails as a whole": Mutant(
        applying.Applying,
        "_halves",
        all_together,
        (work_checks.one_bad_element_fails_alone, work_checks.one_bad_answer_fails_alone),
    ),
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
    database: Database, monkeypatch: pytest.MonkeyPatch, name: str, check: Check
) -> None:
    mutant = MUTANTS[name]
    monkeypatch.setattr(mutant.module, mutant.name, mutant.mutate(getattr(mutant.module, mutant.name)))

    with pytest.raises((AssertionError, CursorInvalid)):
        await check(database)
