"""Promises orders another day when the supply that they wait for slips, is canceled or comes short.

Supply and stock are given to the orders that wait, in their turn: by tier, then by time. An order whose units come
later than promised, or do not come at all, is promised the day by which they do, once per change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.intake.free_stock import FreeStock
from hub.cases.intake.limits import limits_of
from hub.cases.intake.planning import Routes
from hub.cases.intake.promises import change_promises
from hub.cases.intake.quoting import Basket, Steps, steps, take_steps
from hub.cases.intake.waiting import in_turn
from hub.cases.store import load, read, save
from hub.inventory.operations import supplies
from hub.kernel.instant import LAST, Instant
from hub.kernel.scope import HUB
from hub.messages.timers import PromiseDue, RepromiseDue
from hub.orders.lifecycle import OrderState
from hub.outbox import operations as outbox
from hub.outbox.model import Timer
from hub.promising import operations as promising
from hub.promising.model import Arrival
from hub.promising.policy.arrivals import arrivals
from hub.slices import operations as slices
from hub.slices.lifecycle import WAITING
from hub.sourcing.model import Demand
from hub.sourcing.policy.plans import skus_by_node

FLOW: Final = "repromise_orders"
_LIVE: Final = frozenset({OrderState.PLACED, OrderState.CONFIRMED})
_NEVER: Final = (None, None)
_REASON: Final = "what it waits for comes later, or less of it"

Days = tuple[Instant | None, Instant | None]
"""When the last units of a line leave, and the end of the day of arrival; None where no supply covers them."""
Dates = Mapping[int, Days]
"""Line number -> the days of its units."""


async def repromise_orders(flow: FlowContext, skus: Sequence[str]) -> int:
    """Promises orders that wait for SKUs another day where theirs cannot be kept; returns how many.

    An order that changed meanwhile is looked at again at once.
    """
    changes = await _changes(flow, sorted(set(skus)))
    loaded = await load(flow, FLOW, [case.order_id for case, _ in changes])
    again = False
    for case, dates in changes:
        locked = loaded.cases[case.order_id]
        if locked.order.version == case.order.version:
            change_promises(flow, locked, {number: by for number, (_, by) in dates.items()}, _REASON)
            if leaving := [ship_at for ship_at, _ in dates.values() if ship_at is not None]:
                locked.set_timer(PromiseDue(locked.order_id, max(leaving)))
        else:
            again = True
    await save(flow, FLOW, loaded)
    if again:
        await outbox.ensure_timers(flow.tx, [Timer(RepromiseDue(sku, flow.at)) for sku in skus])
    return len(changes)


async def keep_promises(flow: FlowContext, order_ids: Sequence[UUID]) -> int:
    """Looks at orders whose units have to leave by now, if they still wait for some; as `repromise_orders`."""
    cases = await read(flow.tx, HUB, order_ids)
    skus = {one.sku for case in cases.values() for one in case.slices if one.state in WAITING}
    return await repromise_orders(flow, sorted(skus)) if skus else 0


async def _changes(flow: FlowContext, skus: Sequence[str]) -> list[tuple[Case, Dates]]:
    """Return the orders whose promises cannot be kept, in their turn, with the days that can."""
    cases = await _waiting(flow, skus)
    wanted = sorted({one.sku for case in cases for one in case.slices if one.state in WAITING})
    if wanted != list(skus):
        cases = await _waiting(flow, wanted)
    if not any(case.order.promises or case.order.promise for case in cases):
        return []
    items = await flow.items.load(flow.tx, set(wanted))
    free = await FreeStock.read(flow.tx, wanted)
    coming = arrivals(await supplies.expected(flow.tx, wanted, None), flow.network.nodes, flow.at)
    places = await promising.places(flow.tx, flow.network, flow.at)
    routes = Routes(flow.network, flow.at, items, places, await limits_of(flow, items), values=flow.stock_values)
    answers: list[tuple[Case, Dates]] = []
    for case in cases:
        changed = _worse(case, _dates(routes, case, free, coming))
        if changed:
            answers.append((case, changed))
    return answers


async def _waiting(flow: FlowContext, skus: Sequence[str]) -> list[Case]:
    found = await read(flow.tx, HUB, await slices.waiting_orders(flow.tx, skus))
    return in_turn(flow.network, [case for case in found.values() if case.order.state in _LIVE])


def _dates(routes: Routes, case: Case, free: FreeStock, coming: list[Arrival]) -> dict[int, Days]:
    """Return when the waiting units of an order arrive, by line, and take them from what is free and comes."""
    order, demands = case.order, _demands(case)
    routes = routes.with_services((line.sku, line.value_added_services) for line in order.lines)
    channel = routes.network.channel(order.channel_id)
    basket = Basket(channel, order.destination, order.service_code, demands, order.demand_class)
    nodes = routes.ways(channel, basket.to, basket.service_code, routes.load(demands)).costs
    skus = {demand.sku for demand in demands}
    planned, left = steps(
        routes, basket, free, [one for one in coming if one.units and one.sku in skus and one.node_id in nodes]
    )
    take_steps(free, coming, basket, planned)
    dates: dict[int, Days] = {**_arrivals(routes, case, basket, planned)}
    dates |= {demand.line_number: _NEVER for demand in left}
    if order.promise is not None and order.promise.together:
        last = _NEVER if left else max(dates.values(), key=_arrival)
        dates = {line.line_number: last for line in order.lines}
    return dates


def _arrival(days: Days) -> Instant:
    return days[1] or LAST


def _demands(case: Case) -> tuple[Demand, ...]:
    units: dict[tuple[int, str], int] = {}
    for one in case.slices:
        if one.state in WAITING:
            key = (one.line_number, one.sku)
            units[key] = units.get(key, 0) + one.quantity
    return tuple(Demand(line_number, sku, count) for (line_number, sku), count in sorted(units.items()))


def _arrivals(routes: Routes, case: Case, basket: Basket, planned: Steps) -> dict[int, Days]:
    last: dict[int, Days] = {}
    for moment, plan in planned:
        shipped = skus_by_node(plan, basket.demands)
        for one in plan.assignments:
            line = case.order.line(one.line_number)
            if one.node_id is None or line is None:
                continue
            begin = max(moment, line.ship_not_before or moment)
            skus, wish = shipped[one.node_id], case.order.wish
            date = routes.soonest(wish, one.node_id, basket.to, basket.service_code, begin, skus)
            if date is not None:
                known = (date.ship_at, date.deliver_by)
                last[one.line_number] = max(known, last.get(one.line_number, known), key=_arrival)
    return last


def _worse(case: Case, dates: Dates) -> Dates:
    """Return the dates that differ to the worse; and those of quoted lines that had none."""
    changed: dict[int, Days] = {}
    for number, days in dates.items():
        date = days[1]
        promised = case.order.promises.get(number)
        if promised is None:
            if case.order.promise is not None and date is not None:
                changed[number] = days
        elif date is None or date > promised:
            changed[number] = days
    return changed
