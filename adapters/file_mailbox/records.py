"""Rows of files: bytes into our fields, and our fields into bytes, as a layout says. Pure; reading is total."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from adapters.file_mailbox.layouts import CSV, FIXED, NDJSON, Layout, Place
from adapters.sdk.documents.reading import Findings, plain, shown, text_of

MOST_ROWS: Final = 50_000
LONGEST_LINE: Final = 65_536


class NotWritable(Exception):
    """A value does not fit into a file of the layout; the message names the field."""


@dataclass(frozen=True)
class Row:
    """A row that was taken apart: the line it begins in, from 1, and its values by our names, in our words."""

    line: int
    values: Mapping[str, str]


def rows_of(content: bytes, layout: Layout, findings: Findings) -> list[Row]:
    """Return the rows that can be taken apart; what cannot is among the findings, by line and column."""
    try:
        text = content.decode(layout.encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        findings.refuse(f"byte {error.start}", "", f"the file is not {layout.encoding}")
        return []
    rows: list[Row] = []
    for line, cells in _cells_of(text, layout, findings):
        if len(rows) == MOST_ROWS:
            findings.refuse(f"line {line}", "", f"the file has more than {MOST_ROWS:,} rows: send several")
            break
        if _is_settled(line, cells, layout, findings):
            rows.append(Row(line, {name: _value(cells, place) for name, place in layout.places.items()}))
    return rows


def _value(cells: Mapping[str, str], place: Place) -> str:
    value = place.constant or plain(cells.get(_key(place), ""))
    return place.values.get(value, value)


def _key(place: Place) -> str:
    return place.column or f"{place.start}"


def _is_settled(line: int, cells: Mapping[str, str], layout: Layout, findings: Findings) -> bool:
    """Refuse a row that states something nobody acts on: it may say that the rest is not what it seems."""
    if not layout.header and layout.form != NDJSON:
        return True
    known = {_key(place) for place in layout.places.values()} | layout.ignored
    unread = [name for name, value in cells.items() if value.strip() and name not in known]
    for name in unread:
        findings.refuse(f"line {line}", name, "nobody acts on it; ignored_columns of the layout ignores it")
    return not unread


def _cells_of(text: str, layout: Layout, findings: Findings) -> Iterator[tuple[int, dict[str, str]]]:
    if layout.form == CSV:
        yield from _csv_cells(text, layout, findings)
        return
    for line, written in enumerate(text.splitlines(), 1):
        if not written.strip():
            continue
        if len(written) > LONGEST_LINE:
            findings.refuse(f"line {line}", "", f"the line has more than {LONGEST_LINE:,} characters")
        elif layout.form == FIXED:
            places = (place for place in layout.places.values() if place.start)
            yield line, {_key(place): written[place.start - 1 : place.start - 1 + place.length] for place in places}
        elif (cells := _object(written)) is not None:
            yield line, cells
        else:
            findings.refuse(f"line {line}", "", "the line is no JSON object")


def _object(line: str) -> dict[str, str] | None:
    try:
        value = json.loads(line, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        return None
    return {plain(name): text_of(cell) for name, cell in value.items()} if isinstance(value, dict) else None


def _csv_cells(text: str, layout: Layout, findings: Findings) -> Iterator[tuple[int, dict[str, str]]]:
    """Return the cells of the rows by the names of their columns, or by their numbers where no line names them."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=layout.delimiter, strict=True)
    header: list[str] = []
    line = 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                names = header or [str(number) for number in range(1, len(cells) + 1)]
                if layout.header and not header:
                    header = [plain(cell) for cell in cells]
                    if not _is_header(header, layout, findings):
                        return
                elif len(cells) != len(names):
                    findings.refuse(f"line {line}", "", f"the row has {len(cells)} cells, the first line {len(names)}")
                else:
                    yield line, dict(zip(names, cells, strict=True))
            line = reader.line_num + 1
    except csv.Error as error:
        findings.refuse(f"line {line}", "", f"the file is not CSV: {error}")


def _is_header(header: Sequence[str], layout: Layout, findings: Findings) -> bool:
    """Return whether the first line names each column of the layout once; else refuse the file."""
    wanted = [place.column for place in layout.places.values() if place.column]
    for column in wanted:
        if header.count(column) != 1:
            findings.refuse("line 1", column, f"the first line names {shown(column)} {header.count(column)} times")
    return all(header.count(column) == 1 for column in wanted)


def written(rows: Sequence[Mapping[str, str]], layout: Layout) -> bytes:
    """Return a file with the rows. Raises NotWritable."""
    places = {name: place for name, place in layout.places.items() if not place.constant}
    theirs = {name: {ours: word for word, ours in place.values.items()} for name, place in places.items()}

    def value(row: Mapping[str, str], name: str) -> str:
        ours = plain(row.get(name, ""))
        return theirs[name].get(ours, _time(ours, places[name], name))

    lines = [{name: value(row, name) for name in places} for row in rows]
    if layout.form == CSV:
        text = _csv(lines, places, layout)
    elif layout.form == FIXED:
        text = "".join(_fixed(line, places) + layout.line_end for line in lines)
    else:
        objects = ({places[name].column: cell for name, cell in line.items()} for line in lines)
        text = "".join(json.dumps(cells, ensure_ascii=False) + layout.line_end for cells in objects)
    try:
        return text.encode(layout.encoding)
    except UnicodeEncodeError as error:
        bad = shown(error.object[error.start : error.end])
        raise NotWritable(f"{layout.encoding} has no {bad}") from None


def _time(value: str, place: Place, name: str) -> str:
    if not place.time_form or not value:
        return value
    try:
        return datetime.fromisoformat(value).strftime(place.time_form)
    except ValueError:
        raise NotWritable(f"{name} is no time") from None


def _csv(lines: Sequence[Mapping[str, str]], places: Mapping[str, Place], layout: Layout) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=layout.delimiter, lineterminator=layout.line_end)
    if layout.header:
        writer.writerow([place.column for place in places.values()])
        writer.writerows([list(line.values()) for line in lines])
        return stream.getvalue()
    width = max(int(place.column) for place in places.values())
    by_number = {int(place.column): name for name, place in places.items()}
    writer.writerows([[line.get(by_number.get(at, ""), "") for at in range(1, width + 1)] for line in lines])
    return stream.getvalue()


def _fixed(line: Mapping[str, str], places: Mapping[str, Place]) -> str:
    row = ""
    for name, place in sorted(places.items(), key=lambda item: item[1].start):
        if len(line[name]) > place.length:
            raise NotWritable(f"{name} has more than {place.length} characters")
        row = row.ljust(place.start - 1) + line[name].ljust(place.length)
    return row
