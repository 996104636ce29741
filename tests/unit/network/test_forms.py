"""The network in its other forms: as a stored document, as a message, and as a file."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import protovalidate
import pytest
from google.protobuf import json_format

from crossdock.network.v1 import network_pb2
from hub.kernel.errors import InvalidField
from hub.kernel.instant import instant
from hub.network.errors import ConfigurationInvalid
from hub.network.model import (
    ComingNetwork,
    Markdown,
    NodeKind,
    PartnerKind,
    Replacement,
    ReturnTerms,
    ShortagePolicy,
    SourcingPolicy,
    SourcingRule,
    SourcingTrial,
)
from hub.network.model.carriers import Destination
from hub.network.policy import checked, successor, with_trial_stopped
from hub.network.store import document_of, network_of
from hub.rules.cel import Rules
from hub.rules.errors import RuleInvalid
from hub.wire.setup.network import network_from_json, network_from_pb, network_to_pb
from hub.wire.setup.rules import order_vocabulary
from tests.unit.network.networks import a_channel, a_lane, a_network, a_node, euros

NODE = {"kind": "NODE_KIND_STORE", "cutOff": "16:00", "handlingCost": {"currencyCode": "EUR", "units": 1}}
EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "network.json"


def test_a_document_brings_the_network_back() -> None:
    network = a_network(channels=[a_channel(shortage_policy=ShortagePolicy.BACKORDER, hold_rule="true")])
    document = json.loads(json.dumps(document_of(network)))

    assert network_of(document, 3) == a_network(version=3, channels=list(network.channels.values()))


def test_what_is_to_come_comes_back_from_a_document() -> None:
    begin = instant("2026-03-16T00:00:00Z")
    later = Replacement(
        a_network(),
        removed_nodes=frozenset({"ST-OLD"}),
        removed_accounts=frozenset({"old"}),
        removed_channels=frozenset({"WEB-OLD"}),
        overbooked_nodes=frozenset({"DC-NL"}),
    )
    network = a_network(coming=[ComingNetwork(begin, later)])

    assert network_of(json.loads(json.dumps(document_of(network))), 0) == network
    assert "coming" not in document_of(a_network())


@pytest.mark.parametrize(
    "terms",
    [ReturnTerms(Decimal("0.85")), ReturnTerms(Decimal(1), handling_cost=euros("2.25"), currency="GBP")],
    ids=["share only", "all said"],
)
def test_terms_of_return_come_back_from_a_document_and_from_a_message(terms: ReturnTerms) -> None:
    network = a_network(nodes=[a_node(returns=terms), a_node("ST-BER")])

    assert network_of(json.loads(json.dumps(document_of(network))), 0) == network
    assert network_from_pb(network_to_pb(network)) == network


def test_what_nodes_can_do_and_lanes_cause_comes_back_from_a_document_and_from_a_message() -> None:
    able = a_node(skills=frozenset({"HAZMAT", "GIFT_WRAP"}), processing_days={"ENGRAVED": 3})
    lane = a_lane(carbon_grams_per_parcel=120, carbon_grams_per_kg=80)
    network = a_network(nodes=[able, a_node("ST-BER")], lanes=[lane])

    assert network_of(json.loads(json.dumps(document_of(network))), 0) == network
    assert network_from_pb(network_to_pb(network)) == network


def test_a_class_that_a_node_states_twice_is_refused() -> None:
    message = network_to_pb(a_network(nodes=[a_node(processing_days={"ENGRAVED": 3}), a_node("ST-BER")]))
    message.nodes[0].processing_times.add(item_class="ENGRAVED", working_days=4)

    with pytest.raises(InvalidField, match=r"nodes\[0\]\.processing_times\[1\]\.item_class ENGRAVED stands twice"):
        network_from_pb(message)


def test_a_sourcing_policy_comes_back_from_a_document_and_from_a_message() -> None:
    policy = SourcingPolicy(
        split_cost=euros("1.00"),
        pick_cost=euros("0.30"),
        pack_cost=euros("0.40"),
        freight_per_kg=euros("0.90"),
        late_day_cost=euros("0.50"),
        returned_permille=200,
        most_parcels=3,
        rules=(SourcingRule("CENTERS", "node.kind == 'STORE'", "basket.unit_count > 2"), SourcingRule("ALL", "true")),
        carbon_cost_per_kg=euros("0.08"),
        markdowns=(Markdown("DC-NL", "shoes", euros("4.00")), Markdown("ST-BER", "", euros("1.00"))),
        cool_down_seconds=300,
        import_flow="EXPRESS",
        without_import_tax=True,
    )
    network = a_network(channels=[a_channel(sourcing_policy=policy)])

    assert network_of(json.loads(json.dumps(document_of(network))), 0) == network
    assert network_from_pb(network_to_pb(network)) == network


def test_a_sourcing_trial_comes_back_from_a_document_and_from_a_message_that_cannot_stop_it() -> None:
    policy = SourcingPolicy(pick_cost=euros("0.30"), rules=(SourcingRule("ALL", "true"),))
    trial = SourcingTrial("cheaper", policy, 50, 200, 10, 20, 30)
    network = a_network(channels=[a_channel(sourcing_trial=trial)])
    stopped = with_trial_stopped(network, "WEB-NL", "it costs more")

    assert network_of(json.loads(json.dumps(document_of(stopped))), 1) == stopped
    assert network_to_pb(stopped).channels[0].sourcing_trial.stopped_because == "it costs more"
    assert network_from_pb(network_to_pb(stopped)).channels == network.channels
    assert successor(stopped, Replacement(network)) == stopped


def test_a_document_written_before_channels_had_a_sourcing_policy_is_read() -> None:
    document = document_of(a_network())
    for channel in document["channels"]:
        del channel["sourcing_policy"]

    assert network_of(document, 0) == a_network()


def test_a_document_written_before_nodes_took_returns_is_read() -> None:
    document = document_of(a_network())
    for node in document["nodes"]:
        del node["returns"]

    assert network_of(document, 0) == a_network()


def test_what_a_newer_release_wrote_into_a_document_is_passed_over() -> None:
    document = document_of(a_network())
    document["channels"][0]["mood"] = "good"
    document["nodes"][0]["address"]["floor"] = 3

    assert network_of(document, 0) == a_network()


def test_one_content_has_one_document() -> None:
    network = a_network()
    turned = a_network(
        nodes=reversed(list(network.nodes.values())), channels=reversed(list(network.channels.values())), version=9
    )

    assert document_of(turned) == document_of(network)


def test_a_message_brings_the_network_back() -> None:
    assert network_from_pb(network_to_pb(a_network())) == a_network()
    assert network_to_pb(a_network(version=7)).version == 7


def test_what_a_message_does_not_say_has_the_defaults_of_the_contract() -> None:
    network = network_from_json('{"accounts": [{"accountId": "a", "kind": "PARTNER_KIND_TAX"}], "channels": [{}]}')

    assert network.accounts["a"].max_in_flight == 4
    assert network.channels[""].default_service_code == "STANDARD"
    assert network.channels[""].shortage_policy is ShortagePolicy.REFUSE


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ({"nodes": [{"cutOff": "16:00"}]}, "nodes[0].kind"),
        ({"nodes": [{"kind": 99}]}, "nodes[0].kind"),
        ({"nodes": [{"kind": "NODE_KIND_STORE", "cutOff": "16:00:30"}]}, "nodes[0].cut_off"),
        ({"nodes": [{"kind": "NODE_KIND_STORE", "cutOff": "24:00"}]}, "nodes[0].cut_off"),
        ({"nodes": [{"kind": "NODE_KIND_STORE", "cutOff": "16:00"}]}, "nodes[0].handling_cost"),
        (
            {"nodes": [NODE | {"returns": {"sellThrough": "1.5"}}]},
            "nodes[0].returns.sell_through",
        ),
        ({"calendars": [{}, {"holidays": ["2026-01-01", "2026-02-30"]}]}, "calendars[1].holidays[1]"),
        ({"lanes": [{"parcelRate": {"currencyCode": "EUR", "nanos": 1}}]}, "lanes[0].parcel_rate"),
        ({"accounts": [{}]}, "accounts[0].kind"),
        ({"channels": [{"shortagePolicy": 99}]}, "channels[0].shortage_policy"),
        ({"nods": []}, "network"),
    ],
)
def test_what_cannot_be_read_is_named(part: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidField) as refused:
        network_from_json(json.dumps(part))

    assert list(refused.value.metadata) == [field]


def test_an_id_that_stands_twice_in_a_message_is_refused() -> None:
    with pytest.raises(ConfigurationInvalid):
        network_from_pb(network_pb2.Network(calendars=[network_pb2.Calendar(calendar_id="nl")] * 2))


def test_the_example_network_may_be_put_in_force() -> None:
    network = checked(
        network_from_json(EXAMPLE.read_text()), compile_rule=Rules(order_vocabulary()).compile, compile_change_rule=str
    )

    assert {node.kind for node in network.nodes.values()} == set(NodeKind) - {NodeKind.THIRD_PARTY}
    assert network.lane("ST-BER", Destination("US"), "STANDARD") is None
    protovalidate.validate(network_to_pb(network))


@pytest.mark.parametrize(
    ("account_id", "profile"),
    [
        ("shopify-nl", "shopify-web-nl"),
        ("shopify-uk", "shopify-web-uk"),
        ("shopify-sample", "shopify-sample-shop"),
        ("x12-de", "x12-b2b-de"),
        ("x12-mailbox", "x12-mailbox"),
        ("stock-files", "stock-houses"),
        ("stock-sup-it", "stock-sup-it"),
        ("stock-receipts", "stock-receipts"),
    ],
)
def test_the_example_network_holds_the_example_profiles_and_names_their_channel(account_id: str, profile: str) -> None:
    account = network_from_json(EXAMPLE.read_text()).account(account_id)
    stated = json.loads((EXAMPLE.parent / "profiles" / f"{profile}.json").read_text())

    assert account is not None
    used = json.loads(account.profile_json)
    assert used | stated == used
    assert used.keys() - stated.keys() <= {"channel_id"}
    assert account.kind is PartnerKind.WAREHOUSE or used["channel_id"] in {"WEB-NL", "WEB-UK", "B2B-DE"}


def test_the_example_network_with_a_rule_that_does_not_compile_may_not() -> None:
    message = json_format.Parse(EXAMPLE.read_text(), network_pb2.Network())
    message.channels[0].hold_rule = "order.mood == 'bad'"

    with pytest.raises(RuleInvalid, match="mood"):
        checked(network_from_pb(message), compile_rule=Rules(order_vocabulary()).compile, compile_change_rule=str)
