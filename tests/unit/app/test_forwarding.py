"""What adapters wrote of traces reaches the collector: each finished line once, from where the file stood."""

from __future__ import annotations

from pathlib import Path

from hub.app.supervisor.forwarding import Forwarding
from hub.app.supervisor.hosting import TRACE_FILE
from hub.observability.spans import Span, line_of
from tests.unit.app.receiver import Receiver

TRACE = "0af7651916cd43dd8448eb211c80319c"


def line(name: str) -> str:
    return line_of(Span(TRACE, f"{len(name):016x}", "", name, "double_tax", 1, 2)) + "\n"


def test_lines_written_since_the_start_are_forwarded_once(receiver: Receiver, tmp_path: Path) -> None:
    file = tmp_path / TRACE_FILE
    file.write_text(line("before"))
    forwarding = Forwarding(tmp_path, receiver.endpoint)

    with file.open("a") as opened:
        opened.write(line("during") + line("later on") + line("not finished")[:20])
    forwarding.close()

    assert set(receiver.spans) == {"during", "later on"}


def test_a_file_that_was_put_aside_is_followed_from_its_new_beginning(receiver: Receiver, tmp_path: Path) -> None:
    file = tmp_path / TRACE_FILE
    file.write_text(line("a rather long name of what was done before"))
    forwarding = Forwarding(tmp_path, receiver.endpoint)

    file.write_text(line("new"))
    forwarding.close()

    assert set(receiver.spans) == {"new"}


def test_without_a_file_there_is_nothing_to_forward(receiver: Receiver, tmp_path: Path) -> None:
    Forwarding(tmp_path, receiver.endpoint).close()

    assert receiver.spans == {}
