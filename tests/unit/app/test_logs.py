"""Logs carry order and trace, and nothing of people, tokens or rows."""

from __future__ import annotations

import io
import json
import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hub.kernel.trace import TraceContext
from hub.observability.logs import CURRENT, JsonLines, PlainLines, log_to, masked

ORDER = "01a204dc-af31-70aa-acb0-4c71b22f38d5"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    log_to("api", level="INFO", stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def last(stream: io.StringIO) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(stream.getvalue().splitlines()[-1])
    return line


def test_a_line_is_json_with_service_level_and_message(logged: io.StringIO) -> None:
    logging.getLogger("hub.some.where").warning("placed %d", 3)

    line = last(logged)

    assert (line["service"], line["level"], line["logger"], line["message"]) == (
        "api",
        "warning",
        "hub.some.where",
        "placed 3",
    )


def test_a_line_about_an_order_names_the_order_and_its_trace(logged: io.StringIO) -> None:
    logging.getLogger("hub").info("held", extra={"facts": {"order_id": ORDER}})

    assert last(logged)["order_id"] == ORDER
    assert last(logged)["trace_id"] == ORDER.replace("-", "")


def test_a_line_made_under_a_span_has_its_ids(logged: io.StringIO) -> None:
    token = CURRENT.set(TraceContext("a" * 32, "b" * 16))
    logging.getLogger("hub").info("working")
    CURRENT.reset(token)

    assert (last(logged)["trace_id"], last(logged)["span_id"]) == ("a" * 32, "b" * 16)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("mail to ann.smith@example.co.uk failed", "ann.smith@example.co.uk"),
        ("cannot reach postgresql://crossdock:pa55@db/x", "pa55"),
        ("authorization: Bearer abc.def-ghi", "abc.def-ghi"),
        ("connection failed: password=hunter2 host=db", "hunter2"),
        ("card 4111 1111 1111 1111 seen", "4111 1111 1111 1111"),
    ],
)
def test_what_looks_like_a_person_a_card_or_a_secret_is_masked(text: str, hidden: str) -> None:
    assert hidden not in masked(text)


def test_ids_and_times_are_not_masked() -> None:
    told = f"order {ORDER} at 2026-11-17 08:00:00, message 4 of 12"

    assert masked(told) == told


def test_what_a_database_quotes_of_a_row_does_not_reach_the_log(logged: io.StringIO) -> None:
    said = "duplicate key\nDETAIL:  Key (name)=(Ann Smith) already exists.\nCONTEXT:  row 3"
    try:
        raise ValueError(said)
    except ValueError:
        logging.getLogger("hub").exception("a step failed")

    assert "duplicate key" in last(logged)["error"]
    assert "Ann" not in logged.getvalue()


def test_facts_are_masked_too(logged: io.StringIO) -> None:
    logging.getLogger("hub").info("told", extra={"facts": {"said": "call ann@example.com"}})

    assert "ann@" not in logged.getvalue()


def test_a_person_reads_a_plain_line() -> None:
    record = logging.LogRecord("hub", logging.WARNING, "", 0, "the database is away", None, None)
    record.facts = {"order_id": ORDER}

    line = PlainLines().format(record)

    assert line.endswith(f"  warning: the database is away  (trace_id={ORDER.replace('-', '')} order_id={ORDER})")
    assert json.loads(JsonLines("api").format(record))["message"] == "the database is away"


def test_a_line_for_a_person_commands_no_terminal() -> None:
    record = logging.LogRecord("hub", logging.INFO, "", 0, "order \x1b]0;owned\x07 and \u202egnp", (), None)

    assert PlainLines().format(record).endswith(r"order \u001b]0;owned\u0007 and \u202egnp")


@pytest.mark.parametrize("word", ["a", "a.", "1 ", "a@", "token=", "bearer ", "://", "-"])
def test_masking_costs_what_a_text_is_long(word: str) -> None:
    """A text four times as long takes about four times as long, not sixteen times."""

    def seconds(times: int) -> float:
        text = word * times
        return min(_timed(lambda: masked(text)) for _ in range(5))

    assert seconds(40_000) < 10 * seconds(10_000) + 0.001


def _timed(run: Callable[[], object]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began
