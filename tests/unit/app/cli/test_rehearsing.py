"""Rehearsals on the command line: on invented demand, without a hub."""

from __future__ import annotations

from pathlib import Path

from google.protobuf.timestamp_pb2 import Timestamp
from google.type.money_pb2 import Money

from crossdock.admin.v1 import admin_pb2
from crossdock.orders.v1 import order_service_pb2, orders_pb2
from crossdock.sourcing.v1 import sourcing_pb2 as pb
from tests.unit.app.cli.pretend import Crossdock, PretendHub

SMALL = ("rehearse", "--simulate", "--seed", "2", "--share", "0.01")


def test_ways_to_source_are_compared_without_a_hub(crossdock: Crossdock) -> None:
    figures = crossdock(*SMALL, "--json").json()

    assert figures["hindsight"] <= min(figures["centers_first"], figures["least_cost"], figures["with_values"])
    assert figures["saving"] == round(1 - figures["with_values"] / figures["centers_first"], 4)


def test_the_comparison_is_a_table_with_a_sentence(crossdock: Crossdock) -> None:
    printed = crossdock(*SMALL)

    assert "hindsight (bound)" in printed.out
    assert "of the gap between least cost and hindsight" in printed.out


def test_without_a_policy_or_invented_demand_the_command_says_what_is_missing(crossdock: Crossdock) -> None:
    assert crossdock("rehearse").code == 2


def test_a_policy_is_compared_with_what_was_decided_for_the_orders_of_the_last_days(
    hub: PretendHub, crossdock: Crossdock, tmp_path: Path
) -> None:
    hub.answers["AdminService.GetStatus"] = admin_pb2.GetStatusResponse(business_time=Timestamp(seconds=1_000_000))
    listed = [orders_pb2.Order(order_id=order_id) for order_id in ("1", "2", "3")]
    hub.answers["OrderService.ListOrders"] = order_service_pb2.ListOrdersResponse(orders=listed)
    hub.answers["SourcingService.ExplainDecision"] = explained
    file = tmp_path / "policy.json"
    file.write_text('{"splitCost": {"currencyCode": "EUR", "units": 2}}')

    figures = crossdock("rehearse", str(file), "--channel", "WEB-NL", "--days", "2", "--json").json()
    table = crossdock("rehearse", str(file)).out

    assert figures["orders"] == 3
    assert figures["decided"] == {
        "parcels": 4,
        "split_orders": 2,
        "waiting_units": 0,
        "parcel_cost": 1_200,
        "cost": 1_200,
        "currency": "EUR",
    }
    assert figures["rehearsed"] == {
        "parcels": 2,
        "split_orders": 0,
        "waiting_units": 2,
        "parcel_cost": 1_800,
        "cost": 2_000,
        "currency": "EUR",
    }
    assert "18.00 EUR" in table
    request = hub.requests("OrderService.ListOrders")[0]
    assert (request.channel_id, request.placed_since_time.seconds) == ("WEB-NL", 1_000_000 - 2 * 86_400)
    assert hub.requests("SourcingService.ExplainDecision")[0].policy.split_cost.units == 2


def explained(request: pb.ExplainDecisionRequest) -> pb.ExplainDecisionResponse:
    """Two orders that were split over A and B and would ship one unit of two from C; none was decided for the third."""
    if request.order_id == "3":
        return pb.ExplainDecisionResponse()
    decision = decided({"A": 3, "B": 3}, {"A": 1, "B": 1}, 6)
    return pb.ExplainDecisionResponse(decision=decision, assumed=decided({"C": 9}, {"C": 1, "": 1}, 10))


def decided(parcels: dict[str, int], ships: dict[str, int], cost: int) -> pb.Decision:
    return pb.Decision(
        candidates=[
            pb.Candidate(node_id=node_id, cost=Money(currency_code="EUR", units=units))
            for node_id, units in parcels.items()
        ],
        assignments=[pb.Assignment(line_number=1, node_id=node_id, quantity=units) for node_id, units in ships.items()],
        cost=Money(currency_code="EUR", units=cost),
    )
