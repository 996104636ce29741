"""Decisions are kept with their reasons."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from msgspec.structs import replace

from hub.database.pool import Database
from hub.kernel.instant import instant
from hub.kernel.money import Money
from hub.network.model import Markdown, SourcingPolicy, SourcingRule
from hub.sourcing import operations
from hub.sourcing.model import Candidate, Decision, Demand
from hub.sourcing.policy.costs import unit_terms
from hub.sourcing.policy.search import choose

AT = instant("2026-03-10T10:00:00Z")
ORDER, OTHER_ORDER = UUID(int=1), UUID(int=2)
PLAN = choose(
    [Demand(1, "X", 12)],
    [Candidate("DC-NL", {"X": 7}, Money(645, "EUR")), Candidate("ST-BER", {"X": 3}, Money(1050, "EUR"))],
    excluded={"DC-UK": "no STANDARD lane to NL"},
    node_budget=1_000,
)
FIRST = Decision(UUID(int=11), ORDER, AT, "search/1 network/3", PLAN)
LATER = Decision(
    UUID(int=10),
    ORDER,
    AT + timedelta(minutes=5),
    "search/1 network/3",
    choose([Demand(1, "X", 2)], [], excluded={}, node_budget=1),
)


async def test_decisions_come_back_oldest_first_with_all_they_rest_on(database_url: str) -> None:
    async with Database(database_url) as database, database.transaction() as tx:
        await operations.record(tx, [LATER, FIRST, replace(FIRST, decision_id=UUID(int=12), order_id=OTHER_ORDER)])

        first = await operations.of_order(tx, ORDER, after=None, size=1)
        rest = await operations.of_order(tx, ORDER, after=(FIRST.decided_at, FIRST.decision_id), size=9)
        assert (first, rest) == ([FIRST], [LATER])
        assert await operations.of_order(tx, UUID(int=3), after=None, size=9) == []


async def test_the_last_decision_comes_back_with_its_terms_and_its_policy(database_url: str) -> None:
    rules = (SourcingRule("CENTERS", "node.kind == 'DISTRIBUTION_CENTER'"),)
    policy = SourcingPolicy(
        split_cost=Money(100, "EUR"),
        pick_cost=Money(30, "EUR"),
        most_parcels=2,
        rules=rules,
        markdowns=(Markdown("ST-BER", "shoes", Money(400, "EUR")),),
    )
    terms = dict.fromkeys("XY", unit_terms(policy))
    candidates = [
        Candidate("DC-NL", {"X": 7, "Y": 1}, Money(645, "EUR"), {"packing": 5_000}, terms),
        Candidate("ST-BER", {"X": 3}, Money(1050, "EUR"), {}, terms),
    ]
    demands = [Demand(1, "X", 9), Demand(2, "Y", 2)]
    plan = choose(demands, candidates, excluded={}, node_budget=1_000, policy=policy)
    last = replace(LATER, plan=replace(plan, gap=Money(3, "EUR")))
    async with Database(database_url) as database, database.transaction() as tx:
        await operations.record(tx, [last, FIRST])

        assert await operations.last_of_order(tx, ORDER) == last
        assert await operations.last_of_order(tx, OTHER_ORDER) is None


async def test_a_decision_recorded_again_stays_as_it_was(database_url: str) -> None:
    async with Database(database_url) as database, database.transaction() as tx:
        await operations.record(tx, [FIRST])

        await operations.record(tx, [replace(FIRST, policy_version="search/2")])

        assert await operations.of_order(tx, ORDER, after=None, size=9) == [FIRST]
