"""What an account says of a warehouse's stock files: their form, their columns, and what a row means.

The profile is a JSON object; README.md lists its settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from google.protobuf.timestamp_pb2 import Timestamp

from adapters.sdk.calls import BadCall
from adapters.sdk.documents.facts import IGNORED
from adapters.sdk.documents.reading import flag, timestamp_from
from adapters.sdk.profile import Profile
from adapters.stock_files.facts import FACTS

COLUMN: Final = "column."
MODES: Final = ("count", "adjust")
FORMATS: Final = ("", "csv", "ndjson")
DECIMAL_SIGNS: Final = ("", ".", ",")
THOUSANDS_SIGNS: Final = ("", ".", ",", "'", " ")
ENCODINGS: Final = ("utf-8", "utf-16", "latin-1", "cp1252")


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Names of columns, or of members of a JSON row. `units` is on hand in a count, the change in adjustments."""

    sku: str = "sku"
    node_id: str = "node"
    units: str = "on_hand"
    safety: str = "safety"
    count_time: str = "count_time"
    cause: str = "cause"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A profile, read.

    Attributes:
        mode: `count`: the file is a full count of its nodes; `adjust`: each row adds to or takes from stock.
        format: `csv` or `ndjson`; empty: by the media type.
        columns: Their names.
        delimiter: Between the cells of a CSV row.
        encoding: Of the bytes.
        decimal_sign: Between units and their fraction; empty: a point, unless that is ambiguous.
        thousands_sign: Between groups of three digits; empty: none, unless that is ambiguous.
        source: Who counted; counts of one source supersede each other.
        node_id: Node of rows that name none.
        node_ids: Nodes counted whole; empty: those the rows name.
        count_time: Instant of the count where the file states none; None: when the call was made.
        cause: Cause of adjustments whose row names none.
        ignored_facts: Columns that are left with the warehouse, as column.NAME.
        take_empty_counts: Whether a file without rows counts its nodes as empty.
    """

    mode: str = "count"
    format: str = ""
    columns: Columns = Columns()
    delimiter: str = ","
    encoding: str = "utf-8"
    decimal_sign: str = ""
    thousands_sign: str = ""
    source: str = ""
    node_id: str = ""
    node_ids: tuple[str, ...] = ()
    count_time: Timestamp | None = None
    cause: str = "ADJUSTMENT"
    ignored_facts: frozenset[str] = frozenset()
    take_empty_counts: bool = False

    @property
    def settled_columns(self) -> frozenset[str]:
        """The columns that are acted on, by what the file is, and those that are ignored."""
        acted_on = {getattr(self.columns, name) for name in FACTS[self.mode].acted_on}
        return frozenset(acted_on | {fact.removeprefix(COLUMN) for fact in self.ignored_facts})


def read_settings(profile_json: str) -> Settings:
    """Reads a profile. Raises BadCall naming the setting that is malformed."""
    profile = Profile.read(profile_json)
    settings = Settings(
        mode=_one_of(profile, "mode", "count", MODES),
        format=_one_of(profile, "format", "", FORMATS),
        columns=_columns(profile.section("columns"), profile.text("mode", "count")),
        delimiter=profile.text("delimiter", ","),
        encoding=profile.text("encoding", "utf-8"),
        decimal_sign=_one_of(profile, "decimal_sign", "", DECIMAL_SIGNS),
        thousands_sign=_one_of(profile, "thousands_sign", "", THOUSANDS_SIGNS),
        source=profile.text("source", ""),
        node_id=profile.text("node_id", ""),
        node_ids=profile.texts("node_ids"),
        count_time=_instant(profile, "count_time"),
        cause=profile.text("cause", "ADJUSTMENT") or "ADJUSTMENT",
        ignored_facts=frozenset(profile.texts(IGNORED)),
        take_empty_counts=flag(profile, "take_empty_counts", default=False),
    )
    if len(settings.delimiter) != 1 or settings.delimiter in '\r\n"':
        raise BadCall("profile_json.delimiter is not one character")
    if settings.thousands_sign and settings.thousands_sign == settings.decimal_sign:
        raise BadCall("profile_json.thousands_sign is the decimal_sign too")
    if settings.encoding not in ENCODINGS:
        raise BadCall(f"profile_json.encoding is not one of {', '.join(ENCODINGS)}")
    return settings


def _columns(section: Profile, mode: str) -> Columns:
    standard = Columns(units="delta") if mode == "adjust" else Columns()
    return Columns(
        sku=section.text("sku", standard.sku),
        node_id=section.text("node_id", standard.node_id),
        units=section.text("units", standard.units),
        safety=section.text("safety", standard.safety),
        count_time=section.text("count_time", standard.count_time),
        cause=section.text("cause", standard.cause),
    )


def _one_of(profile: Profile, name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = profile.text(name, default)
    if value not in allowed:
        raise BadCall(f"profile_json.{name} is not one of {', '.join(one for one in allowed if one)}")
    return value


def _instant(profile: Profile, name: str) -> Timestamp | None:
    text = profile.text(name, "")
    instant = timestamp_from(text) if text else None
    if text and instant is None:
        raise BadCall(f"profile_json.{name} is not an ISO 8601 instant with an offset")
    return instant
