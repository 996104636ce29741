"""The rows stand as they were agreed: their bars, their frozen baselines, and what they compare."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

import bench.baselines
from bench.__main__ import ROWS
from bench.baselines import HASHES, frozen
from bench.counting import differences
from bench.plot import picture
from bench.ratio import Unmeasurable, Verdict

BARS = {
    "capture_core": 1.4,
    "capture_grpc": 0.4,
    "capture_stream": 2,
    "hot_sku": 10,
    "availability": 0.75,
    "snapshot": 0.3,
    "tracing": 0.15,
    "set_based": 4,
    "validation": 0.6,
}


def test_no_bar_moves_unnoticed() -> None:
    assert {name: row.bar for name, row in ROWS.items()} == BARS


def test_only_what_tracing_costs_must_stay_low() -> None:
    assert [name for name, row in ROWS.items() if row.extra] == ["tracing"]


def test_every_baseline_is_what_was_frozen() -> None:
    folder = Path(bench.baselines.__file__).parent

    assert {file.name for file in folder.glob("*.sql")} == set(HASHES)
    assert all(frozen(name) for name in HASHES)


def test_a_changed_baseline_is_not_measured_against(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HASHES, "place_order.sql", "0" * 64)

    with pytest.raises(Unmeasurable, match="was changed"):
        frozen("place_order.sql")


def test_sides_that_write_other_rows_are_told_apart_by_table() -> None:
    ours = {"orders": 1.0, "slice": 3.0, "timer": 0.0001}

    assert differences(ours, {"orders": 1.0, "slice": 3.0}) == ""
    assert "slice 3.000 against 2.000" in differences(ours, {"orders": 1.0, "slice": 2.0})


def test_the_picture_shows_every_row_that_was_measured() -> None:
    told = {
        "fast": Verdict([2.0] * 5, bar=1).as_json(),
        "lean": Verdict([1.0] * 5, bar=0.1, extra=True).as_json(),
        "absent": Verdict([], bar=1, refusal="no pgbench").as_json(),
    }

    drawn = ElementTree.fromstring(picture(told, frozenset({"lean"})))

    texts = [element.text for element in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"fast", "lean", "2, at least 1", "0, at most 0.1"} <= set(texts)
    assert "absent" not in texts
