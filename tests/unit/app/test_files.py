"""Network and catalog are read from files; what they do not hold is named with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hub.app.files import FileUnreadable, chunks, read_catalog, read_network
from tests.architecture.sources import ROOT

ITEM = {"sku": "MUG-BLUE", "prices": [{"currencyCode": "EUR", "units": "12", "nanos": 500000000}]}


def put(path: Path, content: object) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_the_examples_are_read() -> None:
    assert {node.node_id for node in read_network(ROOT / "examples/network.json").nodes} >= {"DC-NL", "ST-AMS"}
    assert len(read_catalog(ROOT / "examples/catalog.json")) > 10


@pytest.mark.parametrize("content", [{"items": [ITEM]}, [ITEM]])
def test_a_catalog_is_a_list_or_an_object_with_items(tmp_path: Path, content: object) -> None:
    (item,) = read_catalog(put(tmp_path / "catalog.json", content))

    assert (item.sku, item.prices[0].units) == ("MUG-BLUE", 12)


def test_a_catalog_may_have_an_item_a_line(tmp_path: Path) -> None:
    path = put(tmp_path / "catalog.ndjson", f"{json.dumps(ITEM)}\n\n{json.dumps({'sku': 'TRAY'})}\n")

    assert [item.sku for item in read_catalog(path)] == ["MUG-BLUE", "TRAY"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("c.json", "{", "c.json is not JSON"),
        ("c.json", {"goods": []}, "c.json has no list of items"),
        ("c.json", [{"sku": "A"}, {"skew": "B"}], "c.json, item 2: .*skew"),
        ("c.ndjson", '{"sku": "A"}\n{"sku": 1}\n', "c.ndjson:2"),
        ("c.ndjson", '{"sku": "A"}\nnothing\n', "c.ndjson:2 is not JSON"),
    ],
)
def test_what_is_no_catalog_is_named_with_its_place(tmp_path: Path, name: str, content: object, told: str) -> None:
    with pytest.raises(FileUnreadable, match=told):
        read_catalog(put(tmp_path / name, content))


def test_what_is_no_network_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"n.json: .*hubs"):
        read_network(put(tmp_path / "n.json", {"hubs": []}))


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="cannot be read: No such file"):
        read_network(tmp_path / "nowhere.json")
    (tmp_path / "n.json").write_bytes(b"\xff\xfe")
    with pytest.raises(FileUnreadable, match="is not UTF-8 text"):
        read_network(tmp_path / "n.json")


def test_items_go_in_pieces_that_fit_a_call() -> None:
    items = read_catalog(ROOT / "examples/catalog.json")

    pieces = list(chunks(items, 4))

    assert [item for piece in pieces for item in piece] == items
    assert max(len(piece) for piece in pieces) == 4
