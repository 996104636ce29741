"""What rules of channels keep nodes from shipping, over what the catalog says of the items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.catalog.model import Item
from hub.network.model import Channel, Network
from hub.network.model.carriers import Destination
from hub.sourcing.model import Demand
from hub.sourcing.policy.eligibility import NodeRules, basket_facts


class Limits(Struct):
    """Rules, and the items that they may ask about, by SKU."""

    rules: NodeRules
    items: dict[str, Item]

    @classmethod
    def of(cls, flow: FlowContext, items: Mapping[str, Item]) -> Limits:
        """Return the limits for items that are read already. Raises ValueError where nothing compiles rules."""
        if flow.node_rules is None:
            raise ValueError("rules are compiled where flows have them")
        return cls(flow.node_rules, dict(items))

    async def learn(self, flow: FlowContext, skus: Iterable[str]) -> None:
        """Reads the items of SKUs that are not known yet."""
        if unknown := set(skus) - self.items.keys():
            self.items |= await flow.items.load(flow.tx, unknown)

    def excluded(
        self,
        network: Network,
        channel: Channel,
        to: Destination,
        service_code: str,
        demand_class: str,
        demands: Sequence[Demand],
    ) -> dict[str, str]:
        """Return the nodes that may not ship the demands, each with the rules that say so, as a sentence."""
        found = self.rules.excluded(
            network,
            channel,
            lambda: basket_facts(channel, to, service_code, demand_class, demands, self.items),
        )
        return {node_id: _reason(rule_ids) for node_id, rule_ids in found.items()}


async def limits_of(flow: FlowContext, skus: Iterable[str]) -> Limits | None:
    """Return the limits for items of SKUs; None where no channel has a rule."""
    if not flow.network.has_rules():
        return None
    limits = Limits.of(flow, {})
    await limits.learn(flow, skus)
    return limits


def _reason(rule_ids: Sequence[str]) -> str:
    if len(rule_ids) == 1:
        return f"rule {rule_ids[0]} keeps it from shipping"
    return f"rules {', '.join(rule_ids)} keep it from shipping"
