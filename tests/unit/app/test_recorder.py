"""Spans reach a file and a collector in the background; what cannot be told is counted, and slows nobody."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from hub.observability.otlp import Exporter, NotExported
from hub.observability.recording import FileWriter, Sink, SpanRecorder, recorder_of
from hub.observability.spans import CLIENT, CONSUMER, INTERNAL, SERVER, Span, line_of, span_of
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


def test_facts_keep_their_kinds(receiver: Receiver) -> None:
    told = Span(TRACE, f"{1:016x}", "", "step", "worker", 1, 2, {"a": "x", "b": True, "c": 3, "d": 0.5})

    Exporter(receiver.endpoint)([told])

    values = {one.key: one.value for one in receiver.spans["step"].attributes}
    assert [(key, value.WhichOneof("value")) for key, value in values.items()] == [
        ("a", "string_value"),
        ("b", "bool_value"),
        ("c", "int_value"),
        ("d", "double_value"),
    ]
    assert (values["b"].bool_value, values["c"].int_value, values["d"].double_value) == (True, 3, 0.5)
    assert receiver.spans["step"].parent_span_id == b""


@pytest.mark.parametrize(("kind", "number"), [(INTERNAL, 1), (SERVER, 2), (CLIENT, 3), (CONSUMER, 5), ("OTHER", 1)])
def test_kinds_and_links_are_told_as_the_protocol_has_them(receiver: Receiver, kind: str, number: int) -> None:
    told = Span(TRACE, f"{1:016x}", "", "step", "worker", 1, 2, kind=kind, links=(f"{'a' * 32}-{'b' * 16}",))

    Exporter(receiver.endpoint)([told])

    step = receiver.spans["step"]
    assert step.kind == number
    assert [(link.trace_id.hex(), link.span_id.hex()) for link in step.links] == [("a" * 32, "b" * 16)]
    assert span_of(line_of(told)) == told


def test_a_fact_of_another_kind_costs_no_span(receiver: Receiver) -> None:
    written = json.loads(line_of(span(1))) | {"attributes": {"tags": ["a", "b"], "none": None}}
    told = span_of(json.dumps(written))
    assert told is not None

    Exporter(receiver.endpoint)([told, span(2)])

    assert set(receiver.spans) == {"step 1", "step 2"}
    assert [one.value.string_value for one in receiver.spans["step 1"].attributes] == ["['a', 'b']", "None"]


def test_spans_of_several_services_are_told_apart(receiver: Receiver) -> None:
    Exporter(receiver.endpoint)([span(1), replace(span(2), service="psp")])

    (request,) = receiver.requests
    services = [resource.resource.attributes[0].value.string_value for resource in request.resource_spans]
    assert services == ["worker", "psp"]


def test_a_collector_that_is_busy_is_asked_again(receiver: Receiver) -> None:
    receiver.refusals = [503, 429]

    Exporter(receiver.endpoint)([span(1)])

    assert len(receiver.paths) == 3
    assert set(receiver.spans) == {"step 1"}


def test_a_collector_that_refuses_is_not_asked_again(receiver: Receiver) -> None:
    receiver.refusals = [401]

    with pytest.raises(NotExported, match="401"):
        Exporter(receiver.endpoint)([span(1)])

    assert len(receiver.paths) == 1


def test_what_the_variables_of_opentelemetry_say_holds(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "api-key=for%20all")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip")
    Exporter(receiver.endpoint)([span(1)])
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "api-key=of-traces")
    Exporter(receiver.endpoint)([span(2)])

    assert [one["api-key"] for one in receiver.headers] == ["for all", "of-traces"]
    assert set(receiver.spans) == {"step 1", "step 2"}


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
