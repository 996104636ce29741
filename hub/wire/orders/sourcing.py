"""Sourcing decisions on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from crossdock.sourcing.v1 import sourcing_pb2
from hub.network.model import Network
from hub.sourcing.model import Assignment, Decision, Looked, Shipped
from hub.sourcing.policy.costs import rounded
from hub.wire.instants import instant_to_pb
from hub.wire.money import money_to_pb


def decision_to_pb(decision: Decision) -> sourcing_pb2.Decision:
    """The decision as a message."""
    plan = decision.plan
    return sourcing_pb2.Decision(
        decide_time=instant_to_pb(decision.decided_at),
        policy_version=decision.policy_version,
        candidates=[_candidate(one) for one in plan.looked_at],
        assignments=[_assignment(assignment) for assignment in plan.assignments],
        cost=None if plan.cost is None else money_to_pb(plan.cost),
        explanation=plan.explanation,
        terms=[
            sourcing_pb2.CostTerm(name=name, amount=money_to_pb(rounded(amount, plan.cost.currency)))
            for name, amount in plan.terms.items()
        ]
        if plan.cost
        else [],
        gap=None if plan.gap is None else money_to_pb(plan.gap),
    )


def shipped_to_pb(shipped: Shipped) -> sourcing_pb2.ShippedFigures:
    """What orders ship by a policy as a message."""
    return sourcing_pb2.ShippedFigures(
        order_count=shipped.orders,
        parcel_count=shipped.parcels,
        split_order_count=shipped.split_orders,
        late_order_count=shipped.late_orders,
        waiting_quantity=shipped.waiting_units,
        cost=money_to_pb(rounded(shipped.cost_millis, shipped.currency)) if shipped.currency else None,
        carbon_grams=shipped.carbon_grams,
        parcel_count_by_node=shipped.parcels_by_node,
    )


def node_days_to_pb(
    network: Network, decided: Mapping[tuple[str, date], int], rehearsed: Mapping[tuple[str, date], int]
) -> list[sourcing_pb2.NodeDay]:
    """Parcels by node and day as messages, by node and day."""
    return [
        sourcing_pb2.NodeDay(
            node_id=node_id,
            day=day.isoformat(),
            daily_capacity=network.node(node_id).daily_capacity,
            decided_parcel_count=decided.get((node_id, day), 0),
            rehearsed_parcel_count=rehearsed.get((node_id, day), 0),
        )
        for node_id, day in sorted({*decided, *rehearsed})
    ]


def _candidate(looked: Looked) -> sourcing_pb2.Candidate:
    return sourcing_pb2.Candidate(
        node_id=looked.node_id,
        coverable_quantity=looked.coverable,
        cost=None if looked.cost is None else money_to_pb(looked.cost),
        excluded_because=looked.excluded_because,
    )


def _assignment(assignment: Assignment) -> sourcing_pb2.Assignment:
    return sourcing_pb2.Assignment(
        line_number=assignment.line_number, node_id=assignment.node_id or "", quantity=assignment.quantity
    )
