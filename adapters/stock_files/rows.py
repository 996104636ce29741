"""Rows of a stock file, CSV or NDJSON, with their lines: what stands in them, not what it means.

Lines that begin with # before the first row state facts of the whole file, for example
`# count_time=2026-01-05T06:00:00Z rows=120`.

Rows are read as they are asked for, and lines are limited in number: time and memory grow with the length of the file
alone, whatever stands in it.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import Final, NamedTuple

from adapters.sdk.documents.reading import Findings, plain, shown, text_of
from adapters.stock_files.settings import Settings

REMARK: Final = "#"
MOST_REMARKS: Final = 100
MOST_LINES: Final = 2_000_000
MOST_ROWS: Final = {"count": 500_000, "adjust": 50_000}
"""Rows that a file has at most, by what it is: larger counts come as a stream of rows by ImportSnapshot."""
MOST_CHARACTERS: Final = 65_536
"""Characters that a line of a file has at most: rows are short, and a longer line is no row."""


class TooLong(Exception):
    """A file has more lines or rows than are read; the message says how many."""


class Row(NamedTuple):
    """A row: its cells by column, and the line it begins in. Cells of JSON keep their type."""

    line: int
    cells: Mapping[str, object]

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"line {self.line}"

    def text(self, column: str) -> str:
        """Answers a cell as text; empty when it is absent, null, or neither text nor number."""
        value = self.cells.get(column)
        return plain(text_of(value))


@dataclass
class Table:
    """A file taken apart: facts of the whole, rows that can be read, and the rest as findings.

    `rows` is read once; what cannot be read is found meanwhile.
    """

    facts: Mapping[str, str] = field(default_factory=dict)
    rows: Iterator[Row] = field(default_factory=lambda: iter(()))
    findings: Findings = field(default_factory=Findings)


def table_of(content: bytes, media_type: str, settings: Settings) -> Table:
    """Takes a file apart. Nothing is raised."""
    table = Table()
    try:
        content.decode(settings.encoding)
    except UnicodeDecodeError as error:
        table.findings.refuse(f"byte {error.start}", "", f"the file is not {settings.encoding}")
        return table
    lines = _Lines(content, settings.encoding)
    table.facts = _facts(lines.remarks)
    rows = _csv_rows(table, lines, settings) if _is_csv(media_type, settings) else _json_rows(table, lines)
    table.rows = _first_rows(table, rows, MOST_ROWS[settings.mode])
    return table


def _first_rows(table: Table, rows: Iterator[Row], most: int) -> Iterator[Row]:
    """Answers the rows, as many as a file may have; refuses a file with more of them, or of lines."""
    try:
        for number, row in enumerate(rows):
            if number == most:
                raise TooLong(f"{most:,} rows")
            yield row
    except TooLong as error:
        reason = f"the file has more than {error}: send several files, or the count as a stream by ImportSnapshot"
        table.findings.refuse("file", "", reason)


class _Lines:
    """The lines of a file, one at a time: `remarks` before the first row, and the rest by iteration."""

    def __init__(self, content: bytes, encoding: str) -> None:
        stream = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
        self._lines = iter(partial(stream.readline, MOST_CHARACTERS + 1), "")
        self.remarks: list[str] = []
        self._first = next(self._lines, "").removeprefix("\ufeff")
        while self._first.startswith(REMARK) and len(self.remarks) < MOST_REMARKS:
            self.remarks.append(self._first[:MOST_CHARACTERS])
            self._first = next(self._lines, "")

    def __iter__(self) -> Iterator[str]:
        """Answers the lines behind the remarks.

        Raises csv.Error for one that is too long to be a row, TooLong for a file of too many.
        """
        for number, line in enumerate(chain((self._first,), self._lines) if self._first else ()):
            if len(line) > MOST_CHARACTERS:
                raise csv.Error(f"a line has more than {MOST_CHARACTERS} characters")
            if number == MOST_LINES:
                raise TooLong(f"{MOST_LINES:,} lines")
            yield line


def _is_csv(media_type: str, settings: Settings) -> bool:
    """Answers whether a file is CSV: as the profile says, else unless its media type names JSON."""
    return settings.format == "csv" or (not settings.format and "json" not in media_type.lower())


def _facts(lines: list[str]) -> dict[str, str]:
    words = (word for line in lines for word in line.lstrip(REMARK).split())
    return {name: value for name, separator, value in (word.partition("=") for word in words) if separator}


def _csv_rows(table: Table, lines: _Lines, settings: Settings) -> Iterator[Row]:
    header: list[str] = []
    line = before = len(lines.remarks)
    try:
        for number, cells in _records(lines, settings.delimiter):
            line = before + number
            if not cells or not any(map(str.strip, cells)):
                continue
            if not header:
                header = [plain(cell) for cell in cells]
                _check_header(table, header, line, settings)
                if table.findings.refused:
                    return
            elif len(cells) != len(header):
                reason = f"the row has {len(cells)} cells, the first line {len(header)}"
                table.findings.refuse(f"line {line}", "", reason)
            else:
                yield Row(line, dict(zip(header, cells, strict=True)))
    except csv.Error as error:
        table.findings.refuse(f"line {line + 1}", "", f"the file is not CSV: {error}")
    if not header and not table.findings.refused:
        table.findings.refuse("line 1", "", "the file has no line that names its columns")


def _records(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Answers the records of a CSV text, each with the number of the line it begins in."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begins = 1
    for cells in reader:
        yield begins, cells
        begins = reader.line_num + 1


def _check_header(table: Table, header: list[str], line: int, settings: Settings) -> None:
    columns = settings.columns
    needed = [columns.sku, columns.units, *([] if settings.node_id else [columns.node_id])]
    for name in needed:
        if name not in header:
            table.findings.refuse(f"line {line}", name, f"no column is called {shown(name)}")
    for name in (name for name, count in Counter(header).items() if count > 1):
        table.findings.refuse(f"line {line}", name, f"two columns are called {shown(name)}")


def _json_rows(table: Table, lines: _Lines) -> Iterator[Row]:
    number = before = len(lines.remarks)
    try:
        for number, line in enumerate(lines, start=before + 1):
            cells = _object_in(table, line, number) if line.strip() else None
            if cells is not None:
                yield Row(number, cells)
    except csv.Error as error:
        table.findings.refuse(f"line {number + 1}", "", f"the file is not NDJSON: {error}")


def _object_in(table: Table, line: str, number: int) -> dict[str, object] | None:
    try:
        value = json.loads(line, parse_float=Decimal) if line.lstrip().startswith("{") else None
    except (ValueError, ArithmeticError, RecursionError):
        value = None
    if isinstance(value, dict):
        return value
    table.findings.refuse(f"line {number}", "", "the line is no JSON object")
    return None
