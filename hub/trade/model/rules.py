"""Trade rules as dated rows, and which of them hold for a territory on a day. What follows from them is `policy`'s."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Protocol, TypeVar

from msgspec import Struct, field

from hub.trade.errors import TradeRuleMissing


class Flow(Enum):
    """How a consignment passes customs. FREIGHT is for commercial consignments, the others for sales to consumers."""

    IOSS = "IOSS"
    POSTAL = "POSTAL"
    EXPRESS = "EXPRESS"
    FREIGHT = "FREIGHT"


class Basis(Enum):
    """What duty or tax is computed on: the goods alone, or goods, freight and insurance."""

    FOB = "FOB"
    CIF = "CIF"


class RoundingMode(Enum):
    """Which way an amount is rounded to the unit of its territory."""

    HALF_UP = "HALF_UP"
    DOWN = "DOWN"
    UP = "UP"


class ThresholdKind(Enum):
    """What a threshold decides.

    Up to its amount: DUTY_RELIEF, no duty; TAX_RELIEF, no tax; TAX_AT_SALE, the seller collects the tax at the sale;
    FLOW_LIMIT, the flow may be used. TAX_MINIMUM: tax of up to the amount is not collected.
    """

    DUTY_RELIEF = "DUTY_RELIEF"
    TAX_RELIEF = "TAX_RELIEF"
    TAX_AT_SALE = "TAX_AT_SALE"
    FLOW_LIMIT = "FLOW_LIMIT"
    TAX_MINIMUM = "TAX_MINIMUM"


class FeeBasis(Enum):
    """What a fee is charged for."""

    CONSIGNMENT = "CONSIGNMENT"
    CLASSIFICATION = "CLASSIFICATION"


class RegistrationKind(Enum):
    """What a number of a seller is for: EORI, to trade across a border; IOSS and VAT, to pay tax."""

    EORI = "EORI"
    IOSS = "IOSS"
    VAT = "VAT"


class Rounding(Struct, frozen=True):
    """Amounts are multiples of `unit`, in major units of the territory's currency."""

    unit: Decimal
    mode: RoundingMode


class Territory(Struct, frozen=True):
    """A customs territory: its countries (ISO 3166-1 alpha-2), its currency, and how it computes."""

    rule_id: str
    territory: str
    countries: frozenset[str]
    currency: str
    duty_basis: Basis
    tax_basis: Basis
    duty_rounding: Rounding
    tax_rounding: Rounding
    since: date
    until: date | None
    source: str


class DutyRate(Struct, frozen=True):
    """Duty on goods whose code begins with `hs_prefix`, from `origins` (empty: from anywhere).

    `percent` of the value, and `per_kg` in the territory's currency. `preference`: for goods with proof of
    preferential origin only.
    """

    rule_id: str
    territory: str
    hs_prefix: str
    origins: frozenset[str]
    preference: bool
    percent: Decimal
    per_kg: Decimal
    since: date
    until: date | None
    source: str


class FixedDuty(Struct, frozen=True):
    """A fixed `amount` for each distinct tariff classification of a consignment worth at most `value_limit`.

    Classifications differ in the first `reduced_digits` or `full_digits` digits, as the declaration says.
    `preference_by_rate`: goods with preference in a full declaration outside IOSS pay by rate instead.
    """

    rule_id: str
    territory: str
    flows: frozenset[Flow]
    amount: Decimal
    value_limit: Decimal
    reduced_digits: int
    full_digits: int
    preference_by_rate: bool
    since: date
    until: date | None
    source: str


class TaxRate(Struct, frozen=True):
    """VAT, GST or the like of a country for goods of a category."""

    rule_id: str
    country: str
    category: str
    percent: Decimal
    since: date
    until: date | None
    source: str


class Threshold(Struct, frozen=True):
    """A value up to which something holds, in the territory's currency; see ThresholdKind."""

    rule_id: str
    territory: str
    flows: frozenset[Flow]
    kind: ThresholdKind
    amount: Decimal
    since: date
    until: date | None
    source: str


class Fee(Struct, frozen=True):
    """A handling fee, of some countries or (empty) of all of the territory, in its currency.

    `value_limit`: on consignments worth at most so much; 0: on all. Without `since` it is off until its date is
    certain.
    """

    rule_id: str
    territory: str
    countries: frozenset[str]
    value_limit: Decimal
    flows: frozenset[Flow]
    basis: FeeBasis
    amount: Decimal
    since: date | None
    until: date | None
    source: str


class ExchangeRate(Struct, frozen=True):
    """One unit of `from_currency` is `rate` units of `to_currency`."""

    rule_id: str
    from_currency: str
    to_currency: str
    rate: Decimal
    since: date
    until: date | None
    source: str


class HsHeading(Struct, frozen=True):
    """The subheadings (two digits each) that a heading of the Harmonized System (four digits) has."""

    rule_id: str
    heading: str
    subheadings: frozenset[str]
    since: date
    until: date | None
    source: str


