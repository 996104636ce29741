"""How a kind of file looks: its name, its form, and where each of our fields stands in it. Profiles have it as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from adapters.sdk.calls import BadCall
from adapters.sdk.documents.reading import flag, sections, text_map
from adapters.sdk.profile import Profile

ORDERS: Final = "orders"
SHIPMENTS: Final = "shipments"
SHORTS: Final = "shorts"
COUNTS: Final = "counts"
CSV: Final = "csv"
NDJSON: Final = "ndjson"
FIXED: Final = "fixed"
ENCODINGS: Final = ("utf-8", "latin-1", "cp1252", "utf-16")
WIDEST: Final = 10_000


@dataclass(frozen=True)
class Fields:
    """The fields of a kind of file: those that it must have, and others that it may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...]


FIELDS: Final[Mapping[str, Fields]] = {
    ORDERS: Fields(
        ("fulfillment_order_id", "line_number", "sku", "quantity"),
        (
            *("order_id", "node_id", "service_code", "ship_by_time", "incoterm"),
            *("title", "hs_code", "origin_country_code", "weight_grams"),
            *("personalization", "value_added_services", "gift_message", "delivery_instructions"),
            *("name", "company", "street_1", "street_2", "street_3", "street_4", "city", "region_code"),
            *("postal_code", "country_code", "phone", "email"),
        ),
    ),
    SHIPMENTS: Fields(
        ("fulfillment_order_id", "shipment_reference", "line_number", "quantity"),
        ("tracking_number", "tracking_url", "occur_time", "carrier_code", "carrier_name", "weight_grams"),
    ),
    SHORTS: Fields(
        ("fulfillment_order_id", "report_reference", "line_number", "quantity", "reason"),
        ("occur_time",),
    ),
    COUNTS: Fields(("sku", "on_hand", "node_id"), ("safety", "count_time")),
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a field stands, and how its value is written.

    Attributes:
        column: Name of a column or of a member of a JSON row; in CSV without a header its number, from 1.
        start: Position of its first character in a row of fixed width, from 1; 0: none.
        length: Its characters in a row of fixed width.
        constant: The value of all rows; then it stands nowhere.
        values: Their words for ours.
        time_form: How they write times, in the terms of strftime; empty: ISO 8601 with an offset.
    """

    column: str = ""
    start: int = 0
    length: int = 0
    constant: str = ""
    values: Mapping[str, str]
    time_form: str = ""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A kind of file.

    Attributes:
        kind: orders, shipments, shorts or counts.
        name: Pattern of names of files of theirs, with * and ?; name of ours, with {fulfillment_order_id}.
        form: csv, ndjson or fixed.
        delimiter: Between the cells of a CSV row.
        header: Whether the first line of a CSV file names its columns.
        encoding: Of the bytes.
        line_end: What ends a row of ours.
        places: Where each field stands, in the order of our columns.
        ignored: Columns that are left with the warehouse.
    """

    kind: str
    name: str
    form: str
    delimiter: str
    header: bool
    encoding: str
    line_end: str
    places: Mapping[str, Place]
    ignored: frozenset[str]

    def names(self, file: str) -> bool:
        """Return whether a file of theirs has this layout."""
        return self.kind != ORDERS and fnmatchcase(file, self.name)


def read_layouts(profile: Profile) -> tuple[Layout, ...]:
    """Read the layouts of a profile. Raises BadCall naming the setting that is wrong."""
    layouts = tuple(_layout(section, number) for number, section in enumerate(sections(profile, "layouts")))
    if sum(layout.kind == ORDERS for layout in layouts) > 1:
        raise BadCall("profile_json.layouts has two layouts of orders; one is written")
    return layouts


def _layout(read: Profile, number: int) -> Layout:
    section = Profile(read.values, f"profile_json.layouts[{number}]")
    kind, form = _choice(section, "kind", tuple(FIELDS)), _choice(section, "form", (CSV, NDJSON, FIXED))
    delimiter = section.text("delimiter", ",")
    if len(delimiter) != 1 or delimiter in '\r\n"':
        raise BadCall(f"{section.place}.delimiter is not one character")
    layout = Layout(
        kind=kind,
        name=section.text("name", ""),
        form=form,
        delimiter=delimiter,
        header=flag(section, "header", default=True) and form == CSV,
        encoding=_choice(section, "encoding", ENCODINGS, ENCODINGS[0]),
        line_end=_choice(section, "line_end", ("\n", "\r\n"), "\n"),
        places=_places(section, kind, form),
        ignored=frozenset(section.texts("ignored_columns")),
    )
    _check_name(layout, section)
    _check_places(layout, section)
    return layout


def _choice(section: Profile, name: str, allowed: tuple[str, ...], default: str = "") -> str:
    value = section.text(name, default)
    if value not in allowed:
        raise BadCall(f"{section.place}.{name} is not one of {', '.join(map(repr, allowed))}")
    return value


def _places(section: Profile, kind: str, form: str) -> dict[str, Place]:
    fields, known = section.section("fields"), FIELDS[kind]
    if unknown := sorted(set(fields.names()) - {*known.required, *known.optional}):
        raise BadCall(f"{fields.place} has {unknown[0]}, which is no field of {kind}")
    if missing := [name for name in known.required if name not in fields.names()]:
        raise BadCall(f"{fields.place} has no {missing[0]}, which {kind} must have")
    return {name: _place(fields, name, form) for name in fields.names()}


def _place(fields: Profile, name: str, form: str) -> Place:
    if isinstance(fields.values[name], str):
        place = Place(column=fields.text(name, ""), values={})
    else:
        section = fields.section(name)
        place = Place(
            column=section.text("column", ""),
            start=section.whole("start", 0),
            length=section.whole("length", 0),
            constant=section.text("constant", ""),
            values=text_map(section, "values"),
            time_form=section.text("time_form", ""),
        )
    stands = bool(place.start and place.length) if form == FIXED else bool(place.column)
    if stands == bool(place.constant):
        needed = "start and length" if form == FIXED else "a column"
        raise BadCall(f"{fields.place}.{name} has neither {needed} nor a constant, or both")
    return place


def _check_name(layout: Layout, section: Profile) -> None:
    if not layout.name:
        raise BadCall(f"{section.place}.name is missing")
    if layout.kind == ORDERS and layout.name.count("{fulfillment_order_id}") != 1:
        raise BadCall(f"{section.place}.name does not have {{fulfillment_order_id}} once: each order is a file")


def _check_places(layout: Layout, section: Profile) -> None:
    """Refuse places that overlap, numbers of columns that are none, and one column for two fields of ours."""
    standing = [place for place in layout.places.values() if not place.constant]
    if layout.form == FIXED:
        spans = sorted((place.start, place.start + place.length) for place in standing)
        ends = [0, *(end for _, end in spans)]
        if any(start < end for (start, _), end in zip(spans, ends, strict=False)) or ends[-1] > WIDEST:
            raise BadCall(f"{section.place}.fields overlap, or end behind character {WIDEST}")
        return
    numbered = layout.form == CSV and not layout.header
    if numbered and not all(place.column.isdecimal() and 1 <= int(place.column) <= WIDEST for place in standing):
        raise BadCall(f"{section.place}.fields are columns without a header; name them by their numbers, from 1")
    if layout.kind == ORDERS and len({place.column for place in standing}) < len(standing):
        raise BadCall(f"{section.place}.fields write two fields into one column")
