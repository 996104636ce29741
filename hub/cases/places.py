"""Places that orders take: one at each node and day from which units leave, and one in the slot of delivery."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.promising import operations as promising
from hub.promising.model import PlaceKey
from hub.slices.lifecycle import ALLOCATING, RESERVING, SliceState

_CLAIMING = RESERVING | ALLOCATING


def places_of(case: Case) -> frozenset[PlaceKey]:
    """Return the places that an order takes at nodes: where units are claimed, or have left."""
    if not case.order.ship_days:
        return frozenset()
    nodes = {slice_.node_id for slice_ in case.slices if slice_.state in _CLAIMING}
    nodes |= {shipment.node_id for shipment in case.shipments}
    return frozenset((node_id, day) for node_id, day in case.order.ship_days.items() if node_id in nodes)


def slots_of(case: Case) -> frozenset[PlaceKey]:
    """Return the place that an order takes in a slot of its wished day, until all its units are canceled."""
    order = case.order
    if order.wish is None or not order.slot_place or all(one.state is SliceState.CANCELED for one in case.slices):
        return frozenset()
    return frozenset({(order.slot_place, order.wish.day)})


async def take_places(flow: FlowContext, cases: Sequence[Case]) -> None:
    """Takes the places of new orders; the transaction is AssumptionBroken where a day is full."""
    await promising.change_places(
        flow.tx, flow.network, Counter(key for case in cases for key in places_of(case) | slots_of(case))
    )


async def move_places(flow: FlowContext, before: Mapping[UUID, Case], changed: Sequence[Case]) -> None:
    """Takes and gives back what differs between cases and what they were before."""
    changes: Counter[PlaceKey] = Counter()
    for case in changed:
        was = before[case.order_id]
        now, then = places_of(case) | slots_of(case), places_of(was) | slots_of(was)
        changes.update(now - then)
        changes.subtract(then - now)
    await promising.change_places(flow.tx, flow.network, changes)
