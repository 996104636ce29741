"""A trace is drawn as a tree: causes before what they caused, in the order in which things began."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hub.observability import tree
from hub.observability.spans import Fact, Span, line_of, span_of
from hub.observability.trace_files import spans_of

TRACE = "0" * 31 + "1"
MS = 1_000_000


def span(span_id: str, parent: str = "", *, start: int = 0, end: int | None = None, **facts: Fact) -> Span:
    finish = start + 1 if end is None else end
    return Span(TRACE, span_id, parent, f"work {span_id}", "worker", start * MS, finish * MS, facts)


def test_each_span_stands_under_its_cause_and_siblings_by_their_start() -> None:
    spans = [
        span("late", "root", start=5),
        span("root"),
        span("early", "root", start=2),
        span("leaf", "early", start=3),
    ]

    drawn = [f"{branch.drawing}{branch.span.span_id}" for branch in tree.branches(spans)]

    assert drawn == ["root", "├─ early", "│  └─ leaf", "└─ late"]


def test_a_span_whose_cause_was_never_told_stands_under_the_root() -> None:
    drawn = [
        branch.drawing + branch.span.span_id for branch in tree.branches([span("lost", "gone", start=1), span("root")])
    ]

    assert drawn == ["root", "└─ lost"]


def test_without_a_root_the_first_span_stands_for_it() -> None:
    drawn = [branch.span.span_id for branch in tree.branches([span("b", "gone", start=2), span("a", "gone", start=1)])]

    assert drawn == ["a", "b"]


def test_a_span_that_was_written_twice_is_drawn_once() -> None:
    assert len(tree.branches([span("root"), span("root")])) == 1


def test_nothing_is_drawn_of_nothing() -> None:
    assert tree.lines([]) == []


def test_a_line_tells_name_service_offset_duration_and_outcome() -> None:
    spans = [
        span("root", start=10, end=40),
        span("call", "root", start=1510, end=1525, outcome="DONE", account_id="psp", attempt=2, status="OK"),
    ]

    first, second = tree.lines(spans)

    assert first.split() == ["work", "root", "worker", "+0.0", "ms", "30.0", "ms"]
    assert second.split() == ["└─", "work", "call", "worker", "+1.5", "s", "15.0", "ms", "DONE", "psp", "attempt", "2"]


def test_a_call_is_named_without_the_package_of_its_service() -> None:
    called = Span(TRACE, "a", "", "crossdock.partner.tax.v1.TaxService/DetermineTax", "double_tax", 0, 1)

    assert tree.short(called) == "TaxService/DetermineTax"


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 50)), max_size=20))
def test_every_span_of_a_trace_with_a_root_is_drawn_once(given_spans: list[tuple[int, int, int]]) -> None:
    spans = [span("root")]
    spans += [
        span(f"s{own}", f"s{parent}" if parent < own else "root", start=start) for own, parent, start in given_spans
    ]

    drawn = [branch.span.span_id for branch in tree.branches(spans)]

    assert sorted(drawn) == sorted({one.span_id for one in spans})


def test_a_trace_is_gathered_from_the_files_of_all_processes(tmp_path: Path) -> None:
    other = Span("f" * 32, "x", "", "other", "api", 0, 1)
    (tmp_path / "api.jsonl").write_text(f"{line_of(span('root'))}\n{line_of(other)}\n")
    (tmp_path / "worker.jsonl.1").write_text(f"{line_of(span('old', 'root'))}\n")
    (tmp_path / "worker.jsonl").write_text(f'{line_of(span("call", "root"))}\n{{"trace_id": "{TRACE}", "cut off')

    found = spans_of(tmp_path, TRACE)

    assert {one.span_id for one in found} == {"root", "old", "call"}
    assert spans_of(tmp_path / "nowhere", TRACE) == []


def test_a_line_is_read_as_it_was_written() -> None:
    written = span("a", "b", start=3, end=9, account_id="psp", attempt=1)

    assert span_of(line_of(written)) == written
    assert set(json.loads(line_of(written))) == {
        "trace_id",
        "span_id",
        "parent_span_id",
        "name",
        "service",
        "start",
        "end",
        "attributes",
    }
