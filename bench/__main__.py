"""`python -m bench ROW... | --all [--json] [--svg FILE]`: measure rows and judge them.

Prints each round as it ends, then a table, and last one line of JSON: row -> value, min, max, bar, rounds, judged. With
--json only that line goes to standard output. Exits 1 when a row fell below its bar, 2 when one could not be judged.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Final

import uvloop
from rich.console import Console
from rich.table import Table

from bench.plot import picture
from bench.ratio import FEWEST_ROUNDS, Row, Verdict, measure
from bench.rows import (
    availability,
    capture_core,
    capture_grpc,
    capture_stream,
    hot_sku,
    set_based,
    snapshot,
    tracing,
    validation,
)

_MODULES: Final = (
    capture_core,
    capture_grpc,
    capture_stream,
    hot_sku,
    availability,
    snapshot,
    tracing,
    set_based,
    validation,
)
ROWS: Final[dict[str, Row]] = {module.ROW.name: module.ROW for module in _MODULES}


def main() -> int:
    """Run from the command line; return the exit code."""
    options = _options()
    said = Console(stderr=True, quiet=options.json)
    verdicts = {}
    for name in options.rows:
        verdicts[name] = _measured(ROWS[name], options, said)
    said.print(_table(verdicts))
    told = {name: verdict.as_json() for name, verdict in verdicts.items()}
    if options.svg is not None:
        options.svg.write_text(picture(told, frozenset(name for name in told if ROWS[name].extra)), encoding="utf-8")
    print(json.dumps(told))
    judged = {verdict.judged for verdict in verdicts.values()}
    return 1 if "fail" in judged else 2 if "refused" in judged else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure; rows: " + ", ".join(ROWS))
    parser.add_argument("rows", nargs="*", metavar="ROW", help="rows to measure")
    parser.add_argument("--all", action="store_true", help="measure all rows, as without any")
    parser.add_argument("--json", action="store_true", help="print only the line of JSON")
    parser.add_argument("--rounds", type=int, default=FEWEST_ROUNDS, help="rounds per row (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=3.0, help="window of each side (default: %(default)s)")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the figures into a file")
    options = parser.parse_args()
    if unknown := [name for name in options.rows if name not in ROWS]:
        parser.error(f"no such row: {', '.join(unknown)}; there are: {', '.join(ROWS)}")
    if options.all or not options.rows:
        options.rows = list(ROWS)
    return options


def _measured(row: Row, options: argparse.Namespace, said: Console) -> Verdict:
    said.print(f"[bold]{row.name}[/]: {row.says}")

    def told(number: int, ratio: float) -> None:
        said.print(f"  round {number} of {options.rounds}: {ratio:.3f}")

    return uvloop.run(measure(row, rounds=options.rounds, seconds=options.seconds, told=told))


def _table(verdicts: dict[str, Verdict]) -> Table:
    table = Table("row", "median", "min", "max", "bar", "judged")
    for name, verdict in verdicts.items():
        shown = (
            [f"{one:.3f}" for one in (verdict.value, min(verdict.figures), max(verdict.figures)) if one is not None]
            if verdict.figures
            else ["", "", ""]
        )
        bound = f"{'at most' if verdict.extra else 'at least'} {verdict.bar}"
        table.add_row(name, *shown, bound, f"{verdict.judged}{f': {verdict.reason}' if verdict.reason else ''}")
    return table


if __name__ == "__main__":
    sys.exit(main())
