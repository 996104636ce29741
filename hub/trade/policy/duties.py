"""Duty on the items of a consignment: none below a relief, a fixed amount per classification, or by rate."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from hub.kernel.errors import InvalidField
from hub.kernel.money import Money, shares, total
from hub.trade.model.landed_cost import Consignment, Declaration
from hub.trade.model.rules import (
    DutyRate,
    FixedDuty,
    Flow,
    Rounding,
    Territory,
    ThresholdKind,
    TradeRules,
    in_force,
    missing,
)
from hub.trade.policy.declaring import Item
from hub.trade.policy.exact import minor, rounded


class Duty(Struct, frozen=True):
    """Duty of some items: the row, what it was computed on, and the part of each item, in the order of `items`."""

    rule_id: str
    source: str
    items: tuple[Item, ...]
    base: Money
    rate: str
    parts: tuple[Money, ...]


def duties(
    consignment: Consignment, items: Sequence[Item], territory: Territory, rules: TradeRules, *, worth: Money
) -> list[Duty]:
    """Return the duties on all items of a consignment, each item in one of them.

    `worth` is the value that thresholds see. Raise TradeRuleMissing where a rate is missing, InvalidField where a code
    or a weight does not say enough.
    """
    day, flow = consignment.import_day, consignment.flow
    relief = rules.threshold(territory.territory, ThresholdKind.DUTY_RELIEF, flow, day)
    if relief and worth.decimal() <= relief.amount:
        nothing = Money.zero(territory.currency)
        text = f"relief up to {relief.amount} {territory.currency}"
        return [Duty(relief.rule_id, relief.source, tuple(items), worth, text, (nothing,) * len(items))]
    fixed = _fixed_duty(consignment, territory, rules, worth)
    flat = [item for item in items if fixed and not _by_rate(fixed, consignment, item)]
    by_rate = [item for item in items if item not in flat]
    charged = _fixed(fixed, flat, consignment, territory) if fixed else []
    return charged + [_ad_valorem(consignment, item, territory, rules) for item in by_rate]


def _fixed_duty(consignment: Consignment, territory: Territory, rules: TradeRules, worth: Money) -> FixedDuty | None:
    for row in in_force(rules.fixed_duties.get(territory.territory, ()), consignment.import_day):
        if consignment.flow in row.flows and worth.decimal() <= row.value_limit:
            return row
    return None


def _by_rate(fixed: FixedDuty, consignment: Consignment, item: Item) -> bool:
    full = consignment.declaration is Declaration.FULL and consignment.flow is not Flow.IOSS
    return fixed.preference_by_rate and full and item.preference


def _fixed(fixed: FixedDuty, items: Sequence[Item], consignment: Consignment, territory: Territory) -> list[Duty]:
    digits = fixed.full_digits if consignment.declaration is Declaration.FULL else fixed.reduced_digits
    groups: dict[str, list[Item]] = {}
    for item in items:
        if len(item.hs_code) < digits:
            problem = f"is {item.hs_code}; a {consignment.declaration.value} declaration needs {digits} digits"
            raise InvalidField(f"hs_code of {item.references[0]} {problem}.", hs_code=problem)
        groups.setdefault(item.hs_code[:digits], []).append(item)
    amount = rounded(minor(Fraction(fixed.amount), territory.currency), territory.currency, territory.duty_rounding)
    charged = []
    for code, alike in groups.items():
        parts = shares(amount.minor, [item.value.minor for item in alike])
        charged.append(
            Duty(
                rule_id=fixed.rule_id,
                source=fixed.source,
                items=tuple(alike),
                base=total((item.value for item in alike), territory.currency),
                rate=f"{amount} for classification {code}",
                parts=tuple(Money(part, territory.currency) for part in parts),
            )
        )
    return charged


def _ad_valorem(consignment: Consignment, item: Item, territory: Territory, rules: TradeRules) -> Duty:
    row = _rate_of(consignment, item, territory, rules)
    if row.per_kg and not item.weight_grams:
        problem = f"is missing; {row.rule_id} charges by weight"
        raise InvalidField(f"weight_grams of {item.references[0]} {problem}.", weight_grams=problem)
    base = item.base(territory.duty_basis)
    amount = computed(base, row.percent, territory.duty_rounding, per_kg=row.per_kg, weight_grams=item.weight_grams)
    weight = f" + {row.per_kg} {territory.currency}/kg" if row.per_kg else ""
    return Duty(row.rule_id, row.source, (item,), base, f"{row.percent} %{weight}", (amount,))


def computed(
    base: Money, percent: Decimal, rounding: Rounding, *, per_kg: Decimal = Decimal(0), weight_grams: int = 0
) -> Money:
    """Return a percentage of a base, with an amount in major units for each kilogram, rounded once."""
    by_value = base.minor * Fraction(percent) / 100
    by_weight = minor(Fraction(per_kg), base.currency) * Fraction(weight_grams, 1000)
    return rounded(by_value + by_weight, base.currency, rounding)


def _rate_of(consignment: Consignment, item: Item, territory: Territory, rules: TradeRules) -> DutyRate:
    """The row of the longest prefix; among those the one with preference before, and the one that names the origin."""
    day = consignment.import_day
    for length in range(len(item.hs_code), -1, -1):
        rows = in_force(rules.duty_rates.get((territory.territory, item.hs_code[:length]), ()), day)
        fitting = [
            row
            for row in rows
            if (not row.origins or item.origin in row.origins) and (item.preference or not row.preference)
        ]
        if fitting:
            return max(fitting, key=lambda row: (row.preference, bool(row.origins)))
    raise missing(
        "duty_rates", territory.territory, f"{item.hs_code} from {item.origin} into {territory.territory}", day
    )
