"""Which goods may not take a lane without a license."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from hub.trade.model.rules import Restriction, TradeRules, in_force

YES = "yes"
"""Value of an item's attribute that a restriction names."""


class SentGoods(Struct, frozen=True):
    """Goods on a lane: HS code (empty: unknown), attributes of the item, countries from and to, region they go to."""

    hs_code: str
    attributes: Mapping[str, str]
    from_country: str
    to_country: str
    to_region: str


def restrictions_on(goods: SentGoods, rules: TradeRules, day: date) -> list[Restriction]:
    """Return the rows that hold on a day and name the goods on their lane. Goods without a code are under each code."""
    return [row for row in in_force(rules.restrictions, day) if _names(row, goods)]


def _names(row: Restriction, goods: SentGoods) -> bool:
    lane = (not row.from_countries or goods.from_country in row.from_countries) and (
        not row.countries or goods.to_country in row.countries
    )
    region = not row.regions or not goods.to_region or goods.to_region in row.regions
    code = not goods.hs_code or goods.hs_code.startswith(row.hs_prefix)
    return lane and region and code and (not row.flag or goods.attributes.get(row.flag) == YES)
