"""Decisions and promises as messages."""

from __future__ import annotations

from uuid import UUID

from google.protobuf.json_format import MessageToDict

from hub.kernel.instant import instant
from hub.kernel.money import Money
from hub.promising.model import Promise, PromisedDate
from hub.sourcing.model import Candidate, Decision, Demand
from hub.sourcing.policy.search import choose
from hub.wire.orders.promising import promise_to_pb
from hub.wire.orders.sourcing import decision_to_pb

AT = instant("2026-03-10T09:00:00Z")


def test_a_decision_says_what_it_rests_on() -> None:
    plan = choose(
        [Demand(1, "X", 3)],
        [Candidate("DC-NL", {"X": 2}, Money(645, "EUR"))],
        excluded={"DC-UK": "no lane"},
        node_budget=9,
    )

    message = MessageToDict(decision_to_pb(Decision(UUID(int=1), UUID(int=2), AT, "search/1 network/3", plan)))

    cost = {"currencyCode": "EUR", "units": "6", "nanos": 450_000_000}
    assert message == {
        "decideTime": "2026-03-10T09:00:00Z",
        "policyVersion": "search/1 network/3",
        "candidates": [
            {"nodeId": "DC-NL", "coverableQuantity": "2", "cost": cost},
            {"nodeId": "DC-UK", "excludedBecause": "no lane"},
        ],
        "assignments": [{"lineNumber": 1, "nodeId": "DC-NL", "quantity": "2"}, {"lineNumber": 1, "quantity": "1"}],
        "cost": cost,
        "explanation": plan.explanation,
    }


def test_a_promise_without_stock_names_no_node_and_no_time() -> None:
    assert MessageToDict(promise_to_pb(Promise("X", 1))) == {"sku": "X", "quantity": "1"}


def test_a_promise_says_when_goods_leave_and_arrive() -> None:
    dates = PromisedDate(AT, instant("2026-03-11T22:59:59Z"))

    assert MessageToDict(promise_to_pb(Promise("X", 1, "DC-NL", dates))) == {
        "sku": "X",
        "quantity": "1",
        "nodeId": "DC-NL",
        "shipTime": "2026-03-10T09:00:00Z",
        "deliverByTime": "2026-03-11T22:59:59Z",
    }
