"""What a network must be before it is in force, and who sees what of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hub.kernel.money import Money
from hub.kernel.scope import HUB, Role, Scope
from hub.network.errors import ConfigurationInvalid
from hub.network.model import Calendar, ChangeTerms, Markdown, PartnerKind, ReturnTerms, SourcingPolicy
from hub.network.policy import checked, visible
from hub.network.policy.problems import problems
from tests.unit.network.networks import DE, NL, a_channel, a_lane, a_network, a_node, an_account, euros

ACCOUNTS = list(a_network().accounts.values())
RETURNS = ReturnTerms(Decimal(1), handling_cost=euros("-1"))
POUNDS = ReturnTerms(Decimal(1), handling_cost=Money(1, "GBP"))


def test_a_sound_network_has_no_problems() -> None:
    assert problems(a_network()) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"calendars": [NL, DE, Calendar("none", frozenset())]}, "calendar none has no working weekday"),
        ({"calendars": [NL, DE, Calendar("odd", frozenset({1, 8}))]}, "calendar odd names weekday 8"),
        ({"nodes": [a_node(time_zone="Europe/Atlantis"), a_node("ST-BER")]}, "'Europe/Atlantis'"),
        ({"nodes": [a_node(time_zone="../etc"), a_node("ST-BER")]}, "'../etc'"),
        ({"nodes": [a_node(calendar_id="xx"), a_node("ST-BER")]}, "node DC-NL names calendar 'xx'"),
        ({"nodes": [a_node(handling_cost=euros("-1")), a_node("ST-BER")]}, "handling cost of node DC-NL is negative"),
        ({"nodes": [a_node(handling_cost=Money(1, "GBP")), a_node("ST-BER")]}, "are in EUR, GBP"),
        ({"nodes": [a_node(returns=ReturnTerms(Decimal("1.1"))), a_node("ST-BER")]}, "node DC-NL sells 1.1 of what"),
        ({"nodes": [a_node(returns=RETURNS), a_node("ST-BER")]}, "the cost of a return at node DC-NL is negative"),
        ({"nodes": [a_node(returns=POUNDS), a_node("ST-BER")]}, "are in EUR, GBP"),
        ({"nodes": [a_node(warehouse_account_id="xx"), a_node("ST-BER")]}, "names account 'xx'"),
        ({"nodes": [a_node(warehouse_account_id="web"), a_node("ST-BER")]}, "uses account web as WAREHOUSE"),
        ({"lanes": [a_lane("DC-XX")]}, "lane DC-XX to DE by STANDARD starts at a node that is not there"),
        ({"lanes": [a_lane(calendar_id="xx")]}, "names calendar 'xx'"),
        ({"lanes": [a_lane(transit_days=-1)]}, "negative transit time"),
        ({"lanes": [a_lane(carbon_grams_per_kg=-1)]}, "negative grams of CO2"),
        ({"nodes": [a_node(processing_days={"SLOW": 0}), a_node("ST-BER")]}, "takes 0 days for SLOW; state 1 to 120"),
        ({"lanes": [a_lane(parcel_rate=euros("-1"))]}, "the rate of lane DC-NL to DE by STANDARD is negative"),
        ({"lanes": [a_lane(transport_account_id="wms")]}, "uses account wms as TRANSPORT"),
        ({"channels": [a_channel(node_ids=frozenset({"DC-XX"}))]}, "ships from node 'DC-XX'"),
        ({"channels": [a_channel(payment_account_id="xx")]}, "channel WEB-NL names account 'xx'"),
        ({"channels": [a_channel(stock_buffer=-1)]}, "negative stock buffer"),
        (
            {"channels": [a_channel(sourcing_policy=SourcingPolicy(markdowns=(Markdown("DC-X", "", euros("1")),)))]},
            "channel WEB-NL has a markdown at DC-X, which is no node of the network",
        ),
        (
            {"channels": [a_channel(sourcing_policy=SourcingPolicy(pick_cost=euros("-1")))]},
            "a sourcing policy with a negative cost",
        ),
        ({"accounts": [*ACCOUNTS, an_account("x", PartnerKind.TAX, max_in_flight=0)]}, "0 calls in flight"),
        (
            {"accounts": [*ACCOUNTS, an_account("x", PartnerKind.TAX, poll_interval_seconds=-1)]},
            "negative poll interval",
        ),
        ({"accounts": [*ACCOUNTS, an_account("x", PartnerKind.TAX, profile_json="[]")]}, "is not a JSON object"),
        ({"accounts": [*ACCOUNTS, an_account("x", PartnerKind.TAX, profile_json="{")]}, "is not a JSON object"),
        ({"accounts": [*ACCOUNTS, an_account("x", PartnerKind.TAX, profile_json="[" * 10**5)]}, "is not a JSON object"),
        (
            {"accounts": [*ACCOUNTS, an_account("x", PartnerKind.TAX, profile_json='{"api_key": "k1"}')]},
            "the profile of account x states api_key itself",
        ),
        (
            {
                "accounts": [
                    *ACCOUNTS,
                    an_account("x", PartnerKind.TAX, profile_json='{"b": [{"Sftp-Password": "k1"}]}'),
                ]
            },
            "states b[0].Sftp-Password itself",
        ),
    ],
)
def test_a_contradiction_is_named(changes: dict[str, Any], said: str) -> None:
    found = problems(a_network(**changes))

    assert len(found) == 1
    assert said in found[0]


def test_all_problems_are_said_at_once() -> None:
    with pytest.raises(ConfigurationInvalid) as refused:
        checked(a_network(lanes=[a_lane("DC-XX", transit_days=-1)]), compile_rule=str, compile_change_rule=str)

    assert len(refused.value.problems) == 2


def test_only_rules_that_there_are_get_compiled() -> None:
    compiled: list[str] = []
    changes: list[str] = []
    terms = ChangeTerms(customer_rule="change.added_units == 0")
    network = a_network(channels=[a_channel(), a_channel("B2B", hold_rule="order.unit_count > 9", change_terms=terms)])

    assert checked(network, compile_rule=compiled.append, compile_change_rule=changes.append) is network
    assert compiled == ["order.unit_count > 9"]
    assert changes == ["change.added_units == 0"]


def test_the_hub_sees_all_of_the_network() -> None:
    assert visible(a_network(), HUB) == a_network()


def test_what_is_out_of_scope_is_left_out() -> None:
    seen = visible(
        a_network(),
        Scope("shop", frozenset({Role.CHANNEL}), channels=frozenset({"WEB-DE"}), nodes=frozenset({"ST-BER"})),
    )

    assert list(seen.channels) == ["WEB-DE"]
    assert list(seen.nodes) == ["ST-BER"]
    assert [lane.from_node_id for lane in seen.lanes.values()] == ["ST-BER"]


def test_channels_of_other_sellers_are_left_out() -> None:
    seen = visible(a_network(), Scope("seller", frozenset({Role.VIEWER}), sellers=frozenset({"OTHER"})))

    assert not seen.channels
    assert len(seen.nodes) == 2


def test_a_profile_refers_to_secrets_and_names_others_freely() -> None:
    profile = '{"password": "env:ERP_PASSWORD", "oauth_token": "file:/run/t", "token": "", "token_attribute": "x"}'

    assert problems(a_network(accounts=[*ACCOUNTS, an_account("x", PartnerKind.TAX, profile_json=profile)])) == []


def test_the_refusal_of_a_secret_does_not_repeat_it() -> None:
    (found,) = problems(
        a_network(accounts=[*ACCOUNTS, an_account("x", PartnerKind.TAX, profile_json='{"secret": "hush"}')])
    )

    assert "hush" not in found
    assert "env:NAME or file:PATH" in found
