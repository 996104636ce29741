"""Sourcing policies on the wire."""

from __future__ import annotations

from google.protobuf.duration_pb2 import Duration
from google.type import money_pb2

from crossdock.network.v1 import network_pb2
from hub.kernel.money import Money
from hub.network.model import JUDGED_AFTER, Markdown, SourcingPolicy, SourcingRule, SourcingTrial
from hub.trade.model.rules import Flow
from hub.wire.money import money_from_pb, money_to_pb
from hub.wire.trade import FLOWS


def policy_from_pb(message: network_pb2.SourcingPolicy, *, field: str) -> SourcingPolicy:
    """The policy of a message at `field`; raises InvalidField for an amount that is none."""

    def amount(name: str, stated: money_pb2.Money) -> Money | None:
        return money_from_pb(stated, field=f"{field}.{name}") if message.HasField(name) else None

    flow = FLOWS.optional(message.import_flow, f"{field}.import_flow")
    return SourcingPolicy(
        split_cost=amount("split_cost", message.split_cost),
        pick_cost=amount("pick_cost", message.pick_cost),
        pack_cost=amount("pack_cost", message.pack_cost),
        freight_per_kg=amount("freight_per_kg", message.freight_per_kg),
        late_day_cost=amount("late_day_cost", message.late_day_cost),
        returned_permille=message.returned_permille,
        most_parcels=message.most_parcels,
        rules=tuple(SourcingRule(rule.rule_id, rule.nodes, rule.when) for rule in message.rules),
        carbon_cost_per_kg=amount("carbon_cost_per_kg", message.carbon_cost_per_kg),
        markdowns=tuple(
            Markdown(one.node_id, one.item_class, money_from_pb(one.amount, field=f"{field}.markdowns[{index}].amount"))
            for index, one in enumerate(message.markdowns)
        ),
        cool_down_seconds=message.cool_down.seconds,
        opportunity_permille=message.opportunity_permille,
        lost_order_cost=amount("lost_order_cost", message.lost_order_cost),
        lost_buyer_cost=amount("lost_buyer_cost", message.lost_buyer_cost),
        stock_days=message.stock_days,
        import_flow=flow.name if flow else "",
        without_import_tax=message.without_import_tax,
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
        carbon_cost_per_kg=_amount(policy.carbon_cost_per_kg),
        markdowns=[
            network_pb2.Markdown(node_id=one.node_id, item_class=one.item_class, amount=money_to_pb(one.amount))
            for one in policy.markdowns
        ],
        cool_down=Duration(seconds=policy.cool_down_seconds) if policy.cool_down_seconds else None,
        opportunity_permille=policy.opportunity_permille,
        lost_order_cost=_amount(policy.lost_order_cost),
        lost_buyer_cost=_amount(policy.lost_buyer_cost),
        stock_days=policy.stock_days,
        import_flow=FLOWS.to_pb(Flow[policy.import_flow]) if policy.import_flow else None,
        without_import_tax=policy.without_import_tax,
    )


def trial_from_pb(channel: network_pb2.Channel, *, field: str) -> SourcingTrial | None:
    """The trial of a channel at `field`; None where it has none. Raises InvalidField for an amount that is none."""
    if not channel.HasField("sourcing_trial"):
        return None
    message = channel.sourcing_trial
    return SourcingTrial(
        name=message.name,
        policy=policy_from_pb(message.policy, field=f"{field}.sourcing_trial.policy"),
        share_permille=message.share_permille,
        judged_after=message.judged_after or JUDGED_AFTER,
        most_cost_permille=message.most_cost_permille,
        most_split_permille=message.most_split_permille,
        most_late_permille=message.most_late_permille,
    )


def trial_to_pb(trial: SourcingTrial | None) -> network_pb2.SourcingTrial | None:
    """The trial as a message; None where there is none."""
    if trial is None:
        return None
    return network_pb2.SourcingTrial(
        name=trial.name,
        policy=policy_to_pb(trial.policy) or network_pb2.SourcingPolicy(),
        share_permille=trial.share_permille,
        judged_after=trial.judged_after,
        most_cost_permille=trial.most_cost_permille,
        most_split_permille=trial.most_split_permille,
        most_late_permille=trial.most_late_permille,
        stopped_because=trial.stopped_because,
    )


def _amount(amount: Money | None) -> money_pb2.Money | None:
    return None if amount is None else money_to_pb(amount)
