"""Sourcing policies on the wire."""

from __future__ import annotations

from google.type import money_pb2

from crossdock.network.v1 import network_pb2
from hub.kernel.money import Money
from hub.network.model import SourcingPolicy, SourcingRule
from hub.wire.money import money_from_pb, money_to_pb


def policy_from_pb(message: network_pb2.SourcingPolicy, *, field: str) -> SourcingPolicy:
    """The policy of a message at `field`; raises InvalidField for an amount that is none."""

    def amount(name: str, stated: money_pb2.Money) -> Money | None:
        return money_from_pb(stated, field=f"{field}.{name}") if message.HasField(name) else None

    return SourcingPolicy(
        split_cost=amount("split_cost", message.split_cost),
        pick_cost=amount("pick_cost", message.pick_cost),
        pack_cost=amount("pack_cost", message.pack_cost),
        freight_per_kg=amount("freight_per_kg", message.freight_per_kg),
        late_day_cost=amount("late_day_cost", message.late_day_cost),
        returned_permille=message.returned_permille,
        most_parcels=message.most_parcels,
        rules=tuple(SourcingRule(rule.rule_id, rule.nodes, rule.when) for rule in message.rules),
    )


def policy_to_pb(policy: SourcingPolicy) -> network_pb2.SourcingPolicy | None:
    """The policy as a message; None for the one that counts where none is stated."""
    if policy == SourcingPolicy():
        return None
    return network_pb2.SourcingPolicy(
        split_cost=_amount(policy.split_cost),
        pick_cost=_amount(policy.pick_cost),
        pack_cost=_amount(policy.pack_cost),
        freight_per_kg=_amount(policy.freight_per_kg),
        late_day_cost=_amount(policy.late_day_cost),
        returned_permille=policy.returned_permille,
        most_parcels=policy.most_parcels,
        rules=[
            network_pb2.SourcingRule(rule_id=rule.rule_id, when=rule.when, nodes=rule.nodes) for rule in policy.rules
        ],
    )


def _amount(amount: Money | None) -> money_pb2.Money | None:
    return None if amount is None else money_to_pb(amount)
