"""What rows of a warehouse's files mean: commands to the hub, and problems beside them. Pure and total."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp

from adapters.file_mailbox.layouts import COUNTS, SHIPMENTS, Layout
from adapters.file_mailbox.records import Row, rows_of
from adapters.file_mailbox.settings import Settings
from adapters.sdk.documents.reading import MOST_UNITS, Findings, Reading, shown, timestamp_from, whole_of
from adapters.sdk.times import timestamp_of
from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.inbox.v1 import inbox_pb2
from crossdock.inventory.v1 import inventory_pb2

_REASON: Final = "SHORT_REASON_"
_MOST_LINE: Final = 100_000
_MOST_GRAMS: Final = 100_000_000


@dataclass
class Reader:
    """Reads values of rows; `refused` has the lines of rows that cannot be taken."""

    layout: Layout
    findings: Findings
    refused: set[int] = field(default_factory=set)

    def refuse(self, row: Row, name: str, reason: str) -> None:
        """Record why a row is not taken, by its line and the column of the field."""
        place = self.layout.places.get(name)
        column = (place.column or f"position {place.start}") if place else name
        self.findings.refuse(f"line {row.line}", column, reason)
        self.refused.add(row.line)

    def text(self, row: Row, name: str, longest: int, *, required: bool = False) -> str:
        """Return a text; refuses one that is missing or too long."""
        value = row.values.get(name, "")
        if required and not value:
            self.refuse(row, name, "it is empty")
        if len(value) > longest:
            self.refuse(row, name, f"it has more than {longest} characters")
        return value

    def whole(self, row: Row, name: str, least: int, most: int, *, default: int | None = None) -> int:
        """Return a whole number; refuses any other text."""
        value = row.values.get(name, "")
        if not value and default is not None:
            return default
        number = whole_of(value)
        if number is None or not least <= number <= most:
            self.refuse(row, name, f"{shown(value)} is no whole number from {least:,} to {most:,}")
            return least
        return number

    def identity(self, row: Row, name: str) -> str:
        """Return an id of ours; refuses any other text."""
        value = row.values.get(name, "")
        try:
            return str(UUID(value))
        except ValueError:
            self.refuse(row, name, f"{shown(value)} is no id of ours, a UUID")
            return ""

    def time(self, row: Row, name: str) -> Timestamp | None:
        """Return an instant; None where none is stated. Refuses any other text."""
        value, place = row.values.get(name, ""), self.layout.places.get(name)
        if not value or place is None:
            return None
        try:
            instant = _formed(value, place.time_form) if place.time_form else timestamp_from(value)
        except (ValueError, OverflowError):
            instant = None
        if instant is None:
            self.refuse(row, name, f"{shown(value)} is no time as the layout says")
        return instant


def _formed(value: str, form: str) -> Timestamp:
    """Return the instant of a text in a form, in UTC where the form has no offset. Raises ValueError."""
    instant = datetime.strptime(value, form)  # noqa: DTZ007 (given its zone in the next line)
    return timestamp_of(instant if instant.tzinfo else instant.replace(tzinfo=UTC))


def read_file(content: bytes, layout: Layout, settings: Settings, account_id: str, at: datetime) -> Reading:
    """Return what a file asks for. A report with a bad row is not taken, and a count neither; others beside it are."""
    findings = Findings()
    reader = Reader(layout, findings)
    rows = rows_of(content, layout, findings)
    if layout.kind == COUNTS:
        commands = _count(rows, reader, settings.source or account_id, at)
    elif layout.kind == SHIPMENTS:
        commands = _grouped(rows, reader, "shipment_reference", _shipment)
    else:
        commands = _grouped(rows, reader, "report_reference", _short)
    return Reading(tuple(commands), findings.named())


def _grouped(
    rows: Sequence[Row], reader: Reader, reference: str, command: Callable[[Sequence[Row], Reader], inbox_pb2.Command]
) -> list[inbox_pb2.Command]:
    """Return a command per report: the rows of one reference of one fulfillment order."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.values["fulfillment_order_id"], row.values[reference]), []).append(row)
    commands = []
    for group in groups.values():
        made = command(group, reader)
        made.location = f"line {group[0].line}"
        made.event_id = _event_id(reader.layout.kind, group)
        if not reader.refused & {row.line for row in group}:
            commands.append(made)
    return commands


