"""What plans of one order owe at a border, so that they can be compared: exactly for a plan, and by unit for a search.

Duty is not a sum over units: a threshold sees all that crosses, and a fixed amount is owed once for each classification
of a consignment. So a search is given several models. Each holds for one band of value between two thresholds, and says
what a unit from abroad adds there; a fixed amount is spread over all units that it may be for. What is counted of the
plans that are found is what `landed_costs` computes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from msgspec import Struct, field

from hub.kernel.money import Money, shares
from hub.trade.errors import TradeFlowNotAllowed
from hub.trade.model.landed_cost import ChargeKind, Consignment, Declaration, Goods, Incoterm, LandedCost
from hub.trade.model.rules import FeeBasis, Flow, ThresholdKind, TradeRules, in_force
from hub.trade.policy.exact import conversion
from hub.trade.policy.landed_costs import Border, landed_costs

Terms = Mapping[str, int]
"""Amounts by term, in thousandths of a minor unit."""
NodeTerms = tuple[Terms, Mapping[str, Terms]]
"""What a parcel from a node adds, and what a unit of each SKU does."""

TERMS: Final[Mapping[ChargeKind, str]] = {
    ChargeKind.DUTY: "duty",
    ChargeKind.TAX: "import_tax",
    ChargeKind.FEE: "import_fee",
}
_MILLIS: Final = 1_000
_BUYER: Final = "buyer"
"""All consignments of an order go to one recipient."""


class OrderedGoods(Struct, frozen=True):
    """The units of a SKU that an order needs, and what they cost together without tax; the weight is that of one."""

    sku: str
    units: int
    value: Money
    hs_code: str
    origin: str
    weight_grams: int = 0


class ImportTerms(Struct, frozen=True):
    """How an order passes customs, and what of it counts.

    `door_to_door`: what the buyer pays at import counts, too. `with_tax`: import tax counts.
    """

    to_country: str
    flow: Flow
    declaration: Declaration
    incoterm: Incoterm
    freight: Money
    door_to_door: bool = False
    with_tax: bool = True


class Departure(Struct, frozen=True):
    """Where and when goods leave for the border, and the units that there are of a SKU; all that is not named."""

    country: str
    day: date
    stock: Mapping[str, int] = field(default_factory=dict)


class _Added(Struct, frozen=True):
    """What a charge adds if all goods cross the border, by SKU, in thousandths of a minor unit.

    `once`: it is owed once for a parcel, whatever is in it. `shared`: it is owed once for all of these SKUs.
    """

    term: str
    millis: Mapping[str, int]
    once: bool = False
    shared: bool = False


class ImportModel(Struct, frozen=True):
    """What is added by each node abroad, as one model of the import has it.

    `bounds`: no plan whose value lies in the band of the model owes less.
    """

    by_node: Mapping[str, NodeTerms]
    bounds: bool = True


class PlanImports:
    """What plans of one order owe; each question is worked out once."""

    def __init__(
        self,
        goods: Sequence[OrderedGoods],
        terms: ImportTerms,
        rules: TradeRules,
        departures: Mapping[str, Departure],
        currency: str,
    ) -> None:
        """`departures` are by node; `currency` is the one of amounts that are returned."""
        self._goods = {one.sku: one for one in goods}
        self._terms, self._rules, self._currency = terms, rules, currency
        self._abroad = {
            node_id: place
            for node_id, place in departures.items()
            if rules.crosses(place.country, terms.to_country, place.day)
        }
        self._owed: dict[tuple[tuple[str, tuple[tuple[str, int], ...]], ...], Terms | None] = {}

    def models(self) -> list[ImportModel]:
        """Return a model for each band of value and, if there are several, one by which as little crosses as can be.

        None where nothing crosses the border. Raises what `landed_costs` refuses, but for a flow that a band excludes.
        """
        if not self._abroad:
            return []
        days = {place.day: place.country for place in self._abroad.values()}
        whole = {day: self._border(country, day) for day, country in days.items()}
        limits = sorted({limit for border in whole.values() for limit in self._limits(border)})
        models = []
        for limit in [*limits, None]:
            by_day = {day: self._band(border, limit) for day, border in whole.items()}
            if all(terms is not None for terms in by_day.values()):
                models.append(ImportModel(self._by_node(by_day)))
        if limits:
            dear = {sku: {"duty": _MILLIS * one.value.minor // one.units} for sku, one in self._goods.items()}
            models.append(ImportModel(dict.fromkeys(self._abroad, ({}, dear)), bounds=False))
        return models

    def owed(self, units: Mapping[str, Mapping[str, int]]) -> Terms | None:
        """Return what a plan owes by term, units by node and SKU; None where its flow may not be used.

        Raises what else `landed_costs` refuses.
        """
        key = tuple((node_id, tuple(sorted(of_node.items()))) for node_id, of_node in sorted(units.items()))
        if key not in self._owed:
            self._owed[key] = self._computed(units)
        return self._owed[key]

    def _computed(self, units: Mapping[str, Mapping[str, int]]) -> Terms | None:
        goods = self._goods_by_node(units)
        worth = {node_id: sum(one.value.minor for one in of_node) for node_id, of_node in goods.items()}
        freight = dict(zip(worth, shares(self._terms.freight.minor, list(worth.values())), strict=True))
        consignments = [
            self._consignment(self._abroad[node_id], of_node, freight[node_id], node_id)
            for node_id, of_node in goods.items()
            if node_id in self._abroad
        ]
        try:
            costs = landed_costs(consignments, self._rules, valued_together=True)
        except TradeFlowNotAllowed:
            return None
        owed: dict[str, int] = {}
        for cost in costs:
            for name, minor in self._counted(cost).items():
                owed[name] = owed.get(name, 0) + _MILLIS * minor
        return owed

    def _goods_by_node(self, units: Mapping[str, Mapping[str, int]]) -> dict[str, list[Goods]]:
        """The value of a SKU is shared by units; what no node ships has its share, too."""
        goods: dict[str, list[Goods]] = {node_id: [] for node_id in units}
        for sku, one in self._goods.items():
            counts = {node_id: of_node[sku] for node_id, of_node in units.items() if of_node.get(sku)}
            left = max(0, one.units - sum(counts.values()))
            for (node_id, count), value in zip(
                counts.items(), shares(one.value.minor, [*counts.values(), left]), strict=False
            ):
                goods[node_id].append(_goods(one, count, Money(value, one.value.currency)))
        return goods

    def _border(self, country: str, day: date) -> Border:
        goods = [_goods(one, one.units, one.value) for one in self._goods.values()]
        return Border(
            self._consignment(Departure(country, day), goods, self._terms.freight.minor, "all"), self._rules, ()
        )

    def _consignment(self, place: Departure, goods: Sequence[Goods], freight: int, name: str) -> Consignment:
        terms = self._terms
        return Consignment(
            consignment_id=name,
            from_country=place.country,
            to_country=terms.to_country,
            import_day=place.day,
            flow=terms.flow,
            goods=tuple(goods),
            freight=Money(freight, terms.freight.currency),
            insurance=Money.zero(terms.freight.currency),
            incoterm=terms.incoterm,
            declaration=terms.declaration,
            order_number=_BUYER,
            recipient=_BUYER,
        )

    def _limits(self, border: Border) -> list[Money]:
        """The values below that of all goods up to which a rule of the flow holds, from the least on."""
        territory, day, flow = border.territory, border.consignment.import_day, border.consignment.flow
        amounts = {
            row.amount
            for row in in_force(self._rules.thresholds.get(territory.territory, ()), day)
            if flow in row.flows and row.kind is not ThresholdKind.TAX_MINIMUM
        }
        amounts |= {
            row.value_limit
            for row in in_force(self._rules.fixed_duties.get(territory.territory, ()), day)
            if flow in row.flows
        }
        amounts |= {
            row.value_limit
            for row in in_force(self._rules.fees.get(territory.territory, ()), day)
            if flow in row.flows and row.value_limit
        }
        limits = sorted(Money.of(str(amount), territory.currency) for amount in amounts)
        return [limit for limit in limits if limit.minor < border.worth.minor]

    def _by_node(self, added: Mapping[date, Sequence[_Added] | None]) -> dict[str, NodeTerms]:
        """What each node abroad adds; nodes with as many units add the same."""
        known: dict[tuple[date, tuple[int, ...]], NodeTerms] = {}
        by_node: dict[str, NodeTerms] = {}
        for node_id, place in self._abroad.items():
            there = tuple(min(one.units, place.stock.get(sku, one.units)) for sku, one in self._goods.items())
            if (place.day, there) not in known:
                stock = dict(zip(self._goods, there, strict=True))
                known[place.day, there] = self._node_terms(added[place.day] or (), stock)
            by_node[node_id] = known[place.day, there]
        return by_node

    def _node_terms(self, added: Sequence[_Added], stock: Mapping[str, int]) -> NodeTerms:
        """What a parcel and each unit add. What is owed once for SKUs is spread over the units that the node has."""
        parcel: dict[str, int] = {}
        units: dict[str, dict[str, int]] = {sku: {} for sku in self._goods}
        for one in added:
            whole, there = sum(one.millis.values()), 0
            if one.once:
                parcel[one.term] = parcel.get(one.term, 0) + whole
                continue
            if one.shared:
                there = sum(millis * stock[sku] // self._goods[sku].units for sku, millis in one.millis.items())
            for sku, millis in one.millis.items():
                part = millis * whole // there if there else millis
                units[sku][one.term] = units[sku].get(one.term, 0) + part // self._goods[sku].units
        return parcel, {sku: terms for sku, terms in units.items() if any(terms.values())}

    def _band(self, border: Border, limit: Money | None) -> list[_Added] | None:
        """What goods add if thresholds see a value of `limit`, None: of all goods. None where the flow excludes it."""
        try:
            cost = border.cost(limit or border.worth)
        except TradeFlowNotAllowed:
            return None
        territory = border.territory.territory
        fees = {row.rule_id: row.basis for row in self._rules.fees.get(territory, ())}
        fixed = {row.rule_id for row in self._rules.fixed_duties.get(territory, ())}
        added = []
        for charge in cost.charges:
            if not self._counts(charge.kind, prepaid=charge.prepaid) or not charge.charged.minor:
                continue
            millis = _MILLIS * self._converted(charge.charged).minor
            worth = [self._goods[sku].value.minor for sku in charge.references]
            parts = dict(zip(charge.references, shares(millis, worth), strict=True))
            basis = fees.get(charge.rule_id)
            once = basis is FeeBasis.CONSIGNMENT
            added.append(_Added(TERMS[charge.kind], parts, once=once, shared=charge.rule_id in fixed))
        return added

    def _counted(self, cost: LandedCost) -> dict[str, int]:
        """What of a landed cost counts, by term, in minor units."""
        counted: dict[str, int] = {}
        for charge in cost.charges:
            if self._counts(charge.kind, prepaid=charge.prepaid) and charge.charged.minor:
                name = TERMS[charge.kind]
                counted[name] = counted.get(name, 0) + self._converted(charge.charged).minor
        return counted

    def _counts(self, kind: ChargeKind, *, prepaid: bool) -> bool:
        return (prepaid or self._terms.door_to_door) and (self._terms.with_tax or kind is not ChargeKind.TAX)

    def _converted(self, amount: Money) -> Money:
        day = next(iter(self._abroad.values())).day
        return conversion(self._rules.exchange_rates, amount.currency, self._currency, day).to_abroad(amount)


def _goods(one: OrderedGoods, units: int, value: Money) -> Goods:
    return Goods(
        reference=one.sku,
        value=value,
        hs_code=one.hs_code,
        origin=one.origin,
        weight_grams=one.weight_grams * units,
    )
