"""Exports spans to a collector by OTLP over HTTP: own records become OpenTelemetry's, off the hot path.

OpenTelemetry is imported only where something is exported: its import alone takes a fifth of a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from hub.observability.spans import Span

if TYPE_CHECKING:
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import ReadableSpan

TIMEOUT_SECONDS: Final = 5.0
_BATCH: Final = 2048
NAMESPACE: Final = "crossdock"


class NotExported(Exception):
    """The collector did not take the spans."""


class Exporter:
    """Sends spans to a collector, in batches. Raises NotExported for what it did not take."""

    def __init__(self, endpoint: str, *, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import SpanExportResult  # noqa: PLC0415

        self._success = SpanExportResult.SUCCESS
        self._exporter = OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces", timeout=timeout_seconds)

    def __call__(self, spans: Sequence[Span]) -> None:
        """Sends spans."""
        for start in range(0, len(spans), _BATCH):
            if self._exporter.export([readable(span) for span in spans[start : start + _BATCH]]) is not self._success:
                raise NotExported("The collector did not take the spans.")


def readable(span: Span) -> ReadableSpan:
    """The span as OpenTelemetry has it."""
    from opentelemetry.sdk.trace import ReadableSpan  # noqa: PLC0415
    from opentelemetry.trace import SpanContext, TraceFlags  # noqa: PLC0415

    def context(span_id: str) -> SpanContext:
        sampled = TraceFlags(TraceFlags.SAMPLED)
        return SpanContext(int(span.trace_id, 16), int(span_id, 16), is_remote=False, trace_flags=sampled)

    return ReadableSpan(
        name=span.name,
        context=context(span.span_id),
        parent=context(span.parent_span_id) if span.parent_span_id else None,
        resource=_resource(span.service),
        attributes=span.attributes,
        start_time=span.start_ns,
        end_time=span.end_ns,
    )


@lru_cache(maxsize=64)
def _resource(service: str) -> Resource:
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415

    return Resource({"service.name": service, "service.namespace": NAMESPACE})