def _event_id(kind: str, group: Sequence[Row]) -> str:
    """Return what a report is known by: its content, so that it is applied once, in whatever files it comes."""
    values = repr([sorted(row.values.items()) for row in group])
    return f"{kind}/{hashlib.sha256(values.encode()).hexdigest()[:40]}"


def _shipment(rows: Sequence[Row], reader: Reader) -> inbox_pb2.Command:
    first = rows[0]
    report = fulfillment_pb2.ShipmentReport(
        fulfillment_order_id=reader.identity(first, "fulfillment_order_id"),
        shipment_reference=reader.text(first, "shipment_reference", 120, required=True),
        tracking_number=reader.text(first, "tracking_number", 80),
        tracking_url=reader.text(first, "tracking_url", 500),
        carrier_code=reader.text(first, "carrier_code", 40),
        carrier_name=reader.text(first, "carrier_name", 120),
        weight_grams=reader.whole(first, "weight_grams", 0, _MOST_GRAMS, default=0),
        occur_time=reader.time(first, "occur_time"),
        lines=_lines(rows, reader),
    )
    return inbox_pb2.Command(shipment=report)


def _short(rows: Sequence[Row], reader: Reader) -> inbox_pb2.Command:
    first = rows[0]
    report = fulfillment_pb2.ShortReport(
        fulfillment_order_id=reader.identity(first, "fulfillment_order_id"),
        report_reference=reader.text(first, "report_reference", 120, required=True),
        occur_time=reader.time(first, "occur_time"),
        lines=_lines(rows, reader),
        reason=_reason(first, reader),
    )
    return inbox_pb2.Command(short=report)


def _reason(row: Row, reader: Reader) -> fulfillment_pb2.ShortReason:
    known: Mapping[str, int] = dict(fulfillment_pb2.ShortReason.items()[1:])
    value = row.values["reason"]
    if _REASON + value not in known:
        words = ", ".join(name.removeprefix(_REASON) for name in known)
        reader.refuse(row, "reason", f"{shown(value)} is none of {words}; name their words in values of the field")
    return known.get(_REASON + value, 0)  # type: ignore[return-value]  # an enum is a number on the wire


def _lines(rows: Sequence[Row], reader: Reader) -> list[fulfillment_pb2.FulfillmentLine]:
    """Return the units of a report. Refuses a line that comes twice, and rows that differ in what the whole says."""
    lines: dict[int, int] = {}
    own = {"line_number", "quantity"}
    for row in rows:
        number = reader.whole(row, "line_number", 1, _MOST_LINE)
        if number in lines:
            reader.refuse(row, "line_number", f"line {number} of the order comes twice in one report")
        lines[number] = reader.whole(row, "quantity", 1, MOST_UNITS)
        for name in sorted(set(row.values) - own):
            if row.values[name] != rows[0].values[name]:
                reader.refuse(row, name, f"it is another one than in line {rows[0].line}, of the same report")
    return [fulfillment_pb2.FulfillmentLine(line_number=number, quantity=units) for number, units in lines.items()]


def _count(rows: Sequence[Row], reader: Reader, source: str, at: datetime) -> list[inbox_pb2.Command]:
    """Return the count, whole or not at all: a row left out would read as nothing on hand."""
    counted: dict[tuple[str, str], inventory_pb2.SnapshotRow] = {}
    times = {row.values.get("count_time", "") for row in rows}
    stated = reader.time(rows[0], "count_time") if rows else None
    for row in rows:
        place = (row.values["node_id"], row.values["sku"])
        if place in counted:
            reader.refuse(row, "sku", "it is counted twice")
        if len(times) > 1:
            reader.refuse(row, "count_time", "the rows state different times of one count")
        counted[place] = inventory_pb2.SnapshotRow(
            sku=reader.text(row, "sku", 80, required=True),
            node_id=reader.text(row, "node_id", 80, required=True),
            on_hand=reader.whole(row, "on_hand", 0, 1_000_000_000),
            safety=reader.whole(row, "safety", 0, 1_000_000_000, default=0),
        )
    if not rows and not reader.findings.refused:
        reader.findings.refuse("file", "", "the file has no rows; a count of nothing is not believed")
    if reader.findings.refused:
        return []
    header = inventory_pb2.SnapshotHeader(
        source=source,
        count_time=stated or timestamp_of(at),
        node_ids=sorted({node for node, _ in counted}),
        row_count=len(counted),
    )
    count = inbox_pb2.StockCount(header=header, rows=counted.values(), row_lines=[row.line for row in rows])
    return [inbox_pb2.Command(stock_count=count, location="file")]
