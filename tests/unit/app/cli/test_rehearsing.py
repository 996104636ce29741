"""Rehearsals on the command line: on invented demand, without a hub."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from google.protobuf.timestamp_pb2 import Timestamp
from google.type.money_pb2 import Money

from crossdock.admin.v1 import admin_pb2
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


def test_the_comparison_is_drawn(crossdock: Crossdock, tmp_path: Path) -> None:
    file = tmp_path / "ways.svg"

    crossdock(*SMALL, "--plot", str(file))

    drawn = file.read_text()
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    assert "least cost with values" in drawn
    assert drawn.count('height="11"') == 4 + 4 * 3  # cost of hindsight too


def test_a_policy_is_compared_with_what_was_decided_for_the_orders_of_the_last_days(
    hub: PretendHub, crossdock: Crossdock, tmp_path: Path
) -> None:
    hub.answers["AdminService.GetStatus"] = admin_pb2.GetStatusResponse(business_time=Timestamp(seconds=1_000_000))
    hub.answers["SourcingService.RehearsePolicy"] = replayed
    file, plot = tmp_path / "policy.json", tmp_path / "policy.svg"
    file.write_text('{"splitCost": {"currencyCode": "EUR", "units": 2}}')
    asked = ("rehearse", str(file), "--channel", "WEB-NL", "--days", "2", "--plot", str(plot))

    figures = crossdock(*asked, "--json").json()
    table = crossdock(*asked).out

    assert figures["decided"] == {
        "orders": 80,
        "cost": 100_000,
        "currency": "EUR",
        "parcel_count": 100,
        "split_order_count": 20,
        "late_order_count": 0,
        "waiting_quantity": 0,
        "carbon_grams": 5_000,
        "limited_parcels": 100,
        "parcels_over_capacity": 15,
        "busiest_percent": 120,
        "parcels_by_node": {"A": 100},
    }
    assert (figures["rehearsed"]["cost"], figures["rehearsed"]["parcels_over_capacity"]) == (90_000, 0)
    assert (
        "By it 80 orders would cost 100.00 EUR less (10.0%); 20 parcels less; 20 orders in several parcels less;"
        " 4 orders later than they could be more; 1000 grams of CO2 less; 15 parcels over a node's limit less."
    ) in table
    rows = {" ".join(line.split()) for line in table.splitlines()}
    assert f"cost 1000.00 EUR 900.00 EUR {'█' * 20} {'█' * 18}" in rows
    assert f"busiest day of a node, % of limit 120 53 {'█' * 20} {'█' * 8}" in rows
    assert "WEB-NL: 80 orders of 2 days" in (ElementTree.fromstring(plot.read_text())[1].text or "")
    first, second = hub.requests("SourcingService.RehearsePolicy")[:2]
    assert (first.channel_id, first.placed_since_time.seconds) == ("WEB-NL", 1_000_000 - 2 * 86_400)
    assert (first.policy.split_cost.units, first.page.page_token, second.page.page_token) == (2, "", "next")


def test_no_more_orders_are_replayed_than_asked_for(hub: PretendHub, crossdock: Crossdock, tmp_path: Path) -> None:
    hub.answers["AdminService.GetStatus"] = admin_pb2.GetStatusResponse(business_time=Timestamp(seconds=1_000_000))
    hub.answers["SourcingService.RehearsePolicy"] = lambda _: pb.RehearsePolicyResponse(next_page_token="next")
    file = tmp_path / "policy.json"
    file.write_text("{}")

    crossdock("rehearse", str(file), "--channel", "WEB-NL", "--limit", "70")

    assert [one.page.page_size for one in hub.requests("SourcingService.RehearsePolicy")] == [50, 20]


def test_the_channel_is_named_and_a_picture_goes_where_it_can_be_written(
    hub: PretendHub, crossdock: Crossdock, tmp_path: Path
) -> None:
    hub.answers["AdminService.GetStatus"] = admin_pb2.GetStatusResponse(business_time=Timestamp(seconds=1_000_000))
    hub.answers["SourcingService.RehearsePolicy"] = replayed
    file = tmp_path / "policy.json"
    file.write_text("{}")

    nameless = crossdock("rehearse", str(file))
    nowhere = crossdock("rehearse", str(file), "--channel", "WEB-NL", "--plot", str(tmp_path / "no" / "where.svg"))

    assert (nameless.code, nowhere.code) == (2, 2)
    assert "--channel" in nameless.err
    assert "cannot be written" in nowhere.err


def replayed(request: pb.RehearsePolicyRequest) -> pb.RehearsePolicyResponse:
    """Two pages of 40 orders: those of the second leave on the day of the first, and on the next."""
    last = bool(request.page.page_token)
    days = [("2026-11-17", 50, 40), ("2026-11-18", 5, 0)] if last else [("2026-11-17", 40, 40), ("2026-11-18", 5, 0)]
    return pb.RehearsePolicyResponse(
        decided=shipped(parcels=50, split=10, cost=500, carbon=2_500),
        rehearsed=shipped(parcels=40, late=2, cost=450, carbon=2_000),
        node_days=[
            pb.NodeDay(
                node_id="A", day=day, daily_capacity=75, decided_parcel_count=was, rehearsed_parcel_count=then // 2
            )
            for day, was, then in days
        ],
        next_page_token="" if last else "next",
    )


def shipped(*, parcels: int, cost: int, carbon: int, split: int = 0, late: int = 0) -> pb.ShippedFigures:
    return pb.ShippedFigures(
        order_count=40,
        parcel_count=parcels,
        split_order_count=split,
        late_order_count=late,
        cost=Money(currency_code="EUR", units=cost),
        carbon_grams=carbon,
        parcel_count_by_node={"A": parcels},
    )
