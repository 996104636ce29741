"""Spans reach a file and a collector in the background; what cannot be told is counted, and slows nobody."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from hub.observability.recording import FileWriter, Sink, SpanRecorder, recorder_of
from hub.observability.spans import Span, span_of
from tests.unit.app.receiver import Receiver

TRACE = "0af7651916cd43dd8448eb211c80319c"


def span(number: int, **facts: str) -> Span:
    parent = f"{number - 1:016x}" if number > 1 else ""
    return Span(
        TRACE, f"{number:016x}", parent, f"step {number}", "worker", 1_000 * number, 1_000 * number + 500, facts
    )


def test_spans_are_written_to_the_file_of_their_process(tmp_path: Path) -> None:
    with recorder_of("worker", traces=tmp_path / "traces", endpoint=None) as recorder:
        recorder.add(span(1, account_id="psp"))
        recorder.add(span(2))

    lines = (tmp_path / "traces" / "worker.jsonl").read_text().splitlines()

    assert [span_of(line) for line in lines] == [span(1, account_id="psp"), span(2)]
    assert (tmp_path / "traces" / "worker.jsonl").stat().st_mode & 0o077 == 0


def test_spans_are_exported_to_a_collector_with_their_ids_times_and_facts(receiver: Receiver) -> None:
    with recorder_of("worker", traces=None, endpoint=receiver.endpoint) as recorder:
        recorder.add(span(1))
        recorder.add(span(2, outcome="DONE"))

    assert set(receiver.paths) == {"/v1/traces"}
    resource = receiver.requests[0].resource_spans[0].resource
    named = {one.key: one.value.string_value for one in resource.attributes}
    told = receiver.spans
    assert named["service.name"] == "worker"
    assert told["step 2"].trace_id.hex() == TRACE
    assert told["step 2"].parent_span_id == told["step 1"].span_id
    assert (told["step 2"].start_time_unix_nano, told["step 2"].end_time_unix_nano) == (2_000, 2_500)
    assert [(one.key, one.value.string_value) for one in told["step 2"].attributes] == [("outcome", "DONE")]


def test_a_collector_that_is_away_costs_the_spans_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    def refuse(_: Sequence[Span]) -> None:
        raise ConnectionRefusedError

    sink = Sink("collector", refuse)
    with SpanRecorder([sink]) as recorder:
        recorder.add(span(1))

    assert sink.dropped == 1
    assert "1 spans did not reach the collector" in caplog.text


def test_what_the_buffer_does_not_hold_is_counted() -> None:
    kept: list[Span] = []
    sink = Sink("file", kept.extend, capacity=2, every_seconds=3600)

    for number in range(1, 6):
        sink.put(span(number))
    sink.close()

    assert [one.span_id for one in kept] == [span(1).span_id, span(2).span_id]
    assert sink.dropped == 3


def test_a_file_that_has_grown_too_large_is_put_aside(tmp_path: Path) -> None:
    file = tmp_path / "api.jsonl"
    write = FileWriter(file, largest_bytes=300)

    for number in range(1, 4):
        write([span(number)])

    assert (tmp_path / "api.jsonl.1").exists()
    told = (tmp_path / "api.jsonl.1").read_text() + (file.read_text() if file.exists() else "")
    assert len(told.splitlines()) == 3


def test_a_recorder_without_a_sink_takes_spans_too() -> None:
    with recorder_of("worker", traces=None, endpoint=None) as recorder:
        recorder.add(span(1))
