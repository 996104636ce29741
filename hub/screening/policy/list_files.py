"""Denied-party lists as files: read whole, or every problem is named by file, line and column.

Formats, known by what the files look like:
- OFAC's delimited files SDN.CSV, ALT.CSV and ADD.CSV (CONS_PRIM.CSV and the like have the same columns): no header,
  12, 5 and 6 columns, `-0-` for nothing. https://ofac.treasury.gov/sdn-list-data-formats-data-schemas
- The Denied Persons List of the Bureau of Industry and Security: columns apart by tabs, with a header.
  https://www.bis.gov/denied-persons-list
- A table of our own for any other list: CSV with the header entry_id,name,alias,address,program; rows of one entry_id
  are one entry.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from hub.screening.errors import DeniedListInvalid
from hub.screening.model import DeniedEntry

_NOTHING: Final = "-0-"
_MOST_PROBLEMS: Final = 1000
_PLAIN: Final = ("entry_id", "name", "alias", "address", "program")
_DENIED_PERSONS: Final = (
    *("Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date"),
    *("Standard_Order", "Last_Update", "Action", "FR_Citation"),
)
_MAIN: Final = ("ent_num", "SDN_Name", "SDN_Type", "Program")
_ALIAS: Final = ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks")
_ADDRESS: Final = ("ent_num", "add_num", "address", "city", "country", "add_remarks")
_OFAC_WIDTHS: Final = {12: "main", len(_ALIAS): "alias", len(_ADDRESS): "address"}
_END_OF_FILE: Final = "\x1a"
"""OFAC ends its files with this character."""


class _Entry:
    """An entry while its rows are read."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.addresses: list[str] = []
        self.programs: list[str] = []


class _Read(Struct, frozen=True):
    """What was read so far: entries by id, and what is wrong."""

    entries: dict[str, _Entry]
    problems: list[str]

    def problem(self, place: str, what: str) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(f"{place}: {what}")


def entries_of(files: Mapping[str, str]) -> list[DeniedEntry]:
    """Return the entries of the files of a list, by name, sorted by id. Raise DeniedListInvalid."""
    read = _Read({}, [])
    tables = {name: _table(name, content, read) for name, content in sorted(files.items())}
    for reader in (_main_rows, _more_rows):
        for name, table in tables.items():
            if table:
                reader(name, table, read)
    unnamed = sorted(entry_id for entry_id, entry in read.entries.items() if not entry.names)
    for entry_id in unnamed:
        read.problem("list", f"entry {entry_id} has no name; state one")
    if not read.entries and not read.problems:
        read.problem(next(iter(sorted(files)), "list"), "holds no entry; a list that denies nobody is not loaded")
    if read.problems:
        raise DeniedListInvalid(read.problems)
    return [
        DeniedEntry(
            entry_id,
            tuple(dict.fromkeys(entry.names)),
            tuple(dict.fromkeys(entry.addresses)),
            "; ".join(dict.fromkeys(entry.programs)),
        )
        for entry_id, entry in sorted(read.entries.items())
    ]


_Rows = list[tuple[int, list[str]]]


def _table(name: str, content: str, read: _Read) -> _Rows:
    """Return the rows of a file with their lines; none where it is no CSV."""
    text = content.removeprefix("\ufeff").replace(_END_OF_FILE, "")
    tabs = text.split("\n", 1)[0].count("\t") > 1
    reader = csv.reader(text.splitlines(keepends=True), strict=True, delimiter="\t" if tabs else ",")
    rows: _Rows = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, [_cell(cell) for cell in cells]))
    except csv.Error as error:
        read.problem(f"{name}, line {reader.line_num}", f"is not CSV ({error}); close the quotation marks")
        return []
    if not rows:
        read.problem(name, "is empty; load the file as its publisher gives it out")
    return rows


def _cell(cell: str) -> str:
    text = cell.strip()
    return "" if text == _NOTHING else text


