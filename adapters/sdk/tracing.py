"""Continues the caller's trace: reads `traceparent`, keeps the span in hand, writes one JSON line per served call.

Lines go to the file that CROSSDOCK_TRACE_FILE names, appended whole, so that several processes may share one. Clocks
and ids here are the machine's: a span tells where time went, it decides nothing.
"""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import time
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import grpc

from adapters.sdk.calls import (
    BadCall,
    Behavior,
    Context,
    Continuation,
    Handler,
    Interceptor,
    head_of,
    method_of,
    operations_of,
    outcome_name,
    status_of,
    wrapped,
)
from crossdock.partner.call.v1 import call_pb2

FILE_VARIABLE: Final = "CROSSDOCK_TRACE_FILE"
HEADER: Final = "traceparent"
_TRACEPARENT: Final = re.compile(r"^[0-9a-f]{2}-(?P<trace>[0-9a-f]{32})-(?P<span>[0-9a-f]{16})-[0-9a-f]{2}")
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Span:
    """A call being served: its trace, itself and the caller's span (empty when the trace begins here)."""

    trace_id: str
    span_id: str
    parent_span_id: str

    def traceparent(self) -> str:
        """Answers the header that lets a callee continue this trace."""
        return f"00-{self.trace_id}-{self.span_id}-01"


_CURRENT: Final[ContextVar[Span | None]] = ContextVar("span", default=None)


def current_span() -> Span | None:
    """Answers the span of the call in hand; None outside of one."""
    return _CURRENT.get()


def trace_metadata() -> tuple[tuple[str, str], ...]:
    """Answers gRPC metadata that continues the trace in hand in a call outwards; empty outside of one."""
    span = current_span()
    return ((HEADER, span.traceparent()),) if span else ()


def span_from(traceparent: str) -> Span:
    """Answers a new span under the caller's; of a new trace when the header is missing or malformed."""
    match = _TRACEPARENT.match(traceparent)
    trace_id, parent = (match["trace"], match["span"]) if match else (secrets.token_hex(16), "")
    return Span(trace_id=trace_id, span_id=secrets.token_hex(8), parent_span_id=parent)


class Tracing(Interceptor):
    """Wraps the calls of the named services (full name -> adapter's name) in a span each."""

    def __init__(self, services: Mapping[str, str], file: Path | None) -> None:
        self._services = services
        self._file = file

    async def intercept_service(
        self, continuation: Continuation, handler_call_details: grpc.HandlerCallDetails
    ) -> Handler:
        """Wraps the handlers of its services."""
        handler = await continuation(handler_call_details)
        service, method = method_of(handler_call_details.method)
        if service not in self._services:
            return handler
        return wrapped(handler, lambda behavior: self._served(service, method, behavior))

    def _served(self, service: str, method: str, behavior: Behavior) -> Behavior:
        async def serve(request: Any, context: Context) -> Any:
            headers = {key: value for key, value in context.invocation_metadata() or () if key == HEADER}
            span = span_from(str(headers.get(HEADER, "")))
            token = _CURRENT.set(span)
            start = time.time_ns()
            response = None
            try:
                response = await behavior(request, context)
                return response
            finally:
                for one, facts in _served_spans(span, request, response, context):
                    self._finish(one, service, method, start, facts)
                _CURRENT.reset(token)

        return serve

    def _finish(self, span: Span, service: str, method: str, start: int, facts: Mapping[str, object]) -> None:
        failed = facts["status"] != grpc.StatusCode.OK.name
        _LOG.log(logging.WARNING if failed else logging.DEBUG, "served %s", method, extra={"facts": facts})
        if self._file is None:
            return
        record = {
            "trace_id": span.trace_id,
            "span_id": span.span_id,
            "parent_span_id": span.parent_span_id,
            "name": f"{service}/{method}",
            "service": self._services[service],
            "start": start,
            "end": time.time_ns(),
            "attributes": facts,
            "kind": "SERVER",
        }
        append_line(self._file, json.dumps(record))


def append_line(file: Path, line: str) -> None:
    """Appends a line in one write, so that lines of several processes never mix."""
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, f"{line}\n".encode())
    finally:
        os.close(descriptor)


def _served_spans(
    span: Span, request: Any, response: Any, context: Context
) -> Iterator[tuple[Span, Mapping[str, object]]]:
    """Yields what a call is written down as: one span, or for a batch one for each operation, in the trace of that."""
    operations = operations_of(request)
    if operations == (request,):
        yield span, _facts(request, response, context)
        return
    answered = dict(enumerate(getattr(response, "responses", ())))
    for number, operation in enumerate(operations):
        yield span_from(operation.call.traceparent), _facts(operation, answered.get(number), context)


def _facts(request: Any, response: Any, context: Context) -> dict[str, object]:
    facts: dict[str, object] = {}
    try:
        head = head_of(request)
        facts |= {"account_id": head.account_id, "operation_key": head.operation_key}
    except BadCall:
        facts["account_id"] = ""
    status = status_of(context)
    if response is None and status is grpc.StatusCode.OK:
        status = grpc.StatusCode.UNKNOWN
    answer = getattr(response, "answer", None)
    if isinstance(answer, call_pb2.Answer):
        facts["outcome"] = outcome_name(answer)
    return facts | {"status": status.name}
