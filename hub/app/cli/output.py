"""Prints answers: tables and sentences for a person, JSON for a program. Errors and progress go to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from google.protobuf import json_format
from google.protobuf.message import Message
from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from hub.app.cli.invocation import spelled
from hub.kernel.printable import printable

_WIDTH_OF_A_PIPE: Final = 240


class Output:
    """Where a command prints. `as_json`: a program reads it.

    Nothing that is printed commands the terminal. Commands in texts for people can be pasted: `script` is how the
    program was called, `flags` are options that other commands need too.
    """

    def __init__(self, *, as_json: bool = False, script: str = "crossdock") -> None:
        self.as_json, self.script = as_json, script
        self.flags: dict[str, object] = {}
        self.console = _console(sys.stdout)
        self.errors = _console(sys.stderr)

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str = "") -> None:
        """A table; columns whose name ends in `#` are numbers. The sentence `empty` instead of a table without rows."""
        table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
        for name in columns:
            numeric = name.endswith("#")
            table.add_column(name.removesuffix("#"), justify="right" if numeric else "left", overflow="fold")
        for row in rows:
            table.add_row(*(self._cell(value) for value in row))
        if not table.row_count and empty:
            self.say(empty)
            return
        self.show(table)

    def show(self, what: RenderableType) -> None:
        """Anything rich can draw; for a pipe without the blanks at the ends of its lines."""
        if self.console.is_terminal:
            self.console.print(what)
            return
        with self.console.capture() as drawn:
            self.console.print(what)
        for line in drawn.get().splitlines():
            self.console.file.write(line.rstrip() + "\n")

    def say(self, sentence: str, *, style: str = "") -> None:
        """A line for a person; nothing of it is markup."""
        self.console.print(Text(self._spelled(sentence), style=style), soft_wrap=True)

    def json(self, value: object) -> None:
        """One JSON document."""
        sys.stdout.write(printable(json.dumps(plain(value), indent=2, ensure_ascii=False)) + "\n")

    def line(self, value: object) -> None:
        """One JSON document on one line, at once, for streams."""
        sys.stdout.write(printable(json.dumps(plain(value), ensure_ascii=False)) + "\n")
        sys.stdout.flush()

    def error(self, reason: str, message: str, facts: Mapping[str, str]) -> None:
        """Why a command was not done."""
        if self.as_json:
            told = {"error": {"reason": reason, "message": message, "facts": dict(facts)}}
            sys.stderr.write(printable(json.dumps(told, ensure_ascii=False)) + "\n")
            return
        self.errors.print(Text.assemble((reason, "bold red"), ": ", self._spelled(message)), soft_wrap=True)
        for name, value in sorted(facts.items()):
            if value and value not in message:
                self.errors.print(Text(printable(f"  {name}: {value}"), style="dim"), soft_wrap=True)

    def _spelled(self, text: str) -> str:
        return spelled(printable(text), self.script, self.flags)

    def _cell(self, value: object) -> RenderableType:
        return value if isinstance(value, Text) else Text("" if value is None else self._spelled(str(value)))

    @contextmanager
    def progress(self, what: str, total: float | None) -> Iterator[Step]:
        """Progress of something long, on a terminal; `total` None where nobody knows how long."""
        columns = [
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
        ]
        with Progress(*columns, console=self.errors, transient=True, disable=not self.errors.is_terminal) as progress:
            yield Step(progress, what, total)


class Step:
    """Moves a progress bar."""

    def __init__(self, progress: Progress, what: str, total: float | None) -> None:
        self._progress = progress
        self._task = progress.add_task(what, total=total)

    def to(self, done: float, what: str | None = None) -> None:
        """How far it is, and what is done now."""
        self._progress.update(self._task, completed=done, description=what)

    def on(self, done: float = 1, what: str | None = None) -> None:
        """So much further."""
        self._progress.update(self._task, advance=done, description=what)


def plain(value: object) -> Any:
    """A value as JSON has it; messages with the field names of the contract."""
    if isinstance(value, Message):
        return json_format.MessageToDict(
            value, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
        )
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    if isinstance(value, Iterable):
        return [plain(one) for one in value]
    return str(value)


def _console(stream: Any) -> Console:
    return Console(file=stream, width=None if stream.isatty() else _WIDTH_OF_A_PIPE, highlight=False)
