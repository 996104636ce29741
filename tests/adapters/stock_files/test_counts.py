"""A count is taken whole or not at all."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import protovalidate
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.stock_files.mapping import read_document
from adapters.stock_files.settings import Settings
from crossdock.inventory.v1.inventory_pb2 import SnapshotRow
from tests.adapters.stock_files.documents import CALLED_AT, DOCUMENTS, OWN, catalog, named, read, read_file, rows

HEAD = "sku,node,on_hand,safety\n"
ONE = HEAD + "MUG-BLUE,DC-NL,40,2\n"


def test_a_file_becomes_one_count_of_the_nodes_it_names() -> None:
    reading = read((OWN / "count.csv").read_bytes(), ignored_facts=["column.remark"])

    header = reading.commands[0].stock_count.header
    assert rows(reading) == [("MUG-BLUE", "DC-NL", 40, 2), ("TRAY-OAK", "DC-NL", 10, 0), ("MUG-BLUE", "ST-AMS", 6, 0)]
    assert (list(header.node_ids), header.row_count, header.source) == (["DC-NL", "ST-AMS"], 3, "HOUSE")
    assert header.count_time.ToJsonString() == "2026-11-02T05:00:00Z"
    assert not reading.problems


def test_one_bad_row_and_nothing_is_a_count_but_all_bad_rows_are_named() -> None:
    reading = read((OWN / "count-with-bad-rows.csv").read_bytes())

    assert not reading.commands
    assert sorted(named(reading)) == [
        ("line 3", "sku"),
        ("line 4", "on_hand"),
        ("line 5", "on_hand"),
        ("line 6", ""),
        ("line 7", ""),
    ]


@pytest.mark.parametrize(
    ("content", "profile", "problem"),
    [
        pytest.param("", {}, ("line 1", ""), id="nothing"),
        pytest.param(HEAD, {}, ("file", ""), id="no rows"),
        pytest.param("sku,node\nA,DC-NL\n", {}, ("line 1", "on_hand"), id="no quantities"),
        pytest.param("sku,on_hand\nA,1\n", {}, ("line 1", "node"), id="no node"),
        pytest.param("sku,sku,node,on_hand\nA,B,N,1\n", {}, ("line 1", "sku"), id="a column twice"),
        pytest.param(HEAD + 'A,"DC-NL,1,0\n', {}, ("line 2", ""), id="a quote left open"),
        pytest.param(HEAD + "A,DC-NL,1 000,0\n", {}, ("line 2", "on_hand"), id="no number"),
        pytest.param(HEAD + "A,DC-NL,1000000001,0\n", {}, ("line 2", "on_hand"), id="too many"),
        pytest.param(HEAD + "A,DC-NL,1,-1\n", {}, ("line 2", "safety"), id="negative safety"),
        pytest.param(HEAD + "A,DC-UK,1,0\n", {"node_ids": ["DC-NL"]}, ("line 2", "node"), id="a node of others"),
        pytest.param("# rows=2\n" + ONE, {}, ("file", "rows"), id="cut off"),
        pytest.param("# count_time=today\n" + ONE, {}, ("file", "count_time"), id="no instant"),
        pytest.param(b"sku,node,on_hand\n\xe9,DC-NL,1\n", {}, ("byte 17", ""), id="another encoding"),
    ],
)
def test_what_is_wrong_with_a_count_is_named(
    content: str | bytes, profile: dict[str, object], problem: tuple[str, str]
) -> None:
    reading = read(content, **profile)

    assert not reading.commands
    assert problem in named(reading)


def test_an_empty_file_empties_its_nodes_only_where_the_profile_says_so() -> None:
    reading = read(HEAD, node_ids=["DC-NL"], take_empty_counts=True)

    header = reading.commands[0].stock_count.header
    assert (list(header.node_ids), header.row_count) == (["DC-NL"], 0)


@pytest.mark.parametrize(
    ("content", "profile", "expected"),
    [
        ("sku,node,on_hand,count_time\nA,N,1,2026-11-02T04:00:00+01:00\n", {}, "2026-11-02T03:00:00Z"),
        ("# count_time=2026-11-02T05:00:00Z\n" + ONE, {"count_time": "2026-01-01T00:00:00Z"}, "2026-11-02T05:00:00Z"),
        (ONE, {"count_time": "2026-11-01T22:00:00Z"}, "2026-11-01T22:00:00Z"),
        (ONE, {}, "2026-11-02T07:00:00Z"),
    ],
    ids=["rows", "first lines", "profile", "call"],
)
def test_the_instant_of_a_count_is_the_nearest_to_the_rows(
    content: str, profile: dict[str, object], expected: str
) -> None:
    (command,) = read(content, **profile).commands

    assert command.stock_count.header.count_time.ToJsonString() == expected


def test_two_instants_in_one_count_are_a_problem() -> None:
    head = "sku,node,on_hand,count_time\n"

    reading = read(head + "A,N,1,2026-11-02T04:00:00Z\nB,N,1,2026-11-02T05:00:00Z\n")

    assert not reading.commands
    assert named(reading) == [("line 3", "count_time")]


def test_a_bom_quotes_semicolons_and_other_names_are_read_as_the_profile_says() -> None:
    content = '\ufeffarticolo;giacenza;nota\r\n"SHOE-42";12;"bianco; ""nuovo"""\r\n\r\nJACKET;30;\r\n'
    columns = {"sku": "articolo", "units": "giacenza"}

    reading = read(
        content, delimiter=";", columns=columns, node_id="SUP-IT", source="supplier", ignored_facts=["column.nota"]
    )

    assert rows(reading) == [("SHOE-42", "SUP-IT", 12, 0), ("JACKET", "SUP-IT", 30, 0)]
    assert reading.commands[0].stock_count.header.source == "supplier"


