"""How long the units of an order wait at their nodes, so that they can be sourced again together with later orders."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.kernel.instant import EPOCH, Instant
from hub.orders.model import Order
from hub.orders.policy import too_early
from hub.promising.policy.dates import ship_date
from hub.slices.lifecycle import SliceState

GRACE: Final = timedelta(minutes=1)
"""How long after its cool-down an order is released that was not sourced with the others of its time."""
MOST_UNITS: Final = 5
"""Units of an order that is sourced together with others."""


def window_end(placed_at: Instant, seconds: int) -> Instant:
    """Return the end of the cool-down of an order: that of the span of so many seconds in which it was placed."""
    span = timedelta(seconds=seconds)
    return EPOCH + ((placed_at - EPOCH) // span + 1) * span


def may_cool(flow: FlowContext, case: Case) -> bool:
    """Whether orders of the channel have a cool-down."""
    return flow.network.channel(case.order.channel_id).sourcing_policy.cool_down_seconds > 0


def cools_until(flow: FlowContext, case: Case) -> Instant | None:
    """Return when the cool-down of an order ends; None where it has none, it is over, or units would leave later."""
    seconds = flow.network.channel(case.order.channel_id).sourcing_policy.cool_down_seconds
    end = window_end(case.order.placed_at, seconds) if seconds else flow.at
    if end <= flow.at or not may_move(case, flow.at):
        return None
    return end if all(_leaves_as_early(flow, case.order, node_id, end) for node_id in nodes_of(case)) else None


def may_move(case: Case, at: Instant) -> bool:
    """Whether all units of an order lie reserved, and nothing but its promise says from where or when they leave."""
    order, live = case.order, [one for one in case.slices if one.state is not SliceState.CANCELED]
    fixed = order.wish or order.ship_days or order.destination.collected_at or case.fulfillment_orders
    if fixed or (order.promise is not None and order.promise.together):
        return False
    if (
        any(too_early(order, line.line_number, at) for line in order.lines)
        or sum(one.quantity for one in live) > MOST_UNITS
    ):
        return False
    return bool(live) and all(one.state is SliceState.RESERVED for one in live)


def nodes_of(case: Case) -> list[str]:
    """The nodes at which units of an order lie reserved, by id."""
    return sorted({one.node_id for one in case.slices if one.state is SliceState.RESERVED and one.node_id})


def _leaves_as_early(flow: FlowContext, order: Order, node_id: str, end: Instant) -> bool:
    lane = flow.network.lane(node_id, order.destination, order.service_code)
    now, later = (ship_date(flow.network, node_id, lane, at) for at in (flow.at, end + GRACE))
    return later <= now
