"""Rule files: what cannot be read, overlaps or leaves a gap is refused by file and line, with its mend."""

from __future__ import annotations

from datetime import date

import pytest

from hub.trade.errors import MOST_PROBLEMS, TradeRulesInvalid
from hub.trade.policy.rule_files import TABLES, rules_of
from tests.unit.trade.laws import COLUMNS, default_files, files

LAND = "land,LAND,NL,EUR,CIF,CIF,0.01 HALF_UP,0.01 HALF_UP,2026-01-01,,test"
TAX = "tax,NL,STANDARD,21,2026-01-01,,test"


def problems(**rows: list[str]) -> list[str]:
    given = {"territories": [LAND], "tax_rates": [TAX], **rows}
    try:
        rules_of(files(**given))
    except TradeRulesInvalid as refusal:
        return list(refusal.problems)
    return []


def test_the_rules_of_the_product_fit_together() -> None:
    rules = rules_of(default_files(), version=3)

    assert rules.version == 3
    assert rules.territories.keys() >= {"NL", "GB", "CH", "US", "AU"}
    assert all(rules.sources[row.source] for rows in rules.tax_rates.values() for row in rows)


def test_rules_that_fit_have_no_problem() -> None:
    assert not problems(
        duty_rates=["a,LAND,61,,no,12,,2026-01-01,2026-07-01,test", "b,LAND,61,,no,8,,2026-07-01,,test"]
    )


def test_numbers_of_a_seller_hold_in_their_territories_and_days() -> None:
    numbers = ["a,S,LAND,VAT,NL12345,2026-01-01,2026-05-01,test", "b,S,LAND,VAT,NL67890,2026-05-01,,test"]
    rules = rules_of(files(territories=[LAND], tax_rates=[TAX], registrations=numbers))

    may = date(2026, 5, 1)
    assert rules.registered("S", {"NL", "GB"}, date(2026, 4, 30)) == {"VAT": "NL12345"}
    assert rules.registered("S", {"NL"}, may) == {"VAT": "NL67890"}
    assert rules.registered("S", {"GB"}, may) == rules.registered("OTHER", {"NL"}, may) == {}


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            {"duty_rates": ["a,LAND,61,,no,12,,2026-01-01,,test", "b,LAND,61,,no,8,,2026-07-01,,test"]},
            "duty_rates.csv, line 3: overlaps duty_rates.csv, line 2 from 2026-07-01 on; end that row on 2026-07-01",
        ),
        (
            {"duty_rates": ["a,LAND,61,CN VN,no,12,,2026-01-01,,test", "b,LAND,61,VN,no,8,,2026-07-01,,test"]},
            "duty_rates.csv, line 3: overlaps duty_rates.csv, line 2 from 2026-07-01 on; end that row on 2026-07-01",
        ),
        (
            {"tax_rates": ["a,NL,STANDARD,19,2025-01-01,2026-01-01,test", "b,NL,STANDARD,21,2026-02-01,,test"]},
            (
                "tax_rates.csv, line 3: leaves a gap after tax_rates.csv, line 2 from 2026-01-01 to 2026-02-01;"
                " add a row for it"
            ),
        ),
        (
            {"thresholds": ["a,LAND,*,DUTY_RELIEF,150,2026-01-01,,test", "b,LAND,IOSS,DUTY_RELIEF,9,2026-05-01,,test"]},
            "thresholds.csv, line 3: overlaps thresholds.csv, line 2 from 2026-05-01 on; end that row on 2026-05-01",
        ),
        (
            {"exchange_rates": ["a,EUR,USD,1.1,2026-01-01,,test", "b,USD,EUR,0.9,2026-05-01,,test"]},
            (
                "exchange_rates.csv, line 3: overlaps exchange_rates.csv, line 2 from 2026-05-01 on;"
                " end that row on 2026-05-01"
            ),
        ),
        (
            {"duty_rates": ["a,LAND,61,,no,12,,2026-07-01,2026-07-01,test"]},
            "duty_rates.csv, line 2: ends 2026-07-01, not after 2026-07-01; `until` is the day after the last",
        ),
        (
            {"duty_rates": ["a,MOON,61,,no,12,,2026-01-01,,test"]},
            "duty_rates.csv, line 2: territory MOON is not in territories.csv; add it there",
        ),
        (
            {"duty_rates": ["a,LAND,61,,no,12,,2026-01-01,,rumor"]},
            "duty_rates.csv, line 2: source rumor is not in sources.csv; add it with its citation",
        ),
        (
            {"duty_rates": ["tax,LAND,61,,no,12,,2026-01-01,,test"]},
            "tax_rates.csv, line 2: tax is the name of duty_rates.csv, line 2 too; give each row a name of its own",
        ),
        (
            {"tax_rates": []},
            (
                "territories.csv, line 2: NL has no STANDARD row in tax_rates.csv from 2026-01-01 on; add it,"
                " with 0 where no tax is levied"
            ),
        ),
        (
            {"duty_rates": ["a,LAND,61,,no,twelve,,2026-01-01,,test"]},
            "duty_rates.csv, line 2: percent is 'twelve'; write a number of at least 0, for example 8.1",
        ),
        (
            {"duty_rates": ["a,LAND,61,,no,12,,1 July,,test"]},
            "duty_rates.csv, line 2: from is '1 July'; write a day as 2026-07-01",
        ),
        (
            {"duty_rates": ["a,LAND,61,China,no,12,,2026-01-01,,test"]},
            "duty_rates.csv, line 2: origins has 'China'; write codes of ISO 3166-1 with spaces between, as NL BE",
        ),
        (
            {"duty_rates": ["a,LAND,61.09,,no,12,,2026-01-01,,test"]},
            "duty_rates.csv, line 2: hs_prefix is '61.09'; write digits alone ([0-9]{0,10})",
        ),
        (
            {"restrictions": ["a,,,,,,2026-01-01,,test"]},
            (
                "restrictions.csv, line 2: flag, countries and hs_prefix are empty, so that all goods are meant; fill"
                " one in"
            ),
        ),
        (
            {"restrictions": ["a,,,43,,weapon,2026-01-01,,test"]},
            "restrictions.csv, line 2: regions names regions without a country; name the country in countries",
        ),
        (
            {"registrations": ["a,S,LAND,IOSS,IM1234567890,2026-01-01,,test", "b,S,LAND,IOSS,IM2,2026-05-01,,test"]},
            "registrations.csv, line 3: number is 'IM2'; write 5 to 20 capital letters and digits, as IM2760000742",
        ),
        (
            {"registrations": ["a,S,LAND,EORI,NL12345,2026-01-01,,test", "b,S,LAND,EORI,NL67890,2026-05-01,,test"]},
            (
                "registrations.csv, line 3: overlaps registrations.csv, line 2 from 2026-05-01 on;"
                " end that row on 2026-05-01"
            ),
        ),
        (
            {"thresholds": ["a,LAND,DRONE,DUTY_RELIEF,150,2026-01-01,,test"]},
            "thresholds.csv, line 2: flows has 'DRONE'; write * or some of IOSS POSTAL EXPRESS FREIGHT",
        ),
        (
            {"thresholds": ["a,LAND,*,RELIEF,150,2026-01-01,,test"]},
            (
                "thresholds.csv, line 2: kind is 'RELIEF'; write one of DUTY_RELIEF, TAX_RELIEF, TAX_AT_SALE,"
                " FLOW_LIMIT, TAX_MINIMUM"
            ),
        ),
        (
            {"territories": [LAND.replace("0.01 HALF_UP", "0.01 NEAREST", 1)]},
            (
                "territories.csv, line 2: duty_rounding is '0.01 NEAREST'; write a unit and HALF_UP, DOWN or UP,"
                " as 0.01 HALF_UP"
            ),
        ),
        (
            {"fees": ["a,LAND,,*,CONSIGNMENT,2.00"]},
            "fees.csv, line 2: has 6 cells, not 10; put commas between all columns",
        ),
    ],
)
def test_a_row_that_does_not_fit_is_named_with_its_mend(rows: dict[str, list[str]], problem: str) -> None:
    assert problem in problems(**rows)