def test_a_column_that_nobody_acts_on_refuses_a_count_once_unless_it_says_nothing() -> None:
    lines = "sku,node,on_hand,blocked,remark\nA,DC-NL,1,,\nB,DC-NL,2,7,\nC,DC-NL,3,8,\n"

    refused, ignored = read(lines), read(lines, ignored_facts=["column.blocked"])

    assert not refused.commands
    assert named(refused) == [("line 3", "blocked")]
    assert "says '7': nobody acts on it; name column.blocked in ignored_facts" in refused.problems[0].reason
    assert len(rows(ignored)) == 3


def test_a_column_of_the_other_mode_is_not_passed_over() -> None:
    assert named(read("sku,node,on_hand,cause\nA,DC-NL,1,LOSS\n")) == [("line 2", "cause")]


def test_lines_are_counted_through_cells_of_several_lines() -> None:
    reading = read('sku,node,on_hand,remark\nA,DC-NL,1,"two\nlines"\nB,DC-NL,x,\n', ignored_facts=["column.remark"])

    assert named(reading) == [("line 4", "on_hand")]


def test_lines_of_json_are_read_like_rows() -> None:
    content = '{"sku": "A", "node": "N", "on_hand": 3}\n\n{"sku": "B", "node": "N", "on_hand": "4", "safety": 1}\n'

    reading = read(content, format="ndjson")

    assert rows(reading) == [("A", "N", 3, 0), ("B", "N", 4, 1)]


@pytest.mark.parametrize(
    "line", ["{", "[1]", '{"sku": "B", "node": "N", "on_hand": 1.5}', '{"on_hand": true}', "[" * 99_999], ids=range(5)
)
def test_a_bad_line_of_json_is_named(line: str) -> None:
    reading = read('{"sku": "A", "node": "N", "on_hand": 3}\n' + line, format="ndjson")

    assert not reading.commands
    assert {location for location, _ in named(reading)} == {"line 2"}


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("stock-*")), ids=lambda path: path.stem)
def test_each_example_is_a_count_of_items_of_the_catalog(path: Path) -> None:
    reading = read_file(path, "stock-sup-it.json" if "sup-it" in path.name else "stock-houses.json")

    (command,) = reading.commands
    assert not reading.problems
    command.stock_count.header.request_id = "018f0000-0000-7000-8000-000000000000"
    protovalidate.validate(command)
    assert {row.sku for row in command.stock_count.rows} <= known_skus()


def test_the_examples_leave_a_split_and_a_short_pick_possible() -> None:
    counted = {(row.sku, row.node_id): row.on_hand for row in example_rows()}

    assert {node: units for (sku, node), units in counted.items() if sku == "BAG-CANVAS"} == {"DC-NL": 7, "ST-BER": 9}
    assert {node: units for (sku, node), units in counted.items() if sku == "SCARF-RED"} == {"DC-NL": 3, "ST-AMS": 5}


def example_rows() -> list[SnapshotRow]:
    paths = [path for path in DOCUMENTS.glob("stock-*") if "sup-it" not in path.name]
    return [row for path in paths for row in read_file(path, "stock-houses.json").commands[0].stock_count.rows]


