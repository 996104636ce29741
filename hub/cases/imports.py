"""How an order passes customs, so that what is owed at the border counts among the costs of its plans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.catalog.model import Item
from hub.kernel.money import Money
from hub.network.model import Channel, Network
from hub.network.model.carriers import Destination
from hub.orders.model import Order, OrderLine
from hub.sourcing.model import Candidate, Demand
from hub.trade import operations as trade
from hub.trade.model.landed_cost import Declaration, Incoterm, Landed, LandedQuestion
from hub.trade.model.rules import Flow, TradeRules
from hub.trade.policy.plan_imports import Departure, ImportTerms, OrderedGoods, PlanImports


class ImportQuestion(Struct, frozen=True):
    """How the goods of an order pass customs, by SKU.

    `door_to_door`: what the buyer pays at import counts, too.
    """

    rules: TradeRules
    flow: Flow
    declaration: Declaration
    incoterm: Incoterm
    door_to_door: bool
    currency: str
    goods: Mapping[str, OrderedGoods]


class TradeLaw(Struct, frozen=True):
    """The trade rules in force, and by which landed costs orders are charged, where they have some."""

    rules: TradeRules
    quoted: Mapping[UUID, Sequence[Landed]]


async def trade_law(flow: FlowContext, *, asked: bool = False, charged: Iterable[UUID] = ()) -> TradeLaw | None:
    """Read the trade rules where a plan may count them; None where none does.

    `asked`: a quote asks for landed cost, or an order has one. `charged` are orders that are charged by one.
    """
    ids = list(charged)
    policies = (policy for channel in flow.network.channels.values() for policy in channel.policies())
    counts = flow.trade_version and any(policy.import_flow for policy in policies)
    if not (asked or ids or counts):
        return None
    rules = await flow.trade_rules.load(flow.tx, flow.trade_version)
    return TradeLaw(rules, await trade.landed_of(flow.tx, ids) if ids else {})


def quoted_import(
    asked: LandedQuestion, lines: Sequence[tuple[str, int]], items: Mapping[str, Item], rules: TradeRules
) -> ImportQuestion | None:
    """Return how the lines of a quote, (SKU, units) each, pass customs; None where one has no value."""
    goods: dict[str, OrderedGoods] = {}
    for (sku, units), stated in zip(lines, asked.values, strict=True):
        item = items[sku]
        price = item.prices.get(asked.currency)
        value = stated or (Money(price.minor * units, price.currency) if price else None)
        if value is None or value.currency != asked.currency:
            return None
        _add(goods, OrderedGoods(sku, units, value, item.hs_code, item.origin_country, item.weight_grams))
    return ImportQuestion(
        rules, asked.flow, asked.declaration, asked.incoterm, door_to_door=True, currency=asked.currency, goods=goods
    )


def ordered_import(
    law: TradeLaw | None,
    channel: Channel,
    lines: Sequence[OrderLine],
    currency: str,
    incoterm: str,
    landed: Sequence[Landed] = (),
) -> ImportQuestion | None:
    """Return how the lines of an order pass customs; None where nothing is to count.

    It passes as it was quoted where it is `landed`, else by the policy of its channel.
    """
    stated = channel.sourcing_policy.import_flow
    if law is None or not (landed or stated):
        return None
    goods: dict[str, OrderedGoods] = {}
    for line in lines:
        value = Money(line.total_minor - line.tax_minor, currency)
        facts = (line.hs_code, line.origin_country, line.weight_grams)
        _add(goods, OrderedGoods(line.sku, line.quantity, value, *facts))
    if landed:
        quoted = landed[0].consignment
        passing = (quoted.flow, quoted.declaration, quoted.incoterm)
    else:
        passing = (Flow[stated], Declaration.REDUCED, Incoterm.__members__.get(incoterm, Incoterm.DDP))
    return ImportQuestion(law.rules, *passing, door_to_door=bool(landed), currency=currency, goods=goods)


def import_of(law: TradeLaw | None, channel: Channel, order: Order) -> ImportQuestion | None:
    """Return how an order that stands passes customs; None where nothing is to count."""
    landed = law.quoted.get(order.order_id, ()) if law else ()
    return ordered_import(law, channel, order.lines, order.currency, order.incoterm, landed)


def imports_of(
    question: ImportQuestion | None,
    network: Network,
    channel: Channel,
    *,
    to: Destination,
    service_code: str,
    demands: Sequence[Demand],
    candidates: Sequence[Candidate],
    leaves: Callable[[str], date],
) -> PlanImports | None:
    """Return what plans for demands owe at the border; None where no candidate with stock is beyond one.

    `leaves` gives the local day on which goods leave a node.
    """
    if question is None or to.collected_at:
        return None
    stocked = [one for one in candidates if any(units > 0 for units in one.available.values())]
    countries = {network.node(one.node_id).address.country_code for one in stocked}
    if countries <= {to.country_code}:
        return None
    goods = _scaled(question.goods, demands)
    if goods is None:
        return None
    departures = {
        one.node_id: Departure(network.node(one.node_id).address.country_code, leaves(one.node_id), one.available)
        for one in stocked
    }
    fee = channel.promise_terms.delivery_fees.get(service_code)
    terms = ImportTerms(
        to_country=to.country_code,
        flow=question.flow,
        declaration=question.declaration,
        incoterm=question.incoterm,
        freight=fee if fee and fee.currency == question.currency else Money.zero(question.currency),
        door_to_door=question.door_to_door,
        with_tax=not channel.sourcing_policy.without_import_tax,
    )
    return PlanImports(goods, terms, question.rules, departures, stocked[0].cost.currency)


def _add(goods: dict[str, OrderedGoods], more: OrderedGoods) -> None:
    known = goods.get(more.sku)
    if known is None:
        goods[more.sku] = more
    else:
        units, value = known.units + more.units, known.value + more.value
        goods[more.sku] = OrderedGoods(more.sku, units, value, known.hs_code, known.origin, known.weight_grams)


def _scaled(goods: Mapping[str, OrderedGoods], demands: Sequence[Demand]) -> list[OrderedGoods] | None:
    """The goods of demands; None where one is not among those known, as a part of a bundle."""
    needed: dict[str, int] = {}
    for demand in demands:
        needed[demand.sku] = needed.get(demand.sku, 0) + demand.quantity
    if not needed.keys() <= goods.keys():
        return None
    return [
        OrderedGoods(
            sku,
            units,
            Money(goods[sku].value.minor * units // goods[sku].units, goods[sku].value.currency),
            goods[sku].hs_code,
            goods[sku].origin,
            goods[sku].weight_grams,
        )
        for sku, units in needed.items()
    ]