class Restriction(Struct, frozen=True):
    """Goods that may not be sent from `from_countries` to `countries` without a license; empty: from or to anywhere.

    `regions` (codes as in addresses; empty: all) are of these countries. Only goods whose HS code begins with
    `hs_prefix` (empty: any), and, with `flag`, whose item has the attribute of this name as `yes`.
    """

    rule_id: str
    from_countries: frozenset[str]
    countries: frozenset[str]
    regions: frozenset[str]
    hs_prefix: str
    flag: str
    since: date
    until: date | None
    source: str


class Dated(Protocol):
    """A row that holds from `since` until the day before `until`; None: without end, or not yet."""

    @property
    def rule_id(self) -> str:
        """Name of the row; no other row of the rules has it."""

    @property
    def since(self) -> date | None:
        """First day; None: the row is off."""

    @property
    def until(self) -> date | None:
        """Day after the last."""

    @property
    def source(self) -> str:
        """Name of the source that states it."""


R = TypeVar("R", bound=Dated)


class Registration(Struct, frozen=True):
    """The number under which customs or tax offices of a territory know a seller; `seller` is its id."""

    rule_id: str
    seller: str
    territory: str
    kind: RegistrationKind
    number: str
    since: date
    until: date | None
    source: str


class TradeRules(Struct, frozen=True):
    """One version of the rules. Rows are found by what they are about; `sources` maps a name to its citation.

    `territories` are by country, `duty_rates` by territory and prefix, `tax_rates` by country and category,
    `hs_headings` by heading, `registrations` by seller; the others by territory. Version 0 is the set that the product
    brings.
    """

    version: int = 0
    territories: Mapping[str, Sequence[Territory]] = field(default_factory=dict)
    duty_rates: Mapping[tuple[str, str], Sequence[DutyRate]] = field(default_factory=dict)
    fixed_duties: Mapping[str, Sequence[FixedDuty]] = field(default_factory=dict)
    tax_rates: Mapping[tuple[str, str], Sequence[TaxRate]] = field(default_factory=dict)
    thresholds: Mapping[str, Sequence[Threshold]] = field(default_factory=dict)
    fees: Mapping[str, Sequence[Fee]] = field(default_factory=dict)
    exchange_rates: Sequence[ExchangeRate] = ()
    hs_headings: Mapping[str, Sequence[HsHeading]] = field(default_factory=dict)
    registrations: Mapping[str, Sequence[Registration]] = field(default_factory=dict)
    restrictions: Sequence[Restriction] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    def territory(self, country: str, day: date) -> Territory:
        """Return the customs territory of a country on a day. Raise TradeRuleMissing."""
        for row in in_force(self.territories.get(country, ()), day):
            return row
        raise missing("territories", country, f"country {country}", day)

    def crosses(self, from_country: str, to_country: str, day: date) -> bool:
        """Return whether goods cross a customs border; a country in no territory is one of its own."""
        rows = in_force(self.territories.get(to_country, ()), day)
        return from_country != to_country and not any(from_country in row.countries for row in rows)

    def tax_rate(self, country: str, category: str, day: date) -> TaxRate:
        """Return the tax of a country for a category of goods on a day. Raise TradeRuleMissing."""
        for row in in_force(self.tax_rates.get((country, category), ()), day):
            return row
        raise missing("tax_rates", country, f"category {category} in {country}", day)

    def threshold(self, territory: str, kind: ThresholdKind, flow: Flow, day: date) -> Threshold | None:
        """Return the threshold of a kind that holds for a flow on a day; None where there is none."""
        rows = in_force(self.thresholds.get(territory, ()), day)
        return next((row for row in rows if row.kind is kind and flow in row.flows), None)

    def registered(self, seller: str, countries: Collection[str], day: date) -> dict[str, str]:
        """Return the numbers of a seller in the territories of countries on a day, by kind."""
        territories = {
            row.territory for country in countries for row in in_force(self.territories.get(country, ()), day)
        }
        rows = in_force(self.registrations.get(seller, ()), day)
        return {row.kind.value: row.number for row in rows if row.territory in territories}

    def is_hs_code(self, code: str, day: date) -> bool:
        """Return whether the first six digits of a code are a subheading on a day."""
        headings = in_force(self.hs_headings.get(code[:4], ()), day)
        return any(code[4:6] in heading.subheadings for heading in headings)


def in_force(rows: Sequence[R], day: date) -> list[R]:
    """Return the rows that hold on a day."""
    return [row for row in rows if row.since and row.since <= day and (row.until is None or day < row.until)]


def missing(table: str, territory: str, what: str, day: date) -> TradeRuleMissing:
    """Return the refusal that no row of a table holds for something on a day."""
    return TradeRuleMissing(
        f"No row of {table} holds for {what} on {day}; add it with its source, and load the trade rules again.",
        table=table,
        territory=territory,
        day=day,
    )
