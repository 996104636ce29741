"""Rules on which nodes may ship what: refused with the field that is wrong, and asked as seldom as may be."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from hub.catalog.model import Item
from hub.kernel.money import Money
from hub.network.model import Network, SourcingPolicy, SourcingRule
from hub.network.model.carriers import Destination
from hub.rules.cel import Rules
from hub.rules.errors import RuleInvalid
from hub.sourcing.model import Demand
from hub.sourcing.policy.eligibility import NodeRules, basket_facts
from hub.wire.setup.rules import basket_vocabulary, node_vocabulary
from tests.unit.network.networks import a_channel, a_network

STORES = SourcingRule("STORES", "node.kind == 'STORE'")


def rules() -> NodeRules:
    return NodeRules(Rules(basket_vocabulary()), Rules(node_vocabulary()))


def ruled(*of_channel: SourcingRule) -> Network:
    return a_network(channels=[a_channel(sourcing_policy=SourcingPolicy(rules=of_channel))])


def unasked() -> Mapping[str, object]:
    raise AssertionError("no rule asks what is to ship")


@pytest.mark.parametrize(
    ("rule", "field", "said"),
    [
        (SourcingRule("R", "node.kind =="), "rules[0].nodes", "does not compile"),
        (SourcingRule("R", "node.mood == 'bad'"), "rules[0].nodes", "undefined field 'mood'"),
        (SourcingRule("R", "node.kind"), "rules[0].nodes", "returns STRING"),
        (SourcingRule("R", "true", "basket.mood"), "rules[0].when", "undefined field 'mood'"),
        (SourcingRule("R", "true", "node.kind == 'STORE'"), "rules[0].when", "undeclared reference to 'node.kind'"),
        (
            SourcingRule("R", "true", "basket.items.exists(i, i.attributes.exists(k, k == 'x'))"),
            "rules[0].when",
            "has a loop in the body",
        ),
        (
            SourcingRule("R", "true", "basket.items.exists(i, size(i.attributes) > 1)"),
            "rules[0].when",
            "handles all of `attributes` in a loop",
        ),
        (SourcingRule("R", "node.kind == 'SUPPLIER'"), "rules[0].nodes", "none of the nodes of WEB-NL: DC-NL, ST-BER"),
    ],
)
def test_a_rule_that_cannot_count_is_refused_with_its_field(rule: SourcingRule, field: str, said: str) -> None:
    with pytest.raises(RuleInvalid) as refused:
        rules().check(ruled(rule))

    assert said in refused.value.message
    assert refused.value.metadata == {"field": f"channels[0].sourcing_policy.{field}", "rule_id": "R"}


def test_two_rules_of_a_channel_do_not_share_a_name() -> None:
    with pytest.raises(RuleInvalid) as refused:
        rules().check(ruled(STORES, STORES))

    assert refused.value.metadata["field"] == "channels[0].sourcing_policy.rules[1].rule_id"


def test_a_node_is_excluded_by_each_rule_that_says_so() -> None:
    network = ruled(STORES, SourcingRule("DUTCH", "node.country_code == 'FR'"), SourcingRule("ALL", "true"))
    (channel,) = network.channels.values()

    assert rules().excluded(network, channel, unasked) == {"DC-NL": ("STORES", "DUTCH"), "ST-BER": ("DUTCH",)}


def test_nodes_are_asked_anew_in_another_network() -> None:
    known = rules()
    for network, excluded in (
        (ruled(STORES), {"DC-NL"}),
        (a_network(nodes=[], channels=ruled(STORES).channels.values()), set()),
    ):
        (channel,) = network.channels.values()
        assert known.excluded(network, channel, unasked).keys() == excluded


def test_what_is_to_ship_has_a_worth_only_in_currencies_in_which_each_item_has_a_price() -> None:
    items = {
        "X": Item("X", prices={"EUR": Money(500, "EUR"), "GBP": Money(400, "GBP")}),
        "Y": Item("Y", prices={"EUR": Money(150, "EUR")}, attributes={"brand": "ACME"}),
    }
    demands = [Demand(1, "X", 2), Demand(2, "Y", 1)]

    facts = basket_facts(a_channel(), Destination("NL", "RANDSTAD"), "STANDARD", "VIP", demands, items)

    assert (facts["worth_minor"], facts["unit_count"], facts["zone_id"]) == ({"EUR": 1_150}, 3, "RANDSTAD")
    acme = Rules(basket_vocabulary()).compile("basket.items.exists(i, i.attributes['brand'] == 'ACME')")
    assert acme.evaluate(facts, undecided=False)
