"""The ways in which an order could be delivered, from free stock and from supply to come; claims nothing.

Every way is made of plans: at an instant, the best plan for the units that are left, from what is free by then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.intake.choosing import plan_demands
from hub.cases.intake.free_stock import FreeStock
from hub.cases.intake.planning import Routes
from hub.cases.intake.to_store.choosing import StoreNeed, could_arrive
from hub.inventory.model import StockKey
from hub.inventory.operations import supplies
from hub.kernel.instant import Instant
from hub.kernel.money import total
from hub.network.model import Channel
from hub.network.model.carriers import Destination
from hub.promising.model import (
    Arrival,
    DeliveryMode,
    PromiseConfidence,
    PromisedPart,
    PromiseOption,
)
from hub.promising.policy.arrivals import arrivals, instants, left_by
from hub.promising.policy.dates import day_begin, slot_begin
from hub.slices import operations as slices
from hub.sourcing.model import Demand, Plan
from hub.sourcing.policy.plans import skus_by_node, units_by_node


class Basket(Struct, frozen=True):
    """What is to be delivered, for whom, where to, and by which service."""

    channel: Channel
    to: Destination
    service_code: str
    demands: tuple[Demand, ...]
    demand_class: str = ""


Steps = tuple[tuple[Instant, Plan], ...]
"""Plans, each with the instant from which on it is carried out."""


class Way(Struct, frozen=True):
    """A way to deliver a basket: which plan is carried out from which instant on, in order of time."""

    mode: DeliveryMode
    steps: Steps
    confidence: PromiseConfidence = PromiseConfidence.HIGH


class Outlook(Struct, frozen=True):
    """What comes, the first first, and units of SKUs that wait for it already."""

    coming: Sequence[Arrival]
    waiting: dict[str, int]

    @classmethod
    async def read(cls, flow: FlowContext, skus: Sequence[str], aside: Mapping[StockKey, int]) -> Outlook:
        """Reads what is expected of SKUs; `aside` are the units that waiting orders will have of what is free."""
        coming = arrivals(await supplies.expected(flow.tx, skus, None), flow.network.nodes, flow.at)
        waiting = await slices.waiting_units(flow.tx, skus) if coming else {}
        served: dict[str, int] = {}
        for (sku, _), units in aside.items():
            served[sku] = served.get(sku, 0) + units
        return cls(coming, {sku: max(0, units - served.get(sku, 0)) for sku, units in waiting.items()})

    def apart(self) -> Outlook:
        """Return the same, where orders that wait from now on here do not count."""
        return Outlook(self.coming, dict(self.waiting))

    def wait(self, plan: Plan, demands: Sequence[Demand]) -> None:
        """Has the units that a plan gives no node wait, too."""
        for demand in uncovered(plan, demands):
            self.waiting[demand.sku] = self.waiting.get(demand.sku, 0) + demand.quantity

    def of(self, basket: Basket, routes: Routes) -> list[Arrival]:
        """Return what comes of a basket's SKUs to nodes that may ship it, and is left by orders that wait."""
        skus = {demand.sku for demand in basket.demands}
        nodes = routes.ways(basket.channel, basket.to, basket.service_code, routes.load(basket.demands)).costs
        return left_by(self.waiting, [one for one in self.coming if one.sku in skus and one.node_id in nodes])


def ways(routes: Routes, basket: Basket, now: Plan, free: FreeStock, outlook: Outlook) -> list[Way]:
    """Return the ways to deliver all units; `now` is the plan from what is free now.

    Where that covers all, it is the only way. Else units leave as they come, or together when the last has come; the
    first of these is left out where nothing leaves before the last.
    """
    if not now.uncovered:
        return [Way(DeliveryMode.NOW, ((routes.at, now),))]
    coming = _with_transfers(routes, basket, free, outlook.of(basket, routes))
    parts, left = steps(routes, basket, free, coming)
    if left:
        return []
    known = [Way(DeliveryMode.IN_PARTS, parts)] if len(parts) > 1 else []
    known.append(Way(DeliveryMode.TOGETHER, steps(routes, basket, free, coming, together=True)[0]))
    return [replace(way, confidence=_confidence(coming, way.steps[-1][0])) for way in known]


def _with_transfers(routes: Routes, basket: Basket, free: FreeStock, coming: list[Arrival]) -> list[Arrival]:
    """Return what comes, with what other nodes could send to the store where a basket is collected."""
    if not basket.to.collected_at:
        return coming
    units = {demand.sku: demand.quantity for demand in basket.demands}
    need = StoreNeed(basket.channel, basket.to.collected_at, units, basket.demand_class)
    possible = could_arrive(routes.network, routes.at, need, free)
    return sorted([*coming, *possible], key=lambda arrival: arrival.at)


def plan_now(routes: Routes, basket: Basket, demands: Sequence[Demand], free: FreeStock) -> Plan:
    """Return the best plan for units of a basket from what is free."""
    return plan_demands(
        routes,
        basket.channel,
        to=basket.to,
        service_code=basket.service_code,
        demands=demands,
        free=free,
        excluded={},
        demand_class=basket.demand_class,
    )


