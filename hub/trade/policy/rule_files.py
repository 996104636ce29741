"""Trade rules as files: CSV, one file for each kind of row. Reads them all, or names what is wrong by file and line.

Whether the rows fit together is judged by `rule_checks`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from msgspec import Struct

from hub.trade.errors import TradeRulesInvalid
from hub.trade.model.rules import (
    Basis,
    Dated,
    DutyRate,
    ExchangeRate,
    Fee,
    FeeBasis,
    FixedDuty,
    HsHeading,
    Registration,
    RegistrationKind,
    Restriction,
    TaxRate,
    Territory,
    Threshold,
    ThresholdKind,
    TradeRules,
)
from hub.trade.policy.cells import Cells, Unreadable
from hub.trade.policy.rule_checks import PlacedRow, problems_of_rows

R = TypeVar("R")
K = TypeVar("K", bound=Hashable)
_SOURCES: Final = "sources.csv"


class RuleTable(Struct, frozen=True):
    """A file of rows: the columns beside `rule`, `from`, `until` and `source`, and how a row is read."""

    columns: tuple[str, ...]
    read: Callable[[Cells], dict[str, Any]]
    row: Callable[..., Dated]
    may_be_off: bool = False


TABLES: Final[Mapping[str, RuleTable]] = {
    "territories.csv": RuleTable(
        ("territory", "countries", "currency", "duty_basis", "tax_basis", "duty_rounding", "tax_rounding"),
        lambda cells: {
            "territory": cells.text("territory"),
            "countries": cells.countries("countries"),
            "currency": cells.currency("currency"),
            "duty_basis": cells.value("duty_basis", Basis),
            "tax_basis": cells.value("tax_basis", Basis),
            "duty_rounding": cells.rounding("duty_rounding"),
            "tax_rounding": cells.rounding("tax_rounding"),
        },
        Territory,
    ),
    "duty_rates.csv": RuleTable(
        ("territory", "hs_prefix", "origins", "preference", "percent", "per_kg"),
        lambda cells: {
            "territory": cells.text("territory"),
            "hs_prefix": cells.digits("hs_prefix", "[0-9]{0,10}"),
            "origins": cells.countries("origins"),
            "preference": cells.yes("preference"),
            "percent": cells.number("percent"),
            "per_kg": cells.number("per_kg"),
        },
        DutyRate,
    ),
    "fixed_duties.csv": RuleTable(
        ("territory", "flows", "amount", "value_limit", "reduced_digits", "full_digits", "preference_by_rate"),
        lambda cells: {
            "territory": cells.text("territory"),
            "flows": cells.flows("flows"),
            "amount": cells.number("amount"),
            "value_limit": cells.number("value_limit"),
            "reduced_digits": int(cells.digits("reduced_digits", "6|8|10")),
            "full_digits": int(cells.digits("full_digits", "6|8|10")),
            "preference_by_rate": cells.yes("preference_by_rate"),
        },
        FixedDuty,
    ),
    "tax_rates.csv": RuleTable(
        ("country", "category", "percent"),
        lambda cells: {
            "country": cells.country("country"),
            "category": cells.text("category"),
            "percent": cells.number("percent"),
        },
        TaxRate,
    ),
    "thresholds.csv": RuleTable(
        ("territory", "flows", "kind", "amount"),
        lambda cells: {
            "territory": cells.text("territory"),
            "flows": cells.flows("flows"),
            "kind": cells.value("kind", ThresholdKind),
            "amount": cells.number("amount"),
        },
        Threshold,
    ),
    "fees.csv": RuleTable(
        ("territory", "countries", "flows", "basis", "amount", "value_limit"),
        lambda cells: {
            "territory": cells.text("territory"),
            "countries": cells.countries("countries"),
            "value_limit": cells.number("value_limit"),
            "flows": cells.flows("flows"),
            "basis": cells.value("basis", FeeBasis),
            "amount": cells.number("amount"),
        },
        Fee,
        may_be_off=True,
    ),
    "exchange_rates.csv": RuleTable(
        ("from_currency", "to_currency", "rate"),
        lambda cells: {
            "from_currency": cells.currency("from_currency"),
            "to_currency": cells.currency("to_currency"),
            "rate": cells.number("rate"),
        },
        ExchangeRate,
    ),
    "hs_headings.csv": RuleTable(
        ("heading", "subheadings"),
        lambda cells: {
            "heading": cells.digits("heading", "[0-9]{4}"),
            "subheadings": frozenset(cells.digits("subheadings", "[0-9]{2}( [0-9]{2})*").split()),
        },
        HsHeading,
    ),
    "registrations.csv": RuleTable(
        ("seller", "territory", "kind", "number"),
        lambda cells: {
            "seller": cells.text("seller"),
            "territory": cells.text("territory"),
            "kind": cells.value("kind", RegistrationKind),
            "number": cells.registration("number"),
        },
        Registration,
    ),
    "restrictions.csv": RuleTable(
        ("from_countries", "countries", "regions", "hs_prefix", "flag"),
        lambda cells: {
            "from_countries": cells.countries("from_countries"),
            "countries": cells.countries("countries"),
            "regions": cells.regions("regions", of="countries"),
            "hs_prefix": cells.digits("hs_prefix", "[0-9]{0,10}"),
            "flag": cells.flag("flag", unless=("countries", "hs_prefix")),
        },
        Restriction,
    ),
}
"""Name of a file -> what stands in it. A file that is absent has no rows; sources.csv has `source` and `citation`."""


def rules_of(files: Mapping[str, str], version: int = 0) -> TradeRules:
    """Return the rules that files state, by name. Raise TradeRulesInvalid, with every problem by file and line."""
    problems = [f"{name}: no rules stand in a file of this name" for name in files.keys() - TABLES.keys() - {_SOURCES}]
    sources = {cells["source"]: cells["citation"] for _, cells in _lines(files, _SOURCES, problems)}
    rows = {name: _rows(files, name, problems) for name in TABLES}
    problems += problems_of_rows(rows, sources)
    if problems:
        raise TradeRulesInvalid(problems)
    return _indexed({name: [placed.row for placed in rows[name]] for name in rows}, sources, version)


def _lines(files: Mapping[str, str], name: str, problems: list[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a file as texts by column, with their lines; none where its columns are others."""
    if not (text := files.get(name, "").strip()):
        return []
    reader = csv.reader(text.splitlines(), strict=True)
    wanted = ["source", "citation"] if name == _SOURCES else ["rule", *TABLES[name].columns, "from", "until", "source"]
    lines = []
    try:
        columns = next(reader)
        if columns != wanted:
            problems.append(f"{name}, line 1: the columns must be {','.join(wanted)}")
            return []
        for cells in reader:
            if len(cells) == len(columns):
                lines.append((reader.line_num, dict(zip(columns, cells, strict=True))))
            elif cells:
                place = f"{name}, line {reader.line_num}"
                problems.append(f"{place}: has {len(cells)} cells, not {len(columns)}; put commas between all columns")
    except csv.Error as error:
        problems.append(
            f"{name}, line {reader.line_num}: is not CSV ({error}); close the quotation marks and shorten long cells"
        )
    return lines


