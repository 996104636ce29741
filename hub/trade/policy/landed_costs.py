"""Landed cost: what a consignment costs to the door under the rules of its import day, and why.

Pure and exact: the same consignment, rules and rates give the same result on any day and any machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from msgspec.structs import replace

from hub.kernel.errors import InvalidField
from hub.kernel.money import Money, total
from hub.trade.errors import ConsignmentSplit, TradeFlowNotAllowed
from hub.trade.model.landed_cost import Charge, ChargeKind, Collection, Consignment, Incoterm, LandedCost
from hub.trade.model.rules import (
    ExchangeRate,
    Fee,
    FeeBasis,
    TaxRate,
    Threshold,
    ThresholdKind,
    TradeRules,
    in_force,
)
from hub.trade.policy.declaring import Item, declared_items
from hub.trade.policy.duties import Duty, computed, duties
from hub.trade.policy.exact import Conversion, conversion, minor, rounded


def landed_costs(
    consignments: Sequence[Consignment],
    rules: TradeRules,
    rates: Sequence[ExchangeRate] = (),
    *,
    valued_together: bool = False,
) -> list[LandedCost]:
    """Return the landed cost of each consignment.

    `rates` come before those of the rules. `valued_together`: thresholds see the sum of what goes in one order to one
    recipient on one day across the border. Without it, consignments that pass a threshold only together are refused.

    Raise InvalidField, CurrencyMismatch, TradeRuleMissing, ExchangeRateMissing, TradeFlowNotAllowed, ConsignmentSplit.
    """
    borders = [Border(consignment, rules, rates) for consignment in consignments]
    costs = []
    for border in borders:
        alike = [other for other in borders if other.belongs_with(border)]
        if not valued_together:
            _refuse_split(alike, rules)
        costs.append(border.cost_beside(alike) if valued_together else border.cost(border.worth))
    return costs


def recomputed(consignments: Sequence[Consignment], rules: TradeRules, day: date | None) -> list[LandedCost]:
    """Return the landed cost of an order's consignments by other rules, and by the law of a day if one is given.

    Raises what `landed_costs` refuses.
    """
    moved = [replace(one, import_day=day) if day else one for one in consignments]
    return landed_costs(moved, rules, valued_together=True)


class Border:
    """A consignment at the border of its territory: the rules that hold for it and what it declares.

    Raise what `landed_costs` refuses.
    """

    def __init__(self, consignment: Consignment, rules: TradeRules, rates: Sequence[ExchangeRate]) -> None:
        _refuse_negative(consignment)
        self.consignment, self.rules = consignment, rules
        day = consignment.import_day
        self.territory = rules.territory(consignment.to_country, day)
        self.conversion: Conversion = conversion(
            [*rates, *rules.exchange_rates], consignment.currency, self.territory.currency, day
        )
        self.goods = total((goods.value for goods in consignment.goods), consignment.currency)
        self.worth = self.conversion.to_abroad(self.goods)
        self.crosses = consignment.from_country not in self.territory.countries

    def belongs_with(self, other: Border) -> bool:
        """Whether customs would see two consignments as parts of one; it sees only what crosses the border."""
        mine, theirs = self.consignment, other.consignment
        return self is other or (
            bool(mine.recipient)
            and self.crosses
            and other.crosses
            and (mine.recipient, mine.order_number, mine.import_day, self.territory)
            == (theirs.recipient, theirs.order_number, theirs.import_day, other.territory)
        )

    def cost_beside(self, alike: Sequence[Border]) -> LandedCost:
        """The landed cost, where customs sees this and others as one; it is among `alike`."""
        worth = total((other.worth for other in alike), self.territory.currency)
        return self.cost(worth, beside=[other for other in alike if other is not self])

    def cost(self, worth: Money, *, beside: Sequence[Border] = ()) -> LandedCost:
        """The landed cost, where thresholds see a value of `worth`, and the tax of consignments `beside` it."""
        consignment, territory, crosses = self.consignment, self.territory, self.crosses
        return LandedCost(
            consignment_id=consignment.consignment_id,
            territory=territory.territory if crosses else "",
            rules_version=self.rules.version,
            import_day=consignment.import_day,
            incoterm=consignment.incoterm,
            goods=self.goods,
            freight=consignment.freight,
            insurance=consignment.insurance,
            charges=tuple(self._charges(worth, beside)) if crosses else (),
            conversion=self.conversion.rate if crosses else None,
        )

    def _charges(self, worth: Money, beside: Sequence[Border]) -> list[Charge]:
        self._refuse_flow(worth)
        items, levied = self._levied(worth)
        on_duty = [self._duty_charge(duty) for duty in levied]
        taxes = self._relieved(self._taxes(items, levied, worth), worth, beside)
        return [*on_duty, *taxes, *self._fees(items, worth)]

    def _levied(self, worth: Money) -> tuple[Sequence[Item], Sequence[Duty]]:
        items = declared_items(self.consignment, self.rules, self.conversion)
        return items, duties(self.consignment, items, self.territory, self.rules, worth=worth)

    def tax(self, worth: Money) -> Money:
        """The tax before any relief, in the territory's currency."""
        charges = self._taxes(*self._levied(worth), worth)
        return total((charge.amount for charge in charges), self.territory.currency)

    def least_tax(self) -> Threshold | None:
        """The amount of tax up to which none is collected; None where there is none."""
        flow, day = self.consignment.flow, self.consignment.import_day
        return self.rules.threshold(self.territory.territory, ThresholdKind.TAX_MINIMUM, flow, day)

    def _refuse_flow(self, worth: Money) -> None:
        flow, day = self.consignment.flow, self.consignment.import_day
        limit = self.rules.threshold(self.territory.territory, ThresholdKind.FLOW_LIMIT, flow, day)
        if limit and worth.decimal() > limit.amount:
            raise TradeFlowNotAllowed(
                f"Consignment {self.consignment.consignment_id} is worth {worth}, and {flow.value} takes at most"
                f" {limit.amount} {self.territory.currency}; choose another flow.",
                consignment_id=self.consignment.consignment_id,
                rule_id=limit.rule_id,
                flow=flow.value,
            )

    def _duty_charge(self, duty: Duty) -> Charge:
        amount = total(duty.parts, self.territory.currency)
        references = tuple(reference for item in duty.items for reference in item.references)
        return self._charge(ChargeKind.DUTY, duty, references, duty.base, duty.rate, amount)

    def _taxes(self, items: Sequence[Item], levied: Sequence[Duty], worth: Money) -> list[Charge]:
        """Tax on each item with its duty: at the sale or at import."""
        territory, flow, day = self.territory, self.consignment.flow, self.consignment.import_day
        at_sale = self.rules.threshold(territory.territory, ThresholdKind.TAX_AT_SALE, flow, day)
        collection = Collection.SALE if at_sale and worth.decimal() <= at_sale.amount else Collection.IMPORT
        part_of = {item: part for duty in levied for item, part in zip(duty.items, duty.parts, strict=True)}
        taxes = []
        for item in items:
            row = self.rules.tax_rate(self.consignment.to_country, item.tax_category, day)
            base = item.base(territory.tax_basis) + part_of[item]
            amount = computed(base, row.percent, territory.tax_rounding)
            rate = f"{row.percent} %"
            taxes.append(self._charge(ChargeKind.TAX, row, item.references, base, rate, amount, collection))
        return taxes

    def _relieved(self, taxes: list[Charge], worth: Money, beside: Sequence[Border]) -> list[Charge]:
        """The taxes, or one row that says by which rule none is collected."""
        flow, day, territory = self.consignment.flow, self.consignment.import_day, self.territory
        references = tuple(reference for tax in taxes for reference in tax.references)
        relief = self.rules.threshold(territory.territory, ThresholdKind.TAX_RELIEF, flow, day)
        if relief and worth.decimal() <= relief.amount:
            rule, text, base = relief, f"relief up to {relief.amount} {territory.currency}", worth
        else:
            least = self.least_tax()
            if least is None:
                return taxes
            tax = total((charge.amount for charge in taxes), territory.currency)
            together = total((tax, *(other.tax(worth) for other in beside)), territory.currency)
            if together.decimal() > least.amount:
                return taxes
            rule, text, base = least, f"tax up to {least.amount} {territory.currency}", tax
        return [self._charge(ChargeKind.TAX, rule, references, base, text, Money.zero(territory.currency))]

    def _owes(self, fee: Fee, worth: Money) -> bool:
        elsewhere = fee.countries and self.consignment.to_country not in fee.countries
        above = fee.value_limit and worth.decimal() > fee.value_limit
        return not elsewhere and not above and self.consignment.flow in fee.flows

    def _fees(self, items: Sequence[Item], worth: Money) -> list[Charge]:
        charges = []
        currency, references = self.territory.currency, tuple(ref for item in items for ref in item.references)
        for fee in in_force(self.rules.fees.get(self.territory.territory, ()), self.consignment.import_day):
            if not self._owes(fee, worth):
                continue
            count = len({item.hs_code[:6] for item in items}) if fee.basis is FeeBasis.CLASSIFICATION else 1
            exact = minor(Fraction(fee.amount), currency) * count
            amount = rounded(exact, currency, self.territory.duty_rounding)
            rate = f"{fee.amount} {currency} for each {fee.basis.value.lower()}"
            charges.append(self._charge(ChargeKind.FEE, fee, references, self.worth, rate, amount))
        return charges

    def _charge(
        self,
        kind: ChargeKind,
        rule: Fee | TaxRate | Threshold | Duty,
        references: tuple[str, ...],
        base: Money,
        rate: str,
        amount: Money,
        collection: Collection = Collection.IMPORT,
    ) -> Charge:
        return Charge(
            kind=kind,
            rule_id=rule.rule_id,
            references=references,
            base=base,
            rate=rate,
            amount=amount,
            charged=self.conversion.to_home(amount),
            source=rule.source,
            collection=collection,
            prepaid=self.consignment.incoterm is Incoterm.DDP or collection is Collection.SALE,
        )


