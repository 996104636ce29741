"""`python -m bench ROW... | --all | peak [--json] [--full] [--plot [FOLDER]]`: measure rows and judge them.

Says on standard error what it does, each round as it ends and about how long it still takes. Ends with one line of JSON
on standard output: row -> value, min, max, bar, rounds, judged. Exits 1 when a row that was judged missed its bar, 2
when one could not be judged. `peak` is no row: it tells in absolute numbers what this machine did, see `bench.peak`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import uvloop
from rich.console import Console
from rich.table import Table

from bench import machine
from bench.peak import FULL_SECONDS, QUICK_SECONDS, peak
from bench.plot import bounds, picture
from bench.ratio import FEWEST_ROUNDS, SHORTEST_SECONDS, Row, Verdict, measure
from bench.rows import (
    authz,
    availability,
    backlog,
    capture_core,
    capture_grpc,
    capture_stream,
    find,
    gateway,
    goodput_3x,
    growth,
    hot_sku,
    joint_gap,
    lifecycle,
    mixed,
    outbox,
    publish,
    quote,
    quote_landed,
    quote_wide,
    release,
    set_based,
    sim_gap_closed_10,
    sim_gap_closed_12,
    sim_saving,
    snapshot,
    sourcing_gap,
    sourcing_time,
    staleness,
    stall,
    tls,
    tracing,
    validation,
    x12_parse,
)

_MODULES: Final = (
    capture_core,
    capture_grpc,
    capture_stream,
    gateway,
    authz,
    tls,
    hot_sku,
    availability,
    staleness,
    snapshot,
    tracing,
    goodput_3x,
    growth,
    lifecycle,
    release,
    outbox,
    backlog,
    mixed,
    find,
    publish,
    stall,
    quote,
    quote_landed,
    quote_wide,
    sourcing_gap,
    sourcing_time,
    joint_gap,
    sim_gap_closed_10,
    sim_gap_closed_12,
    sim_saving,
    set_based,
    validation,
    x12_parse,
)
ROWS: Final[dict[str, Row]] = {module.ROW.name: module.ROW for module in _MODULES}
PEAK: Final = "peak"
PAGE: Final = Path("docs/performance.md")


def main() -> int:
    """Run from the command line; return the exit code."""
    options = _options()
    said = Console(stderr=True, highlight=False)
    if options.rows == [PEAK]:
        return _peak(full=options.full)
    before = machine.load()
    verdicts = _measured([ROWS[name] for name in options.rows], options, said)
    if not options.json:
        said.print(_table(verdicts))
    told = {name: verdict.as_json() for name, verdict in verdicts.items()}
    if options.plot is not None:
        options.plot.with_suffix(".svg").write_text(picture(told, ROWS), encoding="utf-8")
        about = f"{machine.described()}, load average {before:.1f} before and {machine.load():.1f} after"
        figures = {name: verdict.reason for name, verdict in verdicts.items()}
        options.plot.write_text(
            machine.put_figures(options.plot.read_text("utf-8"), told, ROWS, figures, about), "utf-8"
        )
    print(json.dumps(told))
    if any(verdict.judged and not verdict.passed for verdict in verdicts.values()):
        return 1
    return 0 if all(verdict.judged for verdict in verdicts.values()) else 2


def _peak(*, full: bool) -> int:
    """Print what this machine did; exit 1 where calls failed or an invariant is broken."""
    done = uvloop.run(peak(FULL_SECONDS if full else QUICK_SECONDS))
    print(json.dumps({PEAK: done.as_json()}))
    return 1 if done.failed or done.broken else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure; rows: " + ", ".join(ROWS))
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"rows to measure, or {PEAK} alone")
    parser.add_argument(
        "--all", action="store_true", help="measure all rows but those that are parts of others, as without any"
    )
    parser.add_argument("--json", action="store_true", help="no table at the end, only the line of JSON")
    parser.add_argument("--full", action="store_true", help="rows at their full size: growth with 5,000,000 orders")
    parser.add_argument("--rounds", type=int, default=FEWEST_ROUNDS, help="rounds per row (default: %(default)s)")
    parser.add_argument(
        "--seconds", type=float, default=SHORTEST_SECONDS, help="window of each side (default: %(default)s)"
    )
    parser.add_argument(
        "--plot",
        type=Path,
        nargs="?",
        const=PAGE,
        metavar="PAGE",
        help=f"put the figures into a page and draw them beside it (default: {PAGE})",
    )
    options = parser.parse_args()
    if options.rows != [PEAK] and (unknown := [name for name in options.rows if name not in ROWS]):
        parser.error(f"no such row: {', '.join(unknown)}; there are: {', '.join(ROWS)}")
    if options.all or not options.rows:
        options.rows = [name for name, row in ROWS.items() if not row.part]
    return options


def _measured(rows: Sequence[Row], options: argparse.Namespace, said: Console) -> dict[str, Verdict]:
    verdicts: dict[str, Verdict] = {}
    for number, row in enumerate(rows):
        left = sum(one.forecast(options.rounds, options.seconds) for one in rows[number:])
        said.print(f"[bold]{row.name}[/] ({number + 1} of {len(rows)}, about {left / 60:.0f} min left): {row.says}")
        began = time.monotonic()
        verdict = uvloop.run(
            measure(
                row,
                rounds=options.rounds,
                seconds=options.seconds,
                told=lambda step: said.print(f"  {step}"),
                full=options.full,
            )
        )
        verdicts[row.name] = verdict
        said.print(f"  {_result(verdict)} after {time.monotonic() - began:.0f} s")
    return verdicts


def _result(verdict: Verdict) -> str:
    if not verdict.judged:
        return f"not judged: {verdict.reason}"
    return "keeps to its bar" if verdict.passed else "misses its bar"


def _table(verdicts: dict[str, Verdict]) -> Table:
    table = Table("row", "median", "min", "max", "bar", "aim", "judged")
    for name, verdict in verdicts.items():
        figures = (verdict.value, min(verdict.figures), max(verdict.figures)) if verdict.figures else ()
        shown = [f"{one:.3f}" for one in figures if one is not None] or ["", "", ""]
        table.add_row(name, *shown, *bounds(ROWS[name]), _result(verdict))
    return table


if __name__ == "__main__":
    sys.exit(main())