def _main_rows(name: str, rows: _Rows, read: _Read) -> None:
    """Take in rows that name entries."""
    header = tuple(rows[0][1])
    if header == _PLAIN:
        _each(name, rows[1:], _PLAIN, read, _plain)
    elif header == _DENIED_PERSONS:
        _each(name, rows[1:], _DENIED_PERSONS, read, _denied_person)
    elif _OFAC_WIDTHS.get(len(header)) == "main":
        _each(name, rows, (*_MAIN, *[f"column {number}" for number in range(5, 13)]), read, _ofac_main)
    elif len(header) not in _OFAC_WIDTHS:
        read.problem(
            f"{name}, line {rows[0][0]}",
            f"has {len(header)} columns; load SDN.CSV, ALT.CSV and ADD.CSV of OFAC, the Denied Persons List of BIS, or"
            f" a table with the columns {','.join(_PLAIN)}",
        )


def _more_rows(name: str, rows: _Rows, read: _Read) -> None:
    """Take in rows that add to entries named elsewhere."""
    header = tuple(rows[0][1])
    kind = _OFAC_WIDTHS.get(len(header))
    if header == _PLAIN or kind not in {"alias", "address"}:
        return
    columns, take = (_ALIAS, _ofac_alias) if kind == "alias" else (_ADDRESS, _ofac_address)
    _each(name, rows, columns, read, take)


_Take = Callable[[Mapping[str, str], _Read], Iterator[str]]
"""Takes in a row by its columns; yields what is wrong, with the column."""


def _each(name: str, rows: _Rows, columns: Sequence[str], read: _Read, take: _Take) -> None:
    for line, cells in rows:
        place = f"{name}, line {line}"
        if len(cells) != len(columns):
            read.problem(place, f"has {len(cells)} columns, not {len(columns)}; close quotation marks, add what lacks")
            continue
        for what in take(dict(zip(columns, cells, strict=True)), read):
            read.problem(place, what)


def _plain(row: Mapping[str, str], read: _Read) -> Iterator[str]:
    if not row["entry_id"]:
        yield "column entry_id is empty; state the id that the list gives the entry"
        return
    entry = read.entries.setdefault(row["entry_id"], _Entry())
    if not (row["name"] or entry.names):
        yield "column name is empty; the first row of an entry states its name"
    entry.names += filter(None, (row["name"], row["alias"]))
    entry.addresses += filter(None, (row["address"],))
    entry.programs += filter(None, (row["program"],))


def _denied_person(row: Mapping[str, str], read: _Read) -> Iterator[str]:
    """Entries have no id of their own; rows of one name are one entry, known by a hash of the name."""
    if not row["Name"]:
        yield "column Name is empty; state who is denied"
        return
    entry_id = hashlib.sha256(row["Name"].casefold().encode()).hexdigest()[:12]
    entry = read.entries.setdefault(entry_id, _Entry())
    entry.names.append(row["Name"])
    place = [row[name] for name in ("Street_Address", "City", "State", "Postal_Code", "Country") if row[name]]
    if row["Street_Address"]:
        entry.addresses.append(", ".join(place))
    entry.programs += filter(None, (row["FR_Citation"],))


def _ofac_main(row: Mapping[str, str], read: _Read) -> Iterator[str]:
    number = row["ent_num"]
    if not number.isdigit():
        yield f"column ent_num is {number!r}; it must be the number of the entry"
    elif not row["SDN_Name"]:
        yield "column SDN_Name is empty; state who is denied"
    elif number in read.entries:
        yield f"column ent_num: entry {number} is there twice; keep one"
    else:
        entry = read.entries[number] = _Entry()
        entry.names.append(row["SDN_Name"])
        entry.programs += filter(None, (row["Program"],))


def _ofac_alias(row: Mapping[str, str], read: _Read) -> Iterator[str]:
    entry = read.entries.get(row["ent_num"])
    if entry is None:
        yield f"column ent_num is {row['ent_num']!r}; no file has the main row of this entry; load them together"
    elif not row["alt_name"]:
        yield "column alt_name is empty; state the other name"
    else:
        entry.names.append(row["alt_name"])


def _ofac_address(row: Mapping[str, str], read: _Read) -> Iterator[str]:
    entry = read.entries.get(row["ent_num"])
    if entry is None:
        yield f"column ent_num is {row['ent_num']!r}; no file has the main row of this entry; load them together"
    elif row["address"]:
        entry.addresses.append(", ".join(filter(None, (row["address"], row["city"], row["country"]))))