def _refuse_split(alike: Sequence[Border], rules: TradeRules) -> None:
    """Raise ConsignmentSplit where consignments pass a threshold together that each stays below."""
    first = alike[0]
    worth = total((border.worth for border in alike), first.territory.currency)
    day, territory = first.consignment.import_day, first.territory.territory
    limits = [
        (row.rule_id, row.amount, row.flows)
        for row in in_force(rules.thresholds.get(territory, ()), day)
        if row.kind is not ThresholdKind.TAX_MINIMUM
    ]
    limits += [
        (fixed.rule_id, fixed.value_limit, fixed.flows)
        for fixed in in_force(rules.fixed_duties.get(territory, ()), day)
    ]
    for rule_id, limit, flows in limits:
        below = [border for border in alike if border.consignment.flow in flows and border.worth.decimal() <= limit]
        if len(below) > 1 and worth.decimal() > limit:
            names = ", ".join(border.consignment.consignment_id for border in below)
            raise ConsignmentSplit(
                f"Consignments {names} go to one recipient on {day} and are worth {worth} together, above the"
                f" {limit} {first.territory.currency} of {rule_id} that each stays below; send them as one, or have"
                f" them valued together.",
                consignment_ids=names,
                rule_id=rule_id,
                worth=worth,
            )


def _refuse_negative(consignment: Consignment) -> None:
    for name in ("freight", "insurance"):
        amount: Money = getattr(consignment, name)
        if amount.minor < 0:
            raise InvalidField(f"{name} is {amount}; state at least 0.", **{name: "negative"})
