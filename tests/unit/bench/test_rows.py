"""The rows stand as they were agreed: their bars, their frozen baselines, and what they compare."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from xml.etree import ElementTree

import pytest

import bench.baselines
from bench.__main__ import ROWS
from bench.baselines import HASHES, frozen
from bench.counting import differences
from bench.machine import BEGIN, END, NoPlace, put_figures
from bench.plot import picture
from bench.ratio import Row, Sides, Unmeasurable, Verdict

BARS = {
    "capture_core": (1.4, 1.8),
    "capture_grpc": (0.25, 0.5),
    "capture_stream": (1.8, 2.8),
    "gateway": (2.5, 2.0),
    "authz": (0.05, 0.02),
    "tls": (0.75, 0.85),
    "hot_sku": (10, 20),
    "availability": (0.75, 0.9),
    "staleness": (3, 2),
    "snapshot": (0.3, 0.6),
    "tracing": (0.15, 0.1),
    "goodput_3x": (0.8, 0.97),
    "growth": (1.3, 1.1),
    "lifecycle": (0.05, 0.15),
    "release": (4, 1.5),
    "outbox": (5, 12),
    "backlog": (0.8, 0.95),
    "mixed": (0.4, 0.6),
    "find": (0.4, 0.6),
    "publish": (2, 1.2),
    "stall": (20, 5),
    "quote": (0.08, 0.25),
    "quote_landed": (0.7, 0.9),
    "quote_wide": (4, 2),
    "sourcing_gap": (0.99, 1.0),
    "sourcing_time": (1.5, 1.0),
    "joint_gap": (0.001, 0.0005),
    "sim_gap_closed_10": (0.35, 0.6),
    "sim_gap_closed_12": (0.5, 0.75),
    "sim_saving": (0.04, 0.06),
    "set_based": (4, None),
    "validation": (0.6, None),
    "x12_parse": (2, None),
}
CEILINGS = [
    "gateway",
    "authz",
    "staleness",
    "tracing",
    "growth",
    "release",
    "publish",
    "stall",
    "quote_wide",
    "sourcing_time",
]
CEILINGS += ["joint_gap"]


async def idle(_: float) -> float:
    """Does nothing."""
    return 1.0


@asynccontextmanager
async def never() -> AsyncIterator[Sides]:
    """Prepares nothing."""
    yield Sides(idle, idle)


ONES = {
    "fast": Row("fast", "", 1, never, aim=1.5),
    "lean": Row("lean", "", 0.1, never, at_most=True, extra=True),
    "absent": Row("absent", "", 1, never),
}
VERDICTS = {
    "fast": Verdict([2.0] * 5, bar=1),
    "lean": Verdict([1.2] * 5, bar=0.1, at_most=True, extra=True),
    "absent": Verdict([], bar=1, refusal="no pgbench"),
}
TOLD = {name: verdict.as_json() for name, verdict in VERDICTS.items()}


def test_no_bar_and_no_aim_moves_unnoticed() -> None:
    assert {name: (row.bar, row.aim) for name, row in ROWS.items()} == BARS


def test_it_is_known_of_which_rows_less_is_better() -> None:
    assert [name for name, row in ROWS.items() if row.at_most] == CEILINGS


def test_a_quick_run_of_all_rows_is_forecast_to_take_at_most_forty_minutes() -> None:
    assert sum(row.forecast(5, 3) for row in ROWS.values() if not row.part) <= 40 * 60


def test_what_explains_other_rows_or_takes_minutes_is_left_out_of_a_run_of_all() -> None:
    assert [name for name, row in ROWS.items() if row.part] == [
        "release",
        "quote_landed",
        "joint_gap",
        "sim_gap_closed_10",
        "sim_gap_closed_12",
        "sim_saving",
        "set_based",
        "validation",
        "x12_parse",
    ]


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


def test_sides_that_fill_other_columns_are_told_apart_by_column() -> None:
    assert "orders.note 1.000 against 0.000" in differences({"orders": 1.0, "orders.note": 1.0}, {"orders": 1.0})


def test_what_is_written_once_per_transaction_is_not_compared_per_order() -> None:
    assert differences({"orders": 1.0, "stock_change": 0.02, "stock_change.deltas": 0.02}, {"orders": 1.0}) == ""


def test_the_picture_shows_every_row_that_was_measured() -> None:
    drawn = ElementTree.fromstring(picture(TOLD, ONES))

    texts = [element.text for element in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"fast", "lean", "2, at least 1", "0.2, at most 0.1"} <= set(texts)
    assert "absent" not in texts


def test_the_page_gets_the_figures_between_its_marks_and_keeps_the_rest() -> None:
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"

    put = put_figures(page, TOLD, ONES, {name: verdict.reason for name, verdict in VERDICTS.items()}, "A machine")

    assert put.startswith("before\n")
    assert put.endswith("\nafter\n")
    assert "old" not in put
    assert "| `fast` | 2 | 2 | 2 | at least 1 | 1.5 | reaches its aim |" in put
    assert "| `lean` | 0.2 | 0.2 | 0.2 | at most 0.1 |  | below its bar |" in put
    assert "| `absent` | - | - | - | at least 1 |  | not judged: no pgbench |" in put
    assert put_figures(put, TOLD, ONES, {name: one.reason for name, one in VERDICTS.items()}, "A machine") == put


def test_a_page_without_marks_is_left_alone() -> None:
    with pytest.raises(NoPlace):
        put_figures("nothing", TOLD, ONES, {}, "A machine")
