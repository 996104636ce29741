"""Whether rows of trade rules fit together: no two hold at once, none is missing between two, all have a source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from msgspec import Struct

from hub.trade.model.rules import (
    Dated,
    DutyRate,
    ExchangeRate,
    Fee,
    FixedDuty,
    HsHeading,
    Registration,
    TaxRate,
    Territory,
    Threshold,
)


class PlacedRow(Struct, frozen=True):
    """A row and where it stands, as `thresholds.csv, line 4`."""

    place: str
    row: Dated


def problems_of_rows(rows: Mapping[str, Sequence[PlacedRow]], sources: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the rows of all files, by file and line with its mend; nothing where they fit."""
    every = [placed for placed_rows in rows.values() for placed in placed_rows]
    return [
        *_repeated_names(every),
        *_without_source(every, sources),
        *_periods(every),
        *_unknown_territories(rows),
        *_untaxed_countries(rows),
    ]


def _repeated_names(rows: Sequence[PlacedRow]) -> Iterator[str]:
    places: dict[str, str] = {}
    for placed in rows:
        first = places.setdefault(placed.row.rule_id, placed.place)
        if first != placed.place:
            yield f"{placed.place}: {placed.row.rule_id} is the name of {first} too; give each row a name of its own"


def _without_source(rows: Sequence[PlacedRow], sources: Mapping[str, str]) -> Iterator[str]:
    for placed in rows:
        if placed.row.source not in sources:
            yield f"{placed.place}: source {placed.row.source} is not in sources.csv; add it with its citation"


def _periods(rows: Sequence[PlacedRow]) -> Iterator[str]:
    """Rows of one subject that hold at once, or leave days between them, or end before they begin."""
    subjects = defaultdict[Any, list[PlacedRow]](list)
    for placed in rows:
        row = placed.row
        if row.since and row.until and row.until <= row.since:
            yield f"{placed.place}: ends {row.until}, not after {row.since}; `until` is the day after the last"
        elif row.since:
            for subject in _subjects(row):
                subjects[subject].append(placed)
    told = set[str]()
    for placed_rows in subjects.values():
        for problem in _neighbors(sorted(placed_rows, key=lambda placed: (str(placed.row.since), placed.place))):
            if problem not in told:
                told.add(problem)
                yield problem


def _neighbors(rows: Sequence[PlacedRow]) -> Iterator[str]:
    for earlier, later in pairwise(rows):
        begin, end = later.row.since, earlier.row.until
        if begin and (end is None or end > begin):
            yield f"{later.place}: overlaps {earlier.place} from {begin} on; end that row on {begin}"
        elif begin and end and end < begin:
            yield f"{later.place}: leaves a gap after {earlier.place} from {end} to {begin}; add a row for it"


def _subjects(row: Dated) -> list[tuple[object, ...]]:
    """What a row decides alone: at no day may two rows decide the same."""
    subjects: list[tuple[object, ...]] = []
    match row:
        case Territory():
            subjects = [(country,) for country in row.countries]
        case DutyRate():
            origins = row.origins or {""}
            subjects = [(row.territory, row.hs_prefix, origin, row.preference) for origin in origins]
        case FixedDuty():
            subjects = [(row.territory, flow) for flow in row.flows]
        case TaxRate():
            subjects = [(row.country, row.category)]
        case Threshold():
            subjects = [(row.territory, row.kind, flow) for flow in row.flows]
        case Fee():
            countries = row.countries or {""}
            subjects = [(row.territory, row.basis, country, flow) for country in countries for flow in row.flows]
        case ExchangeRate():
            subjects = [(frozenset({row.from_currency, row.to_currency}),)]
        case HsHeading():
            subjects = [(row.heading,)]
        case Registration():
            subjects = [(row.seller, row.territory, row.kind)]
    return [(type(row), *subject) for subject in subjects]


def _unknown_territories(rows: Mapping[str, Sequence[PlacedRow]]) -> Iterator[str]:
    known = {placed.row.territory for placed in rows["territories.csv"] if isinstance(placed.row, Territory)}
    for placed_rows in rows.values():
        for placed in placed_rows:
            territory = getattr(placed.row, "territory", None)
            if territory is not None and territory not in known:
                yield f"{placed.place}: territory {territory} is not in territories.csv; add it there"


def _untaxed_countries(rows: Mapping[str, Sequence[PlacedRow]]) -> Iterator[str]:
    """Countries that have no standard rate from the first day of their territory on."""
    begins = dict[str, Any]()
    for placed in rows["tax_rates.csv"]:
        row = placed.row
        if isinstance(row, TaxRate) and row.category == "STANDARD":
            begins[row.country] = min(row.since, begins.get(row.country, row.since))
    for placed in rows["territories.csv"]:
        territory = placed.row
        if isinstance(territory, Territory):
            for country in sorted(territory.countries):
                if country not in begins or begins[country] > territory.since:
                    yield (
                        f"{placed.place}: {country} has no STANDARD row in tax_rates.csv from {territory.since} on;"
                        f" add it, with 0 where no tax is levied"
                    )
