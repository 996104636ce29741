"""When units that are expected can be promised, and what of them is left by orders that wait already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from hub.inventory.model.supply import Supply, SupplyKind
from hub.inventory.policy.projection import sellable_at
from hub.kernel.instant import Instant
from hub.network.model import Node
from hub.promising.model import Arrival, PromiseConfidence

OVERDUE: Final = timedelta(days=1)
"""What is overdue or undated is expected so much later than now, or more: it is not there, so it cannot leave today."""
MOST_INSTANTS: Final = 60
"""Instants at which a plan is made for what has come by then; more of them are gathered into so many."""


def arrivals(supplies: Iterable[Supply], nodes: Mapping[str, Node], at: Instant) -> list[Arrival]:
    """Return what comes to nodes of the network after `at`, the first first."""
    coming = [
        Arrival(
            at=sellable_at(
                _expected(supply, at),
                time_zone=nodes[supply.node_id].time_zone,
                processing_days=nodes[supply.node_id].inbound_processing_days,
            ),
            sku=supply.sku,
            node_id=supply.node_id,
            units=supply.remaining,
            confidence=confidence(supply, at),
        )
        for supply in supplies
        if supply.node_id in nodes
    ]
    return sorted(coming, key=lambda arrival: (arrival.at, arrival.sku, arrival.node_id))


def _expected(supply: Supply, at: Instant) -> Instant:
    """When a supply comes; one that is late is expected to be late by as much again."""
    if supply.expected_at is None:
        return at + OVERDUE
    return supply.expected_at if supply.expected_at > at else at + max(OVERDUE, at - supply.expected_at)


def confidence(supply: Supply, at: Instant) -> PromiseConfidence:
    """Return how sure a supply is: LOW where it is only planned, or should have come before `at`."""
    late = supply.expected_at is not None and supply.expected_at < at
    return PromiseConfidence.LOW if late or supply.kind is SupplyKind.PLANNED else PromiseConfidence.MEDIUM


def left_by(waiting: Mapping[str, int], coming: Sequence[Arrival]) -> list[Arrival]:
    """Return what is left of arrivals, sorted by time, when `waiting` units of each SKU took the first of them."""
    missing = dict(waiting)
    left = []
    for arrival in coming:
        units = min(missing.get(arrival.sku, 0), arrival.units)
        if units:
            missing[arrival.sku] -= units
        if arrival.units > units:
            left.append(replace(arrival, units=arrival.units - units) if units else arrival)
    return left


def instants(coming: Sequence[Arrival]) -> list[Instant]:
    """Return the instants at which something comes, in order; of more than MOST_INSTANTS the last of each few."""
    moments = sorted({arrival.at for arrival in coming})
    step = -(-len(moments) // MOST_INSTANTS) or 1
    return moments[::-1][::step][::-1]
