"""Structured logs: a JSON object a line, or a plain line for a person at a terminal; each with order and trace.

Whoever logs hands facts over as `extra={"facts": {...}}`; `order_id` among them names the trace too. Personal data is
not logged in the first place; what looks like it in texts of other libraries is masked here all the same.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final, TextIO

from hub.kernel.printable import printable
from hub.kernel.trace import TraceContext

CURRENT: Final[ContextVar[TraceContext | None]] = ContextVar("current_trace", default=None)
"""The span of the work in hand, where there is one: logs made under it carry its ids."""

_QUOTES_OF_ROWS: Final = ("DETAIL:", "CONTEXT:", "HINT:", "LINE ")
_MASKS: Final = (
    (re.compile(r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "(e-mail)"),
    (re.compile(r"(?<=://)[^\s/@:]*:[^\s/@]*@"), "(credentials)@"),
    (re.compile(r"(?i)\b(bearer)\s+[^\s'\"]+"), r"\1 (token)"),
    (re.compile(r"(?i)\b(password|token|secret)(\s*[=:]\s*)[^\s'\",;]+"), r"\1\2(hidden)"),
    (re.compile(r"\b(?:\d[ -]?){12,18}\d\b"), "(number)"),
)


class JsonLines(logging.Formatter):
    """A record as a JSON object: time, level, service, logger, message, order, trace, facts, error."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "service": self._service,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        line |= {name: _fact(value) for name, value in told(record).items()}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = error_text(record.exc_info[1])
        return json.dumps(line, default=str)


class PlainLines(logging.Formatter):
    """A record for a person: the time of day, the level where it is not plain information, and the message."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        time = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
        level = "" if record.levelno == logging.INFO else f"{record.levelname.lower()}: "
        facts = " ".join(f"{name}={_fact(value)}" for name, value in told(record).items())
        text = f"{time}  {level}{masked(record.getMessage())}" + (f"  ({facts})" if facts else "")
        if record.exc_info and record.exc_info[0] is not None:
            text += "\n" + error_text(record.exc_info[1])
        return printable(text)


def told(record: logging.LogRecord) -> dict[str, object]:
    """The facts of a record, with the trace it belongs to."""
    facts: Mapping[str, object] = getattr(record, "facts", {})
    context = CURRENT.get()
    trace: dict[str, object] = {}
    if order_id := facts.get("order_id"):
        trace = {"trace_id": str(order_id).replace("-", "")}
    elif context is not None:
        trace = {"trace_id": context.trace_id, "span_id": context.span_id}
    return {**trace, **facts}


def masked(text: str) -> str:
    """The text without what looks like an e-mail address, a card number, a password or a token."""
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text


def error_text(error: BaseException | None) -> str:
    """The traceback of an error, without what a database quotes of rows."""
    if error is None:
        return ""
    lines = "".join(traceback.format_exception(error)).splitlines()
    return "\n".join(masked(line) for line in lines if not line.lstrip().startswith(_QUOTES_OF_ROWS))


def log_to(service: str, *, level: str, form: str = "auto", stream: TextIO | None = None) -> None:
    """Sends every log of the process to a stream (standard error), in the form `json`, `plain` or `auto`."""
    where = sys.stderr if stream is None else stream
    plain = form == "plain" or (form == "auto" and where.isatty())
    handler = logging.StreamHandler(where)
    handler.setFormatter(PlainLines() if plain else JsonLines(service))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)


def _fact(value: object) -> object:
    return masked(value) if isinstance(value, str) else value
