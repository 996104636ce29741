"""The worked table: each row is an example that others published, or shows its arithmetic."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from hub.kernel.money import Money
from hub.trade.model.landed_cost import ChargeKind, Declaration, LandedCost
from hub.trade.model.rules import ExchangeRate, Flow
from hub.trade.policy.landed_costs import landed_costs
from tests.unit.trade.laws import consignment, default_rules, law

Row = dict[str, str]
TABLE: Final = Path(__file__).with_name("landed_cost_cases.csv")
ROWS: Final[list[Row]] = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
KINDS: Final = {"duty": ChargeKind.DUTY, "tax": ChargeKind.TAX, "fees": ChargeKind.FEE}


def computed(row: Row) -> LandedCost:
    currency, rates = row["currency"], []
    abroad = currency
    if row["rate"]:
        base, quote, rate = row["rate"].split()
        abroad = quote if base == currency else base
        rates = [ExchangeRate("rate", base, quote, Decimal(rate), date(2010, 1, 1), None, "test")]
    rules = default_rules() if row["law"] == "default" else law(row["law"], row["to"], abroad)
    asked = consignment(
        row["goods"],
        to=row["to"],
        sender=row["from"],
        currency=currency,
        day=date.fromisoformat(row["day"]),
        flow=Flow[row["flow"]],
        declaration=Declaration[row["declaration"]],
        freight=row["freight"],
        insurance=row["insurance"],
    )
    return landed_costs([asked], rules, rates)[0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_a_row_of_the_table_is_computed_to_the_minor_unit(row: Row) -> None:
    cost = computed(row)

    for column, kind in KINDS.items():
        amounts = [charge.amount.decimal() for charge in cost.charges if charge.kind is kind]
        assert not row[column] or sum(amounts, Decimal(0)) == Decimal(row[column]), (column, cost.charges)
    assert not row["total"] or cost.total == Money.of(row["total"], row["currency"])


def test_each_row_has_a_source_or_its_arithmetic() -> None:
    assert len(ROWS) >= 150
    assert not [row["case"] for row in ROWS if not row["basis"]]
    assert not [row["case"] for row in ROWS if not any(row[column] for column in KINDS)]
