"""What files say: commands, and problems by line and column beside them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.file_mailbox.layouts import Layout, read_layouts
from adapters.file_mailbox.mapping import read_file
from adapters.file_mailbox.records import rows_of, written
from adapters.file_mailbox.settings import Settings, read_settings
from adapters.sdk.calls import BadCall
from adapters.sdk.documents.reading import Findings, Reading
from adapters.sdk.profile import Profile
from crossdock.fulfillment.v1 import fulfillment_pb2
from tests.adapters.file_mailbox.serving import FULFILLMENT_ORDER, LAYOUTS, OTHER, TUESDAY, Served, serving

HEAD = "ORDER,PARCEL,LINE,QTY,TRACK,AT,PICKER\n"
SETTINGS = read_settings('{"mailbox": {"kind": "directory", "folder": "acme"}}')


def layouts(*changed: dict[str, Any]) -> tuple[Layout, ...]:
    return read_layouts(Profile({"layouts": list(changed) or LAYOUTS}))


ORDERS, SHIPMENTS, SHORTS, COUNTS = layouts()


def read(content: str, layout: Layout, at: datetime = TUESDAY, account: Settings = SETTINGS) -> Reading:
    return read_file(content.encode(layout.encoding), layout, account, "WMS", at)


def problems(reading: Reading) -> list[tuple[str, str]]:
    return [(problem.location, problem.field) for problem in reading.problems]


def test_rows_of_one_parcel_are_one_shipment() -> None:
    reading = read(
        HEAD
        + f"{FULFILLMENT_ORDER},P1,1,2,T1,2026-03-03T10:00:00+01:00,Bob\n"
        + f"{OTHER},P9,1,1,,,\n"
        + f"{FULFILLMENT_ORDER},P1,2,1,T1,2026-03-03T10:00:00+01:00,Bob\n",
        SHIPMENTS,
    )

    first, second = (command.shipment for command in reading.commands)
    assert not reading.problems
    assert (first.fulfillment_order_id, first.shipment_reference, first.tracking_number) == (
        FULFILLMENT_ORDER,
        "P1",
        "T1",
    )
    assert [(line.line_number, line.quantity) for line in first.lines] == [(1, 2), (2, 1)]
    assert first.occur_time.ToJsonString() == "2026-03-03T09:00:00Z"
    assert second.fulfillment_order_id == OTHER
    assert not second.HasField("occur_time")


def test_a_bad_row_is_named_and_the_others_are_taken() -> None:
    reading = read(
        HEAD
        + f"{FULFILLMENT_ORDER},P1,1,two,T1,,\n"
        + f"{OTHER},P2,1,1,T2,,\n"
        + "not-an-id,P3,1,1,T3,,\n"
        + f"{OTHER},P4,1,1,T4\n"
        + f"{OTHER},,1,1,T5,yesterday,\n",
        SHIPMENTS,
    )

    assert [command.shipment.shipment_reference for command in reading.commands] == ["P2"]
    assert problems(reading) == [
        ("line 5", ""),
        ("line 2", "QTY"),
        ("line 4", "ORDER"),
        ("line 6", "PARCEL"),
        ("line 6", "AT"),
    ]


def test_a_shipment_with_one_bad_row_is_not_taken_by_half() -> None:
    reading = read(HEAD + f"{OTHER},P1,1,1,T1,,\n{OTHER},P1,2,-1,T1,,\n", SHIPMENTS)

    assert reading.commands == ()
    assert problems(reading) == [("line 3", "QTY")]


def test_rows_of_one_parcel_that_disagree_are_refused() -> None:
    reading = read(HEAD + f"{OTHER},P1,1,1,T1,,\n{OTHER},P1,1,1,T2,,\n", SHIPMENTS)

    assert reading.commands == ()
    assert problems(reading) == [("line 3", "LINE"), ("line 3", "TRACK")]


def test_the_same_report_in_another_file_has_the_same_event() -> None:
    first = read(HEAD + f"{OTHER},P1,1,1,T1,,\n", SHIPMENTS)
    again = read(HEAD + f"{FULFILLMENT_ORDER},P0,1,1,T0,,\n{OTHER},P1,1,1,T1,,\n", SHIPMENTS)
    other = read(HEAD + f"{OTHER},P1,1,2,T1,,\n", SHIPMENTS)

    assert first.commands[0].event_id == again.commands[1].event_id
    assert first.commands[0].event_id not in ("", other.commands[0].event_id)


def test_a_column_that_nobody_acts_on_refuses_its_rows_unless_it_is_ignored() -> None:
    reading = read(HEAD.replace("PICKER", "BLOCKED") + f"{OTHER},P1,1,1,T1,,yes\n{OTHER},P2,1,1,T1,,\n", SHIPMENTS)

    assert [command.shipment.shipment_reference for command in reading.commands] == ["P2"]
    assert problems(reading) == [("line 2", "BLOCKED")]


def test_a_file_without_a_column_that_is_needed_is_refused() -> None:
    reading = read("ORDER,PARCEL,LINE,TRACK,AT\n", SHIPMENTS)

    assert reading.commands == ()
    assert problems(reading) == [("line 1", "QTY")]


def test_shorts_are_read_at_fixed_positions_in_their_words() -> None:
    reading = read(f"{OTHER}R1      1  00002M\n\n{OTHER}R2      1      1D\n{OTHER}R3      1  1    X\n", SHORTS)

    first, second = (command.short for command in reading.commands)
    assert (first.report_reference, first.lines[0].quantity) == ("R1", 2)
    assert first.reason == fulfillment_pb2.SHORT_REASON_NOT_IN_STOCK
    assert second.reason == fulfillment_pb2.SHORT_REASON_DAMAGED
    assert problems(reading) == [("line 4", "position 53")]


def test_a_count_is_taken_whole() -> None:
    (command,) = read('{"sku": "A", "n": 5}\n{"sku": "B", "n": 0}\n', COUNTS).commands

    header = command.stock_count.header
    assert (header.source, list(header.node_ids), header.row_count) == ("WMS", ["DC-NL"], 2)
    assert header.count_time.ToDatetime(tzinfo=TUESDAY.tzinfo) == TUESDAY
    assert [(row.sku, row.on_hand) for row in command.stock_count.rows] == [("A", 5), ("B", 0)]
    assert list(command.stock_count.row_lines) == [1, 2]


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ('{"sku": "A", "n": 5}\n{"sku": "A", "n": 4}\n', ("line 2", "sku")),
        ('{"sku": "A", "n": 5.5}\n', ("line 1", "n")),
        ('{"sku": "", "n": 5}\n', ("line 1", "sku")),
        ('{"sku": "A", "n": 5, "held": 3}\n', ("line 1", "held")),
        ("[1]\n", ("line 1", "")),
        ("", ("file", "")),
        ('{"sku": "A", "n": 5}\n{"sku"', ("line 2", "")),
    ],
)
def test_a_count_with_a_bad_row_is_not_taken(rows: str, named: tuple[str, str]) -> None:
    reading = read(rows, COUNTS)

    assert reading.commands == ()
    assert problems(reading) == [named]


def test_bytes_in_another_encoding_are_refused() -> None:
    reading = read_file(b"\xff\xfe\x00", SHIPMENTS, SETTINGS, "WMS", TUESDAY)

    assert problems(reading) == [("byte 0", "")]


def test_a_byte_order_mark_is_taken_off() -> None:
    assert len(read("\ufeff" + HEAD + f"{OTHER},P1,1,1,T1,,\n", SHIPMENTS).commands) == 1


@pytest.mark.parametrize("layout", [SHIPMENTS, SHORTS, COUNTS])
@settings(max_examples=60, deadline=None)
@given(content=st.one_of(st.binary(max_size=200), st.text('{}",:;\n\r\t 0aORDER', max_size=120).map(str.encode)))
def test_any_bytes_are_read(layout: Layout, content: bytes) -> None:
    reading = read_file(content, layout, SETTINGS, "WMS", TUESDAY)

    assert all(problem.location for problem in reading.problems)


@pytest.mark.parametrize("form", ["csv", "ndjson"])
@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1), min_size=1))
def test_what_is_written_reads_the_same(form: str, texts: list[str]) -> None:
    columns = {name: name for name in ("fulfillment_order_id", "line_number", "sku", "quantity")}
    (layout,) = layouts({**LAYOUTS[0], "form": form, "fields": columns})
    rows = [dict.fromkeys(columns, text) for text in texts]

    assert [dict(row.values) for row in rows_of(written(rows, layout), layout, Findings())] == rows


def changed(layout: int, **changes: Any) -> dict[str, Any]:
    return {**deepcopy(LAYOUTS[layout]), **changes}


@pytest.mark.parametrize(
    ("layout", "named"),
    [
        (changed(0, kind="papers"), "kind"),
        (changed(0, form="xml"), "form"),
        (changed(0, delimiter=";;"), "delimiter"),
        (changed(0, encoding="utf-9"), "encoding"),
        (changed(0, name="ORD.csv"), "name"),
        (changed(1, name=""), "name"),
        (changed(1, fields={"sku": "X"}), "sku, which is no field of shipments"),
        (changed(3, fields={"sku": "X"}), "no on_hand"),
        (changed(3, fields={"sku": "X", "on_hand": {}, "node_id": "N"}), "on_hand has neither"),
        (changed(3, fields={"sku": "X", "on_hand": {"column": "a", "constant": "b"}, "node_id": "N"}), "or both"),
        (changed(2, fields=LAYOUTS[2]["fields"] | {"reason": "R"}), "start and length"),
        (changed(2, fields=LAYOUTS[2]["fields"] | {"reason": {"start": 50, "length": 4}}), "overlap"),
        (changed(1, header=False), "numbers"),
        (changed(0, fields=LAYOUTS[0]["fields"] | {"city": "NAME"}), "two fields"),
    ],
)
def test_a_layout_that_is_wrong_is_refused_by_its_setting(layout: dict[str, Any], named: str) -> None:
    with pytest.raises(BadCall, match=named) as refusal:
        layouts(layout)

    assert "profile_json.layouts[0]" in str(refusal.value)


@pytest.fixture
async def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Served]:
    monkeypatch.setenv("CROSSDOCK_MAILBOX_ROOT", str(tmp_path))
    async with serving(tmp_path) as served:
        yield served


async def test_a_document_is_read_by_the_layout_of_its_name(served: Served) -> None:
    shipped = await served.read("SHIP-1.csv", (HEAD + f"{OTHER},P1,1,1,T1,,\n").encode())
    counted = await served.read("COUNT.jsonl", b'{"sku": "A", "n": 5}\n')
    strange = await served.read("ORD-1.csv", b"x")

    assert shipped.commands[0].WhichOneof("kind") == "shipment"
    assert counted.commands[0].WhichOneof("kind") == "stock_count"
    assert strange.problems[0].field == "name"


async def test_a_malformed_profile_is_a_problem_of_the_document(served: Served) -> None:
    served.profile["layouts"] = [{"kind": "papers"}]

    response = await served.read("SHIP-1.csv", b"x")

    assert response.problems[0].location == "profile"