def known_skus() -> set[str]:
    return {item.sku for item in catalog().items if not item.components}


@given(content=st.binary(max_size=300), media_type=st.sampled_from(["text/csv", "application/x-ndjson", ""]))
def test_arbitrary_bytes_have_an_answer(content: bytes, media_type: str) -> None:
    reading = read_document(content, media_type, Settings(), "HOUSE", CALLED_AT)

    assert reading.commands or reading.problems


ODD = ("MUG-BLUE", "DC-NL", "40", "-1", "1e5", "1e99999999999", '"', "\x00", "0.5")
CELLS = st.text(max_size=6) | st.sampled_from(ODD)


@given(table=st.lists(st.lists(CELLS, min_size=3, max_size=4), max_size=5))
def test_whatever_rows_say_is_a_count_or_a_problem(table: list[list[str]]) -> None:
    content = HEAD + "".join(",".join(cells) + "\n" for cells in table)

    reading = read(content.encode("utf-8", "surrogatepass"))

    assert bool(reading.commands) != bool(reading.problems)


@pytest.mark.parametrize(
    ("text", "profile", "units"),
    [
        ("1.000", {"thousands_sign": "."}, 1000),
        ("1.234.567", {"thousands_sign": "."}, 1_234_567),
        ("1.000,0", {"thousands_sign": ".", "decimal_sign": ","}, 1000),
        ("1.000", {"decimal_sign": "."}, 1),
        ("1,000", {"thousands_sign": ","}, 1000),
        ("1 000", {"thousands_sign": " "}, 1000),
        ("1,000", {"decimal_sign": ","}, 1),
        ("1000", {}, 1000),
        ("12.0", {}, 12),
    ],
)
def test_the_profile_says_which_sign_parts_thousands_and_which_fractions(
    text: str, profile: dict[str, str], units: int
) -> None:
    reading = read(f'sku,node,on_hand\nMUG-BLUE,SUP-IT,"{text}"\n', **profile)

    assert rows(reading) == [("MUG-BLUE", "SUP-IT", units, 0)]


@pytest.mark.parametrize(
    ("text", "profile"),
    [
        ("1.000", {}),
        ("999.000", {}),
        ("1,000", {}),
        ("1.000", {"decimal_sign": ","}),
        ("1.00", {"thousands_sign": "."}),
        ("1000.000", {"thousands_sign": "."}),
        ("1.000.00", {"thousands_sign": ".", "decimal_sign": ","}),
    ],
)
def test_a_number_that_may_be_another_one_is_a_problem(text: str, profile: dict[str, str]) -> None:
    reading = read(f'sku,node,on_hand\nMUG-BLUE,SUP-IT,"{text}"\nTRAY-OAK,SUP-IT,12\n', **profile)

    assert not reading.commands
    assert named(reading) == [("line 2", "on_hand")]


def test_a_count_says_in_which_line_each_row_stands() -> None:
    reading = read('# rows=2\nsku,node,on_hand\n"MUG-BLUE",ST-LON,3\n\nTRAY-OAK,ST-LON,1\n')

    assert list(reading.commands[0].stock_count.row_lines) == [3, 5]


def test_a_sku_that_is_a_number_is_the_same_however_it_is_written() -> None:
    written = '{"sku": 5.014710497468e12, "node": "SUP-IT", "on_hand": 4}\n'

    assert rows(read(written, format="ndjson")) == [("5014710497468", "SUP-IT", 4, 0)]


def test_rows_below_a_header_that_lacks_a_column_are_not_read() -> None:
    reading = read("sku\n" + "MUG-BLUE\n" * 1_000)

    assert named(reading) == [("line 1", "on_hand"), ("line 1", "node"), ("file", "")]


def test_of_many_bad_rows_the_first_are_named_and_the_others_counted() -> None:
    reading = read("sku,node,on_hand\n" + "x\n" * 150_000)

    assert not reading.commands
    assert len(reading.problems) == 101
    assert named(reading)[0] == ("line 2", "")
    assert reading.problems[100].reason.startswith("149901 more problems")


@pytest.mark.parametrize("byte", [b"\n", b"a", b",", b'"', b"#", b"1"])
@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_a_file_of_one_byte_costs_no_more_memory_than_its_text(byte: bytes, form: str) -> None:
    content = byte * 200_000
    tracemalloc.start()

    reading = read(content, format=form)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not reading.commands
    assert peak < 10 * len(content)
