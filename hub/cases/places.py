"""Places that orders take at nodes with a limit: one for each order, node and day, as long as its units count there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.promising import operations as promising
from hub.promising.model import PlaceKey
from hub.slices.lifecycle import ALLOCATING, RESERVING

_CLAIMING = RESERVING | ALLOCATING


def places_of(case: Case) -> frozenset[PlaceKey]:
    """Return the places that an order takes: where units are claimed, or have left."""
    if not case.order.ship_days:
        return frozenset()
    nodes = {slice_.node_id for slice_ in case.slices if slice_.state in _CLAIMING}
    nodes |= {shipment.node_id for shipment in case.shipments}
    return frozenset((node_id, day) for node_id, day in case.order.ship_days.items() if node_id in nodes)


async def take_places(flow: FlowContext, cases: Sequence[Case]) -> None:
    """Takes the places of new orders; the transaction is AssumptionBroken where a day is full."""
    await promising.change_places(flow.tx, flow.network, Counter(key for case in cases for key in places_of(case)))


async def move_places(flow: FlowContext, before: Mapping[UUID, Case], changed: Sequence[Case]) -> None:
    """Takes and gives back what differs between cases and what they were before."""
    changes: Counter[PlaceKey] = Counter()
    for case in changed:
        now, then = places_of(case), places_of(before[case.order_id])
        changes.update(now - then)
        changes.subtract(then - now)
    await promising.change_places(flow.tx, flow.network, changes)
