"""Orders faults of a stand-in: from a test, another process or the command line, while it is live or before.

    python -m adapters.sdk.doubles.faults FILE order METHOD KIND [--argument TEXT] [--account ID] [--skip N] [--times N]
        [--from TIME] [--until TIME]
    python -m adapters.sdk.doubles.faults FILE list | clear

A batch meets the faults of its own rpc, which fail it as a whole, and each of its operations meets those of its own.
How a fault is played stands in `adapters.sdk.doubles.reception`.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from adapters.sdk.doubles.book import Book, reading
from adapters.sdk.times import text_of

FOR_EVER: Final = -1
EVERY_METHOD: Final = "*"


class FaultKind(StrEnum):
    """What goes wrong. The effect is committed first only where that is said."""

    UNAVAILABLE = "unavailable"
    """UNAVAILABLE, nothing done."""
    TIMEOUT_BEFORE = "timeout_before"
    """DEADLINE_EXCEEDED at once, nothing done."""
    TIMEOUT_AFTER = "timeout_after"
    """The work is done and committed, then DEADLINE_EXCEEDED at once."""
    RESET_AFTER = "reset_after"
    """The work is done and committed, then UNAVAILABLE, as when a connection breaks before the answer."""
    RATE_LIMITED = "rate_limited"
    """RESOURCE_EXHAUSTED, nothing done; the argument is RetryInfo's delay in seconds, empty leaves it out."""
    SERVER_ERROR = "server_error"
    """INTERNAL, nothing done."""
    SLOW = "slow"
    """Really waits for the argument's seconds (at most 30), then works as usual."""
    REFUSE = "refuse"
    """Refused for good under the argument as code; the key stays refused. A pull fails with FAILED_PRECONDITION."""
    DUPLICATE = "duplicate"
    """Each update of the answer twice."""
    REORDER = "reorder"
    """The updates of the answer in reverse."""
    PARTIAL = "partial"
    """Only the first half of the updates, or as many as the argument says; the rest stays for the next pull."""
    LIE = "lie"
    """An operation: DONE, although it is not done and not remembered. FindOperation: NOT_FOUND, although it was done.
    A pull: the updates are left out and the cursor moves past them."""
    SAY = "say"
    """The work is done and committed, but the answer says what the argument states: see `adapters.sdk.doubles.lies`."""
    CRASH_BEFORE = "crash_before"
    """The process kills itself (SIGKILL), nothing done."""
    CRASH_AFTER = "crash_after"
    """The work is done and committed, then the process kills itself (SIGKILL)."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A fault as ordered: what, for which method and account, after how many calls, how often, within which times."""

    method: str
    account_id: str
    kind: str
    argument: str
    skip: int
    remaining: int
    start_time: str
    end_time: str


def order_fault(
    path: Path,
    method: str,
    kind: FaultKind | str,
    argument: str = "",
    *,
    account_id: str = "",
    skip: int = 0,
    times: int = 1,
    start: datetime | None = None,
    end: datetime | None = None,
) -> None:
    """Orders a fault.

    Args:
        path: File of the stand-in, DIR/NAME.sqlite; made when it does not exist yet.
        method: Short name of the rpc, for example Capture; EVERY_METHOD for all.
        kind: What goes wrong.
        argument: See the kind.
        account_id: Only calls of this account; all when empty.
        skip: Matching calls that are let through first.
        times: Calls it strikes; FOR_EVER until it is cleared.
        start: Only calls of this business time or later.
        end: Only calls before this business time.

    Raises:
        ValueError: The kind is none of FaultKind.
    """
    values = (
        method,
        account_id,
        FaultKind(kind).value,
        argument,
        skip,
        times,
        text_of(start) if start else "",
        text_of(end) if end else "",
    )
    with closing(Book(path)) as book, book.transaction() as tx:
        tx.execute(
            "INSERT INTO fault (method, account_id, kind, argument, skip, remaining, start_time, end_time)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )


def clear_faults(path: Path) -> None:
    """Takes back every fault that was ordered."""
    with closing(Book(path)) as book, book.transaction() as tx:
        tx.execute("DELETE FROM fault")


def ordered_faults(path: Path) -> list[Fault]:
    """Answers the faults that may still strike, oldest first. Raises FileNotFoundError when there is no file."""
    with reading(path) as connection:
        rows = connection.execute(
            "SELECT method, account_id, kind, argument, skip, remaining, start_time, end_time"
            " FROM fault WHERE remaining != 0 ORDER BY id"
        ).fetchall()
    return [Fault(**dict(row)) for row in rows]


def take_fault(
    tx: sqlite3.Connection, method: str, account_id: str, business_time: datetime | None
) -> tuple[FaultKind, str] | None:
    """Takes the oldest fault that strikes this call: its kind and argument. Those passed over count down."""
    at = text_of(business_time) if business_time else ""
    rows = tx.execute(
        "SELECT id, kind, argument, skip, remaining FROM fault WHERE remaining != 0 AND method IN (?, ?)"
        " AND account_id IN (?, '') AND start_time <= ? AND (end_time = '' OR end_time > ?) ORDER BY id",
        (method, EVERY_METHOD, account_id, at, at),
    ).fetchall()
    for row in rows:
        if row["skip"] > 0:
            tx.execute("UPDATE fault SET skip = skip - 1 WHERE id = ?", (row["id"],))
            continue
        if row["remaining"] > 0:
            tx.execute("UPDATE fault SET remaining = remaining - 1 WHERE id = ?", (row["id"],))
        return FaultKind(row["kind"]), row["argument"]
    return None


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m adapters.sdk.doubles.faults", description="Orders faults of a stand-in."
    )
    parser.add_argument("file", type=Path, help="file of the stand-in: DIR/NAME.sqlite")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="show the faults that may still strike, one JSON object a line")
    commands.add_parser("clear", help="take every fault back")
    order = commands.add_parser("order", help="order a fault")
    order.add_argument("method", help="short name of the rpc, * for all")
    order.add_argument("kind", choices=[kind.value for kind in FaultKind])
    order.add_argument("--argument", default="", help="seconds, code or count, by kind")
    order.add_argument("--account", default="", help="only this account")
    order.add_argument("--skip", type=int, default=0, help="calls let through first")
    order.add_argument("--times", type=int, default=1, help="calls it strikes; -1 for ever")
    order.add_argument("--from", dest="start", type=_instant, help="first business time it strikes at, ISO 8601")
    order.add_argument("--until", dest="end", type=_instant, help="business time it no longer strikes at, ISO 8601")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; answers the exit code."""
    asked = _parser().parse_args(arguments)
    if asked.command == "clear":
        clear_faults(asked.file)
    elif asked.command == "list":
        for fault in ordered_faults(asked.file):
            sys.stdout.write(json.dumps(asdict(fault)) + "\n")
    else:
        order_fault(
            asked.file,
            asked.method,
            asked.kind,
            asked.argument,
            account_id=asked.account,
            skip=asked.skip,
            times=asked.times,
            start=asked.start,
            end=asked.end,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
