"""Spans as own records: cheap to make on the hot path, written and exported elsewhere.

A span is ids, two readings of the machine's clock, a name, a service and facts without personal data. As a JSON line it
has the shape that adapters write too, so that the files of all processes tell one trace.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, Protocol

import msgspec
from msgspec import Struct, field

Fact = str | int | float | bool


INTERNAL: Final = "INTERNAL"
SERVER: Final = "SERVER"
CLIENT: Final = "CLIENT"
CONSUMER: Final = "CONSUMER"
"""Kinds of spans, as OpenTelemetry has them: work within, for a caller, by a partner, of a message taken up."""


class Span(Struct, frozen=True, rename={"start_ns": "start", "end_ns": "end"}, omit_defaults=True):
    """One piece of work in a trace; times in nanoseconds since 1970. An empty parent begins the trace.

    `links` are spans that it belongs to and that are not its parent, as in another trace: `TRACE_ID-SPAN_ID` each.
    """

    trace_id: str
    span_id: str
    parent_span_id: str
    name: str
    service: str
    start_ns: int
    end_ns: int
    attributes: Mapping[str, Fact] = field(default_factory=dict)
    kind: str = INTERNAL
    links: tuple[str, ...] = ()


_JSON: Final = msgspec.json.Encoder(enc_hook=str)


class Recorder(Protocol):
    """Takes spans; never waits and never raises."""

    def add(self, span: Span) -> None:
        """Takes a span that has ended."""
        ...


def line_of(span: Span) -> str:
    """The span as one JSON line, without its end."""
    return _JSON.encode(span).decode()


def span_of(line: str | bytes) -> Span | None:
    """The span of a JSON line; None where the line holds none, as where a writer was killed in the middle of it."""
    try:
        read: Any = json.loads(line)
        return Span(
            trace_id=str(read["trace_id"]),
            span_id=str(read["span_id"]),
            parent_span_id=str(read["parent_span_id"]),
            name=str(read["name"]),
            service=str(read["service"]),
            start_ns=int(read["start"]),
            end_ns=int(read["end"]),
            attributes=dict(read.get("attributes", {})),
            kind=str(read.get("kind", INTERNAL)),
            links=tuple(str(link) for link in read.get("links", ())),
        )
    except (ValueError, KeyError, TypeError):
        return None