def steps(
    routes: Routes, basket: Basket, free: FreeStock, coming: Sequence[Arrival], *, together: bool = False
) -> tuple[Steps, Sequence[Demand]]:
    """Return the plans that deliver a basket as units come, with their instants, and the demands they do not cover.

    `together`: the one plan that delivers all units. `free` and `coming` stay as they are.
    """
    by_then = free.of_skus({demand.sku for demand in basket.demands})
    known: list[tuple[Instant, Plan]] = []
    left: Sequence[Demand] = basket.demands
    begin = routes.at
    for moment in [routes.at, *(one for one in instants(coming) if one > routes.at)]:
        _receive(by_then, coming, begin, moment)
        begin = moment
        plan = plan_now(routes, basket, left, by_then)
        if plan.node_ids and not (together and plan.uncovered):
            by_then.take(plan, left)
            left = uncovered(plan, left)
            known.append((moment, plan))
        if not left:
            break
    return tuple(known), left


def take_steps(free: FreeStock, coming: list[Arrival], basket: Basket, taken: Steps) -> None:
    """Takes what plans use: of what came by then the last first, else of what is free."""
    for moment, plan in taken:
        for key, count in units_of(plan, basket.demands).items():
            missing = count
            for place, arrival in reversed(list(enumerate(coming))):
                if (arrival.sku, arrival.node_id) == key and arrival.at <= moment and missing:
                    units = min(missing, arrival.units)
                    missing -= units
                    coming[place] = replace(arrival, units=arrival.units - units)
            free.add({key: -missing})


def _receive(free: FreeStock, coming: Sequence[Arrival], begin: Instant, end: Instant) -> None:
    """Adds what comes after `begin`, up to `end`."""
    came: dict[StockKey, int] = {}
    for arrival in coming:
        if begin < arrival.at <= end:
            key = (arrival.sku, arrival.node_id)
            came[key] = came.get(key, 0) + arrival.units
    free.receive(came)


def units_of(plan: Plan, demands: Sequence[Demand]) -> dict[StockKey, int]:
    """Return the units that a plan takes, by (SKU, node)."""
    skus = {demand.line_number: demand.sku for demand in demands}
    units: dict[StockKey, int] = {}
    for one in plan.assignments:
        if one.node_id is not None:
            key = (skus[one.line_number], one.node_id)
            units[key] = units.get(key, 0) + one.quantity
    return units


def uncovered(plan: Plan, demands: Sequence[Demand]) -> list[Demand]:
    """Return the demands as far as a plan for them gives them no node."""
    left = {one.line_number: one.quantity for one in plan.assignments if one.node_id is None}
    return [replace(one, quantity=left[one.line_number]) for one in demands if one.line_number in left]


def _confidence(coming: Sequence[Arrival], until: Instant) -> PromiseConfidence:
    rests_on = {arrival.confidence for arrival in coming if arrival.at <= until}
    return PromiseConfidence.LOW if PromiseConfidence.LOW in rests_on else PromiseConfidence.MEDIUM


def option(
    routes: Routes, basket: Basket, way: Way, number: int, line_numbers: Mapping[int, int]
) -> PromiseOption | None:
    """Return a way with its dates, its fee and its cost; None where a node of it has no date to promise.

    `line_numbers`: the line of a quote that each demand is of.
    """
    skus = {demand.line_number: demand.sku for demand in basket.demands}
    parts = []
    for moment, plan in way.steps:
        shipped = skus_by_node(plan, basket.demands)
        for one in plan.assignments:
            if one.node_id is None:
                continue
            dates = routes.promised(one.node_id, basket.to, basket.service_code, moment, shipped[one.node_id])
            if dates is None:
                return None
            line, sku = line_numbers[one.line_number], skus[one.line_number]
            parts.append(PromisedPart(line, sku, one.quantity, one.node_id, dates))
    costs = [plan.cost for _, plan in way.steps if plan.cost is not None]
    return PromiseOption(
        number=number,
        mode=way.mode,
        service_code=basket.service_code,
        parts=tuple(parts),
        deliver_from=min(_begin(routes, basket, one) for one in parts),
        confidence=way.confidence,
        fee=basket.channel.promise_terms.delivery_fees.get(basket.service_code),
        cost=total(costs, costs[0].currency) if costs else None,
        pickup_node_id=basket.to.collected_at,
        carbon_grams=_carbon_grams(routes, basket, way),
        wish=routes.wish,
    )


def _begin(routes: Routes, basket: Basket, part: PromisedPart) -> Instant:
    """The begin of the slot in which a part is delivered, or of its first day."""
    if slot := routes.slot(part.node_id, basket.to, basket.service_code):
        return slot_begin(part.dates.last_day, slot)
    return day_begin(routes.network.node(part.node_id), part.dates.first_day)


def _carbon_grams(routes: Routes, basket: Basket, way: Way) -> int | None:
    """The CO2 of all parcels of a way; None where a lane of one states none."""
    grams = 0
    for _, plan in way.steps:
        for node_id, taken in units_by_node(plan, basket.demands).items():
            lane = routes.network.lane(node_id, basket.to, basket.service_code)
            caused = lane.carbon_grams(routes.load_of(taken)) if lane else None
            if caused is None:
                return None
            grams += caused
    return grams
