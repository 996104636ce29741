"""Quotes: what is asked, and every way in which it could be delivered, from one reading of stock and supply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.imports import quoted_import
from hub.cases.intake.free_stock import FreeStock
from hub.cases.intake.landed import landed
from hub.cases.intake.limits import limits_of
from hub.cases.intake.planning import Routes
from hub.cases.intake.quoting import Basket, Outlook, option, plan_now, units_of, ways
from hub.cases.intake.surveying import Surveyor
from hub.cases.intake.waiting import set_aside
from hub.cases.intake.wishes import near_options
from hub.catalog.errors import UnknownSku
from hub.catalog.model import Item
from hub.inventory.model import StockKey
from hub.inventory.model.supply import Claimant
from hub.kernel.errors import Refusal
from hub.network.errors import UnknownNode
from hub.network.model import Channel, Network
from hub.network.model.carriers import PICKUP_SERVICE, DeliveryWish, Destination
from hub.network.policy import channel_seen
from hub.promising import operations as promising
from hub.promising.model import ConsideredNodes, PromiseOption, PromiseQuote, WishAnswer, WishOutcome
from hub.sourcing.model import Demand
from hub.trade.model.landed_cost import LandedQuestion
from hub.trade.model.rules import TradeRules


class PromiseRequest(Struct, frozen=True):
    """What is asked for: (SKU, units) each, to an address, by services (none: the channel's own).

    `each_line_alone`: every line is quoted as an order of its own. `pickup_node_ids`: where it could be collected.
    `landed`: landed cost is asked for, too. `wish` is the day on which it is to arrive.
    `services` are done with the units of each line beside packing; none where it is empty.
    """

    channel_id: str
    country: str
    lines: tuple[tuple[str, int], ...]
    service_codes: tuple[str, ...] = ()
    demand_class: str = ""
    each_line_alone: bool = False
    region_code: str = ""
    postal_code: str = ""
    pickup_node_ids: tuple[str, ...] = ()
    landed: LandedQuestion | None = None
    wish: DeliveryWish | None = None
    services: tuple[frozenset[str], ...] = ()

    def destination(self, network: Network) -> Destination:
        """Where the address lies."""
        return network.zones.destination(self.country, self.region_code, self.postal_code)


class _Reading(Struct, frozen=True):
    flow: FlowContext
    routes: Routes
    items: Mapping[str, Item]
    free: FreeStock
    outlook: Outlook
    rules: TradeRules | None


class Quoted(Struct, frozen=True):
    """A quote, and the units of its first option that are free now, by (SKU, node)."""

    quote: PromiseQuote
    free_now: Mapping[StockKey, int]


async def quoted(flow: FlowContext, requests: Sequence[PromiseRequest]) -> list[tuple[Quoted, ...] | Refusal]:
    """Return quotes for requests, each alone, from one reading: so many statements for any number of lines and nodes.

    Refuses UNKNOWN_SKU, UNKNOWN_CHANNEL; where landed cost is asked for what `landed` refuses.
    """
    items = await flow.items.load(flow.tx, {sku for request in requests for sku, _ in request.lines})
    skus = sorted({part for item in items.values() for part, _ in _parts(item)})
    items |= await flow.items.load(flow.tx, set(skus) - items.keys())
    free = await FreeStock.read(flow.tx, skus)
    places = await promising.places(flow.tx, flow.network, flow.at)
    routes = Routes(
        flow.network, flow.at, items, places, await limits_of(flow, items), flow.parcel_costs, flow.stock_values
    )
    aside = await set_aside(flow, routes, free)
    asked = any(request.landed for request in requests)
    rules = await flow.trade_rules.load(flow.tx, flow.trade_version) if asked else None
    reading = _Reading(flow, routes, items, free, await Outlook.read(flow, skus, aside), rules)
    return [_answered(reading, request) for request in requests]


def _answered(reading: _Reading, request: PromiseRequest) -> tuple[Quoted, ...] | Refusal:
    try:
        channel = channel_seen(reading.flow.network, reading.flow.scope, request.channel_id, "ask about")
        for node_id in request.pickup_node_ids:
            if node_id not in reading.flow.network.nodes:
                raise UnknownNode(f"Node {node_id} is not in the network; name one that is.", node_id=node_id)
        for sku, _ in request.lines:
            if sku not in reading.items:
                raise UnknownSku(f"{sku} is not in the catalog.", sku=sku)
        reading = replace(reading, routes=reading.routes.with_services(_services(reading.items, request)))
        shelf = reading.free.shelf(Claimant(channel.channel_id, request.demand_class))
        answers: list[Quoted] = []
        surveyor: Surveyor | None = None
        for order in _orders(request):
            passing = _through_customs(reading, order)
            if surveyor is None or passing.routes is not reading.routes:
                surveyor = Surveyor(passing.routes.wishing(request.wish), shelf)
            answers.append(_quote(passing, surveyor, channel, order))
        return tuple(answers)
    except Refusal as refusal:
        return refusal


def _through_customs(reading: _Reading, order: PromiseRequest) -> _Reading:
    """Return the reading with routes on which it counts what an order with landed cost owes at the border."""
    if order.landed is None or reading.rules is None:
        return reading
    question = quoted_import(order.landed, order.lines, reading.items, reading.rules)
    return replace(reading, routes=reading.routes.through_customs(question))


def _orders(request: PromiseRequest) -> list[PromiseRequest]:
    """Return the request, or one for each line where each is quoted as an order of its own."""
    if not request.each_line_alone:
        return [request]
    values = request.landed.values if request.landed else (None,) * len(request.lines)
    return [
        replace(request, lines=(line,), landed=request.landed and replace(request.landed, values=(value,)))
        for line, value in zip(request.lines, values, strict=True)
    ]


def _quote(reading: _Reading, surveyor: Surveyor, channel: Channel, request: PromiseRequest) -> Quoted:
    routes = reading.routes.wishing(request.wish)
    options: list[PromiseOption] = []
    nodes: list[ConsideredNodes] = []
    free_now: dict[StockKey, int] = {}
    demands, line_numbers = _demands(reading.items, request.lines)
    covered = surveyor.covered(demands)
    for to, service_code in _targets(routes.network, channel, request):
        basket = Basket(channel, to, service_code, demands, request.demand_class)
        now = surveyor.whole(basket, covered) or plan_now(routes, basket, demands, reading.free)
        if not options:
            free_now = units_of(now, demands)
        for way in ways(routes, basket, now, reading.free, reading.outlook):
            made = option(routes, basket, way, len(options) + 1, line_numbers)
            options += [_with_landed(reading, request, made)] if made else []
        nodes += surveyor.considered(basket, covered)
    answer = WishAnswer(WishOutcome.KEPT) if request.wish else None
    if request.wish and not options:
        answer, options = _nearest(reading, channel, request, request.wish)
    ends = [routes.at + timedelta(seconds=channel.promise_terms.validity_seconds)]
    end = min([*ends, *(one.order_by for one in options)])
    return Quoted(PromiseQuote(request.lines, tuple(options), tuple(nodes), end, answer), free_now)


def _nearest(
    reading: _Reading, channel: Channel, request: PromiseRequest, wish: DeliveryWish
) -> tuple[WishAnswer | None, list[PromiseOption]]:
    """Why a wished day cannot be kept by the first service, and options for the nearest days by each."""
    first: WishAnswer | None = None
    options: list[PromiseOption] = []
    demands, line_numbers = _demands(reading.items, request.lines)
    for to, service_code in _targets(reading.routes.network, channel, request):
        basket = Basket(channel, to, service_code, demands, request.demand_class)
        answer, near = near_options(
            reading.routes, basket, wish, reading.free, reading.outlook, line_numbers, len(options) + 1
        )
        first = first or answer
        options += [_with_landed(reading, request, one) for one in near]
    return first, options


def _with_landed(reading: _Reading, request: PromiseRequest, option_: PromiseOption) -> PromiseOption:
    """Return an option with its landed cost, where it is asked for; what is collected at a store crosses no border."""
    if request.landed is None or reading.rules is None or option_.pickup_node_id:
        return option_
    network = reading.routes.network
    known = landed(option_, request.landed, request.lines, reading.items, network, reading.rules, request.country)
    return replace(option_, landed=known)


def _targets(network: Network, channel: Channel, request: PromiseRequest) -> list[tuple[Destination, str]]:
    """Return where the units could go, and by which service: to the address, or to the stores of collection."""
    to = request.destination(network)
    shipped = [(to, code) for code in request.service_codes or (channel.default_service_code,)]
    return shipped + [(network.collection_at(node_id), PICKUP_SERVICE) for node_id in request.pickup_node_ids]


def _demands(
    items: Mapping[str, Item], lines: Sequence[tuple[str, int]]
) -> tuple[tuple[Demand, ...], Mapping[int, int]]:
    """Return what is to be shipped, bundles as what they are made of, and the line that each demand is of."""
    demands: list[Demand] = []
    line_numbers: dict[int, int] = {}
    for line_number, (sku, units) in enumerate(lines, 1):
        for part, count in _parts(items[sku]):
            demands.append(Demand(len(demands) + 1, part, units * count))
            line_numbers[len(demands)] = line_number
    return tuple(demands), line_numbers


def _services(items: Mapping[str, Item], request: PromiseRequest) -> list[tuple[str, frozenset[str]]]:
    """Return what is done with units, by the SKUs that are shipped."""
    lines = zip(request.lines, request.services, strict=False)
    return [(part, services) for (sku, _), services in lines for part, _ in _parts(items[sku])]


def _parts(item: Item) -> list[tuple[str, int]]:
    """Return the SKUs that an item is shipped as, with units of each."""
    return [(part.sku, part.quantity) for part in item.components] or [(item.sku, 1)]
