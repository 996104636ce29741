"""What a consignment declares to customs: goods checked, converted, and gathered into items of one tariff line each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from hub.kernel.codes import COUNTRIES
from hub.kernel.errors import InvalidField
from hub.kernel.money import Money, shares
from hub.trade.model.landed_cost import Consignment, Goods
from hub.trade.model.rules import Basis, TradeRules
from hub.trade.policy.exact import Conversion

_HS_CODE: Final = re.compile("[0-9]{6}|[0-9]{8}|[0-9]{10}")


class Item(Struct, frozen=True):
    """One item of a declaration: goods of one code, origin, preference and tax category, in the territory's currency.

    `freight` is its share of freight and insurance, by value.
    """

    references: tuple[str, ...]
    hs_code: str
    origin: str
    preference: bool
    tax_category: str
    value: Money
    freight: Money
    weight_grams: int

    def base(self, basis: Basis) -> Money:
        """Return what duty or tax is computed on."""
        return self.value + self.freight if basis is Basis.CIF else self.value


def declared_items(consignment: Consignment, rules: TradeRules, conversion: Conversion) -> list[Item]:
    """Return the items that a consignment declares, in the order in which their goods first appear.

    Raise InvalidField for codes that are malformed or that the Harmonized System lacks, and for origins.
    """
    if not consignment.goods:
        name = consignment.consignment_id
        raise InvalidField(f"goods of consignment {name} are missing; state them.", goods="are missing")
    groups: dict[tuple[str, str, bool, str], list[Goods]] = {}
    for number, goods in enumerate(consignment.goods):
        _refuse_unfit(goods, number, rules, consignment.import_day)
        groups.setdefault((goods.hs_code, goods.origin, goods.preference, goods.tax_category), []).append(goods)
    values = [conversion.to_abroad(_value(lines, consignment.currency)) for lines in groups.values()]
    carriage = conversion.to_abroad(consignment.freight + consignment.insurance)
    parts = shares(carriage.minor, [value.minor for value in values])
    return [
        Item(
            references=tuple(goods.reference for goods in lines),
            hs_code=code,
            origin=origin,
            preference=preference,
            tax_category=category,
            value=value,
            freight=Money(part, value.currency),
            weight_grams=sum(goods.weight_grams for goods in lines),
        )
        for ((code, origin, preference, category), lines), value, part in zip(
            groups.items(), values, parts, strict=True
        )
    ]


def problem_of_code(code: str, rules: TradeRules, day: date) -> str:
    """Return why a code is no code of the Harmonized System on a day, with its mend; empty where it is one."""
    if not code:
        return "is missing; state the Harmonized System code of the goods"
    if not _HS_CODE.fullmatch(code):
        return f"is {code!r}; write 6, 8 or 10 digits alone, as 610910"
    if rules.hs_headings and not rules.is_hs_code(code, day):
        return f"is {code}, which the Harmonized System does not have on {day}; classify the goods again"
    return ""


def problem_of_origin(origin: str) -> str:
    """Return why a text is no country of origin, with its mend; empty where it is one."""
    if not origin:
        return "is missing; state the country of origin of the goods"
    return "" if origin in COUNTRIES else f"is {origin!r}; write a code of ISO 3166-1, as CN"


def _refuse_unfit(goods: Goods, number: int, rules: TradeRules, day: date) -> None:
    problems = {
        f"goods[{number}].hs_code": problem_of_code(goods.hs_code, rules, day),
        f"goods[{number}].origin": problem_of_origin(goods.origin),
        f"goods[{number}].value": f"is {goods.value}; state at least 0" if goods.value.minor < 0 else "",
    }
    for field, problem in problems.items():
        if problem:
            raise InvalidField(f"{field} of {goods.reference} {problem}.", **{field: problem})


def _value(lines: Sequence[Goods], currency: str) -> Money:
    value = Money.zero(currency)
    for goods in lines:
        value = value + goods.value
    return value
