"""Trade rules and consignments for tests: the set that the product brings, or a law written on one line."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import hub.trade
from hub.kernel.money import Money
from hub.trade.model.landed_cost import Consignment, Declaration, Goods
from hub.trade.model.rules import Flow, TradeRules
from hub.trade.policy.rule_files import rules_of

DEFAULT_RULES: Final = Path(hub.trade.__file__).with_name("default_rules")
DAY: Final = date(2026, 7, 15)

COLUMNS: Final = {
    "sources.csv": "source,citation",
    "territories.csv": "rule,territory,countries,currency,duty_basis,tax_basis,duty_rounding,tax_rounding,from,until,"
    "source",
    "duty_rates.csv": "rule,territory,hs_prefix,origins,preference,percent,per_kg,from,until,source",
    "fixed_duties.csv": "rule,territory,flows,amount,value_limit,reduced_digits,full_digits,preference_by_rate,from,"
    "until,source",
    "tax_rates.csv": "rule,country,category,percent,from,until,source",
    "thresholds.csv": "rule,territory,flows,kind,amount,from,until,source",
    "fees.csv": "rule,territory,countries,flows,basis,amount,value_limit,from,until,source",
    "exchange_rates.csv": "rule,from_currency,to_currency,rate,from,until,source",
    "registrations.csv": "rule,seller,territory,kind,number,from,until,source",
    "restrictions.csv": "rule,from_countries,countries,regions,hs_prefix,flag,from,until,source",
}


@cache
def default_rules() -> TradeRules:
    return rules_of(default_files())


def default_files() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in DEFAULT_RULES.glob("*.csv")}


def files(**rows: list[str]) -> dict[str, str]:
    """Files by name without their ending; each row without its columns."""
    given = {"sources": ["test,Written for a test"], **rows}
    return {f"{name}.csv": "\n".join([COLUMNS[f"{name}.csv"], *lines]) + "\n" for name, lines in given.items()}


@cache
def law(text: str, country: str, currency: str) -> TradeRules:
    """A law of one line: bases of duty and tax, their percentages, and `name=amount` for what else holds."""
    duty_basis, tax_basis, duty, tax, *more = text.split()
    extras = dict(extra.partition("=")[::2] for extra in more)
    step = extras.get("step", "0.001:HALF_UP" if currency == "KWD" else "0.01:HALF_UP").replace(":", " ")
    kinds = {"relief": "DUTY_RELIEF", "taxrelief": "TAX_RELIEF", "minimum": "TAX_MINIMUM"}
    open_end = "2010-01-01,,test"
    duties = [f"duty,LAND,,,no,{duty},,{open_end}"]
    if "pref" in extras:
        duties.append(f"preference,LAND,,GB,yes,{extras['pref']},,{open_end}")
    return rules_of(
        files(
            territories=[f"land,LAND,{country},{currency},{duty_basis},{tax_basis},{step},{step},{open_end}"],
            duty_rates=duties,
            tax_rates=[f"tax,{country},STANDARD,{tax},{open_end}"],
            thresholds=[f"{name},LAND,*,{kinds[name]},{extras[name]},{open_end}" for name in kinds if name in extras],
            fees=[f"fee,LAND,,*,CONSIGNMENT,{extras['fee']},,{open_end}"] if "fee" in extras else [],
            fixed_duties=[f"fixed,LAND,*,3.00,150,6,10,yes,{open_end}"] if "fixed" in extras else [],
        )
    )


def goods_of(text: str, currency: str) -> tuple[Goods, ...]:
    """Goods written as code/origin/value[/P for preference][/W grams][/tax category], with ` + ` between them."""
    return tuple(_goods(number, part.split("/"), currency) for number, part in enumerate(text.split(" + "), start=1))


def _goods(number: int, parts: list[str], currency: str) -> Goods:
    code, origin, value, *more = parts
    weight = next((int(mark[1:]) for mark in more if mark[1:].isdigit()), 0)
    category = next((mark for mark in more if len(mark) > 1 and mark.isalpha()), "STANDARD")
    amount = Money.of(value, currency)
    return Goods(f"line {number}", amount, code, origin, "P" in more, category, weight)


def consignment(
    goods: str = "610910/CN/100",
    *,
    to: str = "NL",
    currency: str = "EUR",
    day: date = DAY,
    flow: Flow = Flow.POSTAL,
    declaration: Declaration = Declaration.REDUCED,
    name: str = "C1",
    sender: str = "CN",
    recipient: str = "",
    freight: str = "0",
    insurance: str = "0",
) -> Consignment:
    return Consignment(
        consignment_id=name,
        from_country=sender,
        to_country=to,
        import_day=day,
        flow=flow,
        goods=goods_of(goods, currency),
        freight=Money.of(freight, currency),
        insurance=Money.of(insurance, currency),
        declaration=declaration,
        order_number="O1",
        recipient=recipient,
    )
