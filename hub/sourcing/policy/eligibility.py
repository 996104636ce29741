"""Which nodes may ship what, by the rules of channels: limits, whatever a plan costs.

A rule has two questions, each in CEL: whether it counts for what is to ship, and which nodes may ship that. So nodes
are asked once for each version of the network, and what is to ship once for each plan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hub.availability.policy.judging import item_facts, node_facts
from hub.catalog.model import Item
from hub.network.model import Channel, Network, SourcingPolicy, SourcingRule
from hub.network.model.carriers import Destination
from hub.rules.cel import Rule, Rules
from hub.rules.errors import RuleInvalid
from hub.sourcing.model import Demand

Facts = Mapping[str, object]


class NodeRules:
    """Compiles sourcing rules, each text once, and says which nodes they keep from shipping."""

    def __init__(self, baskets: Rules, nodes: Rules) -> None:
        """`baskets` compiles questions about what is to ship, `nodes` those about nodes."""
        self._baskets = baskets
        self._nodes = nodes
        self._network: Network | None = None
        self._eligible: dict[str, frozenset[str]] = {}

    def check(self, network: Network) -> None:
        """Raise RuleInvalid, naming the field, where a rule does not compile or leaves its channel no node."""
        for number, channel in enumerate(network.channels.values()):
            self._check(network, channel, channel.sourcing_policy, f"channels[{number}].sourcing_policy")
            if channel.sourcing_trial is not None:
                tried = channel.sourcing_trial.policy
                self._check(network, channel, tried, f"channels[{number}].sourcing_trial.policy")

    def _check(self, network: Network, channel: Channel, policy: SourcingPolicy, at: str) -> None:
        names = set[str]()
        for place, rule in enumerate(policy.rules):
            field = f"{at}.rules[{place}]"
            if rule.rule_id in names:
                raise _invalid(field, rule, f"{field}.rule_id", "Its name stands twice; give each rule its own.")
            names.add(rule.rule_id)
            if rule.when:
                _compiled(self._baskets.compile, rule.when, rule, f"{field}.when")
            question = _compiled(self._nodes.compile, rule.nodes, rule, f"{field}.nodes")
            named = [node.node_id for node in network.nodes_named(channel)]
            if named and not _eligible(question, network).intersection(named):
                raise _invalid(
                    field,
                    rule,
                    f"{field}.nodes",
                    f"It is true of none of the nodes of {channel.channel_id}: {', '.join(named)}. Correct it.",
                )

    def excluded(self, network: Network, channel: Channel, basket: Callable[[], Facts]) -> dict[str, tuple[str, ...]]:
        """Return the channel's nodes that may not ship a basket, with the ids of the rules that say so.

        `basket` makes the facts of BasketFacts; it is called only where a rule asks for them.
        """
        excluded: dict[str, tuple[str, ...]] = {}
        facts: Facts | None = None
        for rule in channel.sourcing_policy.rules:
            if rule.when:
                facts = facts if facts is not None else basket()
                if not self._baskets.compile(rule.when).evaluate(facts, undecided=True):
                    continue
            for node in network.nodes_named(channel):
                if node.node_id not in self._of(network, rule.nodes):
                    excluded[node.node_id] = (*excluded.get(node.node_id, ()), rule.rule_id)
        return excluded

    def _of(self, network: Network, nodes: str) -> frozenset[str]:
        if network is not self._network:
            self._network, self._eligible = network, {}
        eligible = self._eligible.get(nodes)
        if eligible is None:
            eligible = self._eligible[nodes] = _eligible(self._nodes.compile(nodes), network)
        return eligible


def basket_facts(
    channel: Channel,
    to: Destination,
    service_code: str,
    demand_class: str,
    demands: Sequence[Demand],
    items: Mapping[str, Item],
) -> Facts:
    """Return what rules may read about what is to ship; `items` by SKU, one that is missing has no attributes."""
    goods = [items.get(demand.sku) or Item(demand.sku) for demand in demands]
    worth: dict[str, int] = {}
    for currency in set.intersection(*[set(item.prices) for item in goods]) if goods else ():
        prices = [item.prices[currency].minor for item in goods]
        worth[currency] = sum(price * demand.quantity for price, demand in zip(prices, demands, strict=True))
    return {
        "channel_id": channel.channel_id,
        "seller_id": channel.seller_id,
        "ship_to_country_code": to.country_code,
        "zone_id": to.zone_id,
        "service_code": service_code,
        "demand_class": demand_class,
        "unit_count": sum(demand.quantity for demand in demands),
        "worth_minor": worth,
        "items": [item_facts(item) for item in goods],
    }


def _eligible(question: Rule, network: Network) -> frozenset[str]:
    return frozenset(
        node.node_id for node in network.nodes.values() if question.evaluate(node_facts(node), undecided=False)
    )


def _compiled(compile_rule: Callable[[str], Rule], text: str, rule: SourcingRule, field: str) -> Rule:
    try:
        return compile_rule(text)
    except RuleInvalid as invalid:
        raise _invalid(field, rule, field, invalid.message) from invalid


def _invalid(place: str, rule: SourcingRule, field: str, problem: str) -> RuleInvalid:
    return RuleInvalid(f"{place}, rule {rule.rule_id}: {problem}", field=field, rule_id=rule.rule_id)
