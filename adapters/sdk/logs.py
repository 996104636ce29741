"""Structured logs: one JSON object a line on stderr, with the trace of the call. No personal data, no tokens."""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import UTC, datetime
from typing import Final

from adapters.sdk.tracing import current_span

LEVEL_VARIABLE: Final = "CROSSDOCK_LOG_LEVEL"


class JsonLines(logging.Formatter):
    """Writes a record as a JSON object: time, level, service, logger, message, trace, and the `facts` with it."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        """Answers the line of a record."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "service": self._service,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if span := current_span():
            line |= {"trace_id": span.trace_id, "span_id": span.span_id}
        line |= getattr(record, "facts", {})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def log_to_stderr(service: str) -> None:
    """Sends every log of the process to stderr as JSON lines, from the level in CROSSDOCK_LOG_LEVEL (INFO)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(service))
    level = logging.getLevelName(os.environ.get(LEVEL_VARIABLE, "INFO").upper())
    logging.basicConfig(level=level if isinstance(level, int) else logging.INFO, handlers=[handler], force=True)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # its lines have whole addresses, queries included
