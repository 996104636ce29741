"""Why an order ships from where it does, on the command line."""

from __future__ import annotations

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.money_pb2 import Money

from crossdock.sourcing.v1 import sourcing_pb2 as pb
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ORDER = "01a204dc-af31-70aa-acb0-4c71b22f38d5"
DECISION = pb.Decision(
    decide_time=Timestamp(seconds=1_794_902_400),
    policy_version="least-cost/1 network/3",
    candidates=[
        pb.Candidate(node_id="DC-NL", coverable_quantity=2, cost=Money(currency_code="EUR", units=6)),
        pb.Candidate(node_id="DC-UK", excluded_because="no STANDARD lane to NL"),
    ],
    assignments=[pb.Assignment(line_number=1, node_id="DC-NL", quantity=2)],
    cost=Money(currency_code="EUR", units=6),
    explanation="DC-NL ships 2 units.",
)
ASSUMED = pb.Decision(explanation="ST-AMS ships 2 units.")


def test_the_decisions_of_an_order_are_listed(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["SourcingService.ListDecisions"] = pb.ListDecisionsResponse(decisions=[DECISION])

    printed = crossdock("source", ORDER)

    assert "DC-NL ships 2 units." in printed.out
    assert hub.requests("SourcingService.ListDecisions")[0].order_id == ORDER


def test_a_decision_is_explained_with_what_it_would_have_been(hub: PretendHub, crossdock: Crossdock) -> None:
    answer = pb.ExplainDecisionResponse(decision=DECISION, assumed=ASSUMED)
    hub.answers["SourcingService.ExplainDecision"] = answer

    printed = crossdock("source", "--explain", ORDER, "--more", "ST-AMS:A:B:2", "--closed", "DC-NL")

    assert "no STANDARD lane to NL" in printed.out
    assert "Under the assumptions: ST-AMS ships 2 units." in printed.out
    (request,) = hub.requests("SourcingService.ExplainDecision")
    assert request == pb.ExplainDecisionRequest(
        order_id=ORDER,
        more_stock=[pb.StockAssumption(node_id="ST-AMS", sku="A:B", quantity=2)],
        closed_node_ids=["DC-NL"],
    )


def test_an_order_without_a_decision_says_so(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["SourcingService.ExplainDecision"] = pb.ExplainDecisionResponse()

    assert "Nothing was decided" in crossdock("source", ORDER, "--explain").out


@pytest.mark.parametrize("text", ["ST-AMS", "ST-AMS:X", "ST-AMS:X:0", "ST-AMS:X:-1", ":X:1"])
def test_what_is_no_assumption_is_refused(crossdock: Crossdock, text: str) -> None:
    assert crossdock("source", ORDER, "--more", text).code == 2
