"""Reads stock files into one count, or into adjustments: pure and total, every byte string has an answer.

A count is whole or nothing: one bad row and none of it is taken, since a missing row would read as nothing on hand.
Adjustments stand for themselves: bad rows are named, the others go on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from google.protobuf.timestamp_pb2 import Timestamp

from adapters.sdk.documents.facts import why_held
from adapters.sdk.documents.reading import Findings, Reading, shown, timestamp_from, whole_of
from adapters.stock_files.rows import Row, Table, table_of
from adapters.stock_files.settings import COLUMN, Settings
from crossdock.inbox.v1.inbox_pb2 import Command, StockCount
from crossdock.inventory.v1.inventory_pb2 import Adjustment, SnapshotHeader, SnapshotRow

_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}\.000", re.ASCII)
MOST_ON_HAND = 1_000_000_000
MOST_CHANGE = 100_000_000


def read_document(
    content: bytes, media_type: str, settings: Settings, source: str, called_at: Timestamp | None
) -> Reading:
    """Reads a file.

    Args:
        content: The bytes as they came.
        media_type: Media type as it came; one that names JSON is read as NDJSON, unless the profile says.
        settings: Profile of the account.
        source: Who counted, unless the profile names it.
        called_at: Instant of a count whose file and profile state none.

    Answers commands in the file's order, and problems with their lines. Nothing is raised.
    """
    table = table_of(content, media_type, settings)
    if settings.mode == "adjust":
        commands = _adjustments(table, settings)
    else:
        commands = _count(table, settings, source, called_at)
    return Reading(tuple(commands), table.findings.named())


def _adjustments(table: Table, settings: Settings) -> list[Command]:
    commands, read, settled = [], 0, settings.settled_columns
    for row in table.rows:
        findings = Findings()
        for column in _unread_columns(row, settled):
            _refuse_column(row, column, findings)
        adjustment = _adjustment(row, settings, findings)
        if not findings.refused:
            commands.append(Command(adjust_stock=adjustment, location=row.place))
        table.findings.add(findings)
        read += 1
    _refuse_missing_rows(table, read)
    return commands


def _adjustment(row: Row, settings: Settings, findings: Findings) -> Adjustment:
    columns = settings.columns
    delta = _units(row, columns.units, (-MOST_CHANGE, MOST_CHANGE), (settings, findings))
    if delta == 0 and not findings.refused:
        findings.refuse(row.place, columns.units, "is 0: there is nothing to change")
    return Adjustment(
        sku=_sku(row, settings, findings),
        node_id=_node(row, settings, findings),
        delta=delta,
        cause=_named(row, columns.cause, settings.cause, (80, findings)),
    )


def _count(table: Table, settings: Settings, source: str, called_at: Timestamp | None) -> list[Command]:
    findings = table.findings
    count, instants = StockCount(), Instants(settings.columns.count_time, findings)
    first: defaultdict[str, dict[str, int]] = defaultdict(dict)
    unread = UnreadColumns(settings.settled_columns, findings)
    for row in table.rows:
        counted = _counted(row, settings, findings)
        _refuse_double(row, counted, first[counted.node_id], findings)
        instants.note(row)
        unread.note(row)
        count.rows.append(counted)
        count.row_lines.append(row.line)
    node_ids = settings.node_ids or tuple(sorted(first))
    _refuse_missing_rows(table, len(count.rows))
    _refuse_nothing(settings, len(count.rows), node_ids, findings)
    count_time = instants.of_count(table, settings, called_at)
    if findings.refused:
        return []
    header = SnapshotHeader(
        source=settings.source or source, count_time=count_time, node_ids=node_ids, row_count=len(count.rows)
    )
    count.header.CopyFrom(header)
    return [Command(stock_count=count, location="file")]


def _counted(row: Row, settings: Settings, findings: Findings) -> SnapshotRow:
    columns = settings.columns
    node_id = _node(row, settings, findings)
    if settings.node_ids and node_id and node_id not in settings.node_ids:
        findings.refuse(row.place, columns.node_id, f"{shown(node_id)} is not among the profile's node_ids")
    has_safety = bool(row.text(columns.safety))
    return SnapshotRow(
        sku=_sku(row, settings, findings),
        node_id=node_id,
        on_hand=_units(row, columns.units, (0, MOST_ON_HAND), (settings, findings)),
        safety=_units(row, columns.safety, (0, MOST_ON_HAND), (settings, findings)) if has_safety else 0,
    )


def _refuse_double(row: Row, counted: SnapshotRow, first: dict[str, int], findings: Findings) -> None:
    """Refuse a row of a SKU that a line in `first`, those of its node, has counted."""
    line = first.setdefault(counted.sku, row.line)
    if line != row.line and counted.sku and counted.node_id:
        reason = f"{shown(counted.sku)} at {shown(counted.node_id)} was counted in line {line} already"
        findings.refuse(row.place, "", reason)


def _unread_columns(row: Row, settled: frozenset[str]) -> Iterator[str]:
    for column in sorted(row.cells.keys() - settled):
        if row.cells[column] not in (None, "", [], {}):
            yield column


def _refuse_column(row: Row, column: str, findings: Findings) -> None:
    reason = f"column {shown(column)} says {shown(row.cells[column])}: {why_held(f'{COLUMN}{column}')}"
    findings.refuse(row.place, column, reason)


def _refuse_missing_rows(table: Table, read: int) -> None:
    """Refuse a file of which fewer rows were read than its first lines announce."""
    announced = table.facts.get("rows")
    if announced is not None and whole_of(announced) != read:
        table.findings.refuse("file", "rows", f"{shown(announced)} rows are announced, {read} could be read")


def _refuse_nothing(settings: Settings, read: int, node_ids: tuple[str, ...], findings: Findings) -> None:
    """Refuse a count that says nothing of any node."""
    if not read and not (settings.take_empty_counts and settings.node_ids):
        findings.refuse("file", "", "the file has no rows; take_empty_counts with node_ids lets it empty the nodes")
    elif not any(node_ids):
        findings.refuse("file", settings.columns.node_id, "no row and no setting names a node")


@dataclass
class UnreadColumns:
    """Refuses a count for each column that states something and is not acted on, at the first row that does."""

    settled: frozenset[str]
    findings: Findings
    refused: set[str] = field(default_factory=set)

    def note(self, row: Row) -> None:
        """Look at the columns of a row."""
        for column in _unread_columns(row, self.settled):
            if column not in self.refused:
                self.refused.add(column)
                _refuse_column(row, column, self.findings)


@dataclass
class Instants:
    """The instant of a count as its rows state it in a column: one in all of them."""

    column: str
    findings: Findings
    text: str = ""
    place: str = "file"

    def note(self, row: Row) -> None:
        """Look at what a row states; refuse one that states another instant than a row before it."""
        text = row.text(self.column)
        if text and self.text and text != self.text:
            self.findings.refuse(row.place, self.column, "the rows state more than one instant of the count")
        elif text and not self.text:
            self.text, self.place = text, row.place

    def of_count(self, table: Table, settings: Settings, called_at: Timestamp | None) -> Timestamp | None:
        """Return when was counted: as the rows state, else the first lines, else the profile, else the call."""
        text = self.text or table.facts.get("count_time", "")
        instant = timestamp_from(text) if text else settings.count_time or called_at
        if instant is None:
            reason = f"{shown(text or None)} is no ISO 8601 instant with an offset"
            self.findings.refuse(self.place, self.column, reason)
        return instant


def _sku(row: Row, settings: Settings, findings: Findings) -> str:
    return _named(row, settings.columns.sku, "", (80, findings))


def _node(row: Row, settings: Settings, findings: Findings) -> str:
    return _named(row, settings.columns.node_id, settings.node_id, (40, findings))


def _named(row: Row, column: str, default: str, limits: tuple[int, Findings]) -> str:
    most, findings = limits
    name = row.text(column) or default
    if not 1 <= len(name) <= most:
        reason = f"is longer than {most} characters" if name else "is missing"
        findings.refuse(row.place, column, f"{column} {reason}")
        return ""
    return name


def _units(row: Row, column: str, between: tuple[int, int], reading: tuple[Settings, Findings]) -> int:
    least, most = between
    settings, findings = reading
    value = row.cells.get(column)
    is_open = not settings.decimal_sign and not settings.thousands_sign
    if is_open and isinstance(value, str) and _AMBIGUOUS.fullmatch(value.strip()):
        reason = f"{column} is {shown(value)}, which may be units or thousands"
        findings.refuse(row.place, column, f"{reason}: set decimal_sign or thousands_sign in the profile")
        return 0
    units = whole_of(_with_a_point(value, settings) if isinstance(value, str) else value)
    if units is None or not least <= units <= most:
        findings.refuse(row.place, column, f"{column} is no whole number of {least} to {most}: {shown(value)}")
        return 0
    return units


def _with_a_point(text: str, settings: Settings) -> str:
    """Answers a number as it is written with a point and without groups; empty for text that is no such number."""
    thousands = settings.thousands_sign
    decimal = settings.decimal_sign or ("," if thousands == "." else ".")
    whole, sign, fraction = text.strip().partition(decimal)
    if thousands and thousands in whole:
        first, *groups = whole.split(thousands)
        if not 1 <= len(first.lstrip("+-")) <= 3 or any(len(group) != 3 for group in groups):
            return ""
        whole = "".join((first, *groups))
    if "." in whole or "." in fraction:
        return ""
    return f"{whole}.{fraction}" if sign else whole
