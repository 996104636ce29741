"""Reads stock files into one count, or into adjustments: pure and total, every byte string has an answer.

A count is whole or nothing: one bad row and none of it is taken, since a missing row would read as nothing on hand.
Adjustments stand for themselves: bad rows are named, the others go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    commands, settled = [], settings.settled_columns
    for row in table.rows:
        findings = Findings()
        for column in _unread_columns(row, settled):
            _refuse_column(row, column, findings)
        adjustment = _adjustment(row, settings, findings)
        if not findings.refused:
            commands.append(Command(adjust_stock=adjustment, location=row.place))
        table.findings.add(findings)
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
    rows = [_counted(row, settings, findings) for row in table.rows]
    _refuse_doubles(table.rows, rows, findings)
    _refuse_unread_columns(table, settings.settled_columns)
    node_ids = settings.node_ids or tuple(sorted({row.node_id for row in rows}))
    _check_whole(table, settings, node_ids, findings)
    count_time = _count_time(table, settings, called_at)
    if findings.refused:
        return []
    header = SnapshotHeader(
        source=settings.source or source, count_time=count_time, node_ids=node_ids, row_count=len(rows)
    )
    count = StockCount(header=header, rows=rows, row_lines=[row.line for row in table.rows])
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


def _refuse_doubles(rows: list[Row], counted: list[SnapshotRow], findings: Findings) -> None:
    first: dict[tuple[str, str], Row] = {}
    for row, one in zip(rows, counted, strict=True):
        known = first.setdefault((one.sku, one.node_id), row)
        if known is not row and one.sku and one.node_id:
            reason = f"{shown(one.sku)} at {shown(one.node_id)} was counted in line {known.line} already"
            findings.refuse(row.place, "", reason)


def _refuse_unread_columns(table: Table, settled: frozenset[str]) -> None:
    """Refuses a count for each column that states something and is not acted on, at the first row that does."""
    first: dict[str, Row] = {}
    for row in table.rows:
        for column in _unread_columns(row, settled):
            first.setdefault(column, row)
    for column, row in first.items():
        _refuse_column(row, column, table.findings)


def _unread_columns(row: Row, settled: frozenset[str]) -> Iterator[str]:
    for column in sorted(row.cells.keys() - settled):
        if row.cells[column] not in (None, "", [], {}):
            yield column


def _refuse_column(row: Row, column: str, findings: Findings) -> None:
    reason = f"column {shown(column)} says {shown(row.cells[column])}: {why_held(f'{COLUMN}{column}')}"
    findings.refuse(row.place, column, reason)


def _check_whole(table: Table, settings: Settings, node_ids: tuple[str, ...], findings: Findings) -> None:
    """Refuses a count that says nothing of any node, or has fewer rows than its first lines announce."""
    announced = table.facts.get("rows")
    if announced is not None and whole_of(announced) != len(table.rows):
        findings.refuse("file", "rows", f"{shown(announced)} rows are announced, {len(table.rows)} could be read")
    if not table.rows and not (settings.take_empty_counts and settings.node_ids):
        findings.refuse("file", "", "the file has no rows; take_empty_counts with node_ids lets it empty the nodes")
    elif not node_ids:
        findings.refuse("file", settings.columns.node_id, "no row and no setting names a node")


def _count_time(table: Table, settings: Settings, called_at: Timestamp | None) -> Timestamp | None:
    """Answers when was counted: as the rows state, else the first lines, else the profile, else the call."""
    column = settings.columns.count_time
    stated = {row.text(column): row for row in reversed(table.rows) if row.text(column)}
    if len(stated) > 1:
        row = max(stated.values(), key=lambda row: row.line)
        table.findings.refuse(row.place, column, "the rows state more than one instant of the count")
    text, row_stated = next(iter(stated.items()), (table.facts.get("count_time", ""), None))
    instant = timestamp_from(text) if text else settings.count_time or called_at
    if instant is None:
        place = row_stated.place if row_stated else "file"
        table.findings.refuse(place, column, f"{shown(text or None)} is no ISO 8601 instant with an offset")
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