def _rows(files: Mapping[str, str], name: str, problems: list[str]) -> list[PlacedRow]:
    table = TABLES[name]
    rows = []
    for number, texts in _lines(files, name, problems):
        place = f"{name}, line {number}"
        cells = Cells(texts)
        try:
            row = table.row(
                rule_id=cells.text("rule"),
                since=cells.optional_day("from") if table.may_be_off else cells.day("from"),
                until=cells.optional_day("until"),
                source=cells.text("source"),
                **table.read(cells),
            )
        except Unreadable as error:
            problems.append(f"{place}: {error}")
        else:
            rows.append(PlacedRow(place, row))
    return rows


def _indexed(rows: Mapping[str, Sequence[Any]], sources: Mapping[str, str], version: int) -> TradeRules:
    return TradeRules(
        version=version,
        territories=_grouped((country, row) for row in rows["territories.csv"] for country in row.countries),
        duty_rates=_grouped(((row.territory, row.hs_prefix), row) for row in rows["duty_rates.csv"]),
        fixed_duties=_grouped((row.territory, row) for row in rows["fixed_duties.csv"]),
        tax_rates=_grouped(((row.country, row.category), row) for row in rows["tax_rates.csv"]),
        thresholds=_grouped((row.territory, row) for row in rows["thresholds.csv"]),
        fees=_grouped((row.territory, row) for row in rows["fees.csv"]),
        exchange_rates=tuple(rows["exchange_rates.csv"]),
        hs_headings=_grouped((row.heading, row) for row in rows["hs_headings.csv"]),
        registrations=_grouped((row.seller, row) for row in rows["registrations.csv"]),
        restrictions=tuple(rows["restrictions.csv"]),
        sources=sources,
    )


def _grouped(pairs: Iterable[tuple[K, R]]) -> dict[K, list[R]]:
    groups = defaultdict[K, list[R]](list)
    for key, row in pairs:
        groups[key].append(row)
    return dict(groups)