def test_a_fee_without_its_first_day_is_off_and_no_other_row_may_be() -> None:
    assert not problems(fees=["a,LAND,,*,CONSIGNMENT,2.00,,,,test"])
    assert problems(thresholds=["a,LAND,*,DUTY_RELIEF,150,,,test"])


def test_files_with_other_columns_or_names_are_refused() -> None:
    with pytest.raises(TradeRulesInvalid) as refused:
        rules_of({"duty_rates.csv": "prefix,percent\n61,12\n", "duties.csv": COLUMNS["fees.csv"]})

    assert refused.value.problems == (
        "duties.csv: no rules stand in a file of this name",
        f"duty_rates.csv, line 1: the columns must be {COLUMNS['duty_rates.csv']}",
    )


def test_a_file_that_is_one_endless_cell_is_refused_as_no_csv() -> None:
    with pytest.raises(TradeRulesInvalid, match=r"territories\.csv, line \d+: is not CSV"):
        rules_of({**default_files(), "territories.csv": "x" * 200_000}, version=1)


def test_a_refusal_names_the_first_problems_and_how_many_there_are() -> None:
    rows = [f"r{number},LAND,61,,no,much,,2026-01-01,,test" for number in range(MOST_PROBLEMS + 9)]

    with pytest.raises(TradeRulesInvalid, match=rf"\(and {MOST_PROBLEMS + 8} more\)") as refused:
        rules_of(files(territories=[LAND], tax_rates=[TAX], duty_rates=rows))

    assert refused.value.reason == "TRADE_RULES_INVALID"
    assert len(refused.value.metadata) == MOST_PROBLEMS


def test_the_columns_in_tests_are_those_that_are_read() -> None:
    assert COLUMNS.keys() - {"sources.csv"} == TABLES.keys() - {"hs_headings.csv"}
