"""Decisions and promises as messages."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from google.protobuf.json_format import MessageToDict

from hub.kernel.instant import instant
from hub.kernel.money import Money
from hub.promising.model import (
    ConsideredNodes,
    DeliveryMode,
    ExclusionReason,
    PromiseConfidence,
    PromisedDate,
    PromisedPart,
    PromiseOption,
    PromiseQuote,
)
from hub.sourcing.model import Candidate, Decision, Demand
from hub.sourcing.policy.search import choose
from hub.wire.orders.promising import quote_to_pb
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


def test_a_quote_says_when_goods_leave_and_arrive_and_why_a_node_ships_nothing() -> None:
    dates = PromisedDate(AT, instant("2026-03-11T22:59:59Z"), AT, date(2026, 3, 11), date(2026, 3, 11))
    option = PromiseOption(
        number=1,
        mode=DeliveryMode.NOW,
        service_code="STANDARD",
        parts=(PromisedPart(1, "X", 1, "DC-NL", dates),),
        deliver_from=instant("2026-03-10T23:00:00Z"),
        confidence=PromiseConfidence.HIGH,
        fee=Money(395, "EUR"),
    )
    nodes = ConsideredNodes("STANDARD", ("DC-UK", "ST-BER"), exclusion=ExclusionReason.NO_ROUTE, detail="no lane")

    assert MessageToDict(quote_to_pb(PromiseQuote((("X", 1),), (option,), (nodes,), AT))) == {
        "lines": [{"sku": "X", "quantity": "1"}],
        "options": [
            {
                "number": 1,
                "mode": "DELIVERY_MODE_NOW",
                "serviceCode": "STANDARD",
                "deliverFromTime": "2026-03-10T23:00:00Z",
                "deliverByTime": "2026-03-11T22:59:59Z",
                "orderByTime": "2026-03-10T09:00:00Z",
                "deliveryFee": {"currencyCode": "EUR", "units": "3", "nanos": 950_000_000},
                "confidence": "PROMISE_CONFIDENCE_HIGH",
                "parts": [
                    {
                        "lineNumber": 1,
                        "sku": "X",
                        "quantity": "1",
                        "nodeId": "DC-NL",
                        "shipTime": "2026-03-10T09:00:00Z",
                        "deliverByTime": "2026-03-11T22:59:59Z",
                    }
                ],
            }
        ],
        "nodes": [
            {
                "serviceCode": "STANDARD",
                "nodeIds": ["DC-UK", "ST-BER"],
                "exclusion": "EXCLUSION_REASON_NO_ROUTE",
                "detail": "no lane",
            }
        ],
        "expireTime": "2026-03-10T09:00:00Z",
    }
