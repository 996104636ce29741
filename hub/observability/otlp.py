"""Exports spans to a collector by OTLP over HTTP: own records become OpenTelemetry's, off the hot path.

Spans become messages of the protocol without objects of OpenTelemetry's SDK in between, which cost seven times as much.
What its variables say of headers, certificates and compression holds. What this takes is imported where something is
exported, and only there.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from hub.observability.spans import CLIENT, CONSUMER, INTERNAL, SERVER, Fact, Span

TIMEOUT_SECONDS: Final = 5.0
_BATCH: Final = 2048
NAMESPACE: Final = "crossdock"
_PREFIX: Final = "OTEL_EXPORTER_OTLP_"
_HEADERS: Final = {"content-type": "application/x-protobuf", "user-agent": NAMESPACE}
_COME_AGAIN: Final = (429, 502, 503, 504)
"""Answers after which the protocol allows to send the same again."""
_RETRIES: Final = 3
_PAUSE_SECONDS: Final = 0.2
"""How often it is sent again then, and after how long at first; each pause is twice as long as the one before."""

_KINDS: Final[Mapping[str, int]] = {INTERNAL: 1, SERVER: 2, CLIENT: 3, CONSUMER: 5}
_SAYS_WHETHER_REMOTE: Final = 0x100
"""The flag of a span whose parent is known to be of this service."""


class NotExported(Exception):
    """The collector did not take the spans."""


class Exporter:
    """Sends spans to a collector, in batches. Raises NotExported for what it did not take."""

    def __init__(self, endpoint: str, *, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        from opentelemetry.util.re import parse_env_headers  # noqa: PLC0415
        from urllib3 import PoolManager, Retry  # noqa: PLC0415

        again = Retry(
            _RETRIES,
            connect=0,
            read=1,
            backoff_factor=_PAUSE_SECONDS,
            status_forcelist=_COME_AGAIN,
            allowed_methods=None,
            raise_on_status=False,
            retry_after_max=int(timeout_seconds),
        )
        self._compress = _told("COMPRESSION") == "gzip"
        given = parse_env_headers(_told("HEADERS"), liberal=True)
        self._headers = {**_HEADERS, **given, **({"content-encoding": "gzip"} if self._compress else {})}
        self._url = f"{endpoint}/v1/traces"
        self._pool = PoolManager(
            retries=again,
            timeout=timeout_seconds,
            ca_certs=_told("CERTIFICATE") or None,
            cert_file=_told("CLIENT_CERTIFICATE") or None,
            key_file=_told("CLIENT_KEY") or None,
        )

    def __call__(self, spans: Sequence[Span]) -> None:
        """Sends spans."""
        for start in range(0, len(spans), _BATCH):
            content = request_of(spans[start : start + _BATCH])
            body = gzip.compress(content) if self._compress else content
            answer = self._pool.request("POST", self._url, body=body, headers=self._headers)
            if not 200 <= answer.status < 300:
                raise NotExported(f"The collector did not take the spans: it answered {answer.status}.")


def request_of(spans: Sequence[Span]) -> bytes:
    """The spans as a request of the protocol: ExportTraceServiceRequest."""
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest  # noqa: PLC0415

    of_service: dict[str, list[Mapping[str, Any]]] = {}
    for span in spans:
        of_service.setdefault(span.service, []).append(_fields(span))
    resources: Any = [
        {
            "resource": {"attributes": _facts({"service.name": service, "service.namespace": NAMESPACE})},
            "scope_spans": [{"spans": told}],
        }
        for service, told in of_service.items()
    ]
    return ExportTraceServiceRequest(resource_spans=resources).SerializeToString()


def _fields(span: Span) -> Mapping[str, Any]:
    return {
        "trace_id": bytes.fromhex(span.trace_id),
        "span_id": bytes.fromhex(span.span_id),
        "parent_span_id": bytes.fromhex(span.parent_span_id),
        "name": span.name,
        "kind": _KINDS.get(span.kind, _KINDS[INTERNAL]),
        "start_time_unix_nano": span.start_ns,
        "end_time_unix_nano": span.end_ns,
        "attributes": _facts(span.attributes),
        "links": [_link(link) for link in span.links],
        "flags": _SAYS_WHETHER_REMOTE,
    }


def _link(link: str) -> Mapping[str, Any]:
    trace_id, _, span_id = link.partition("-")
    return {"trace_id": bytes.fromhex(trace_id), "span_id": bytes.fromhex(span_id)}


def _facts(attributes: Mapping[str, Fact]) -> Iterator[Mapping[str, Any]]:
    return ({"key": key, "value": _value(fact)} for key, fact in attributes.items())


_VALUES: Final[Mapping[type, str]] = {str: "string_value", bool: "bool_value", int: "int_value", float: "double_value"}


def _value(fact: object) -> Mapping[str, Any]:
    """A fact by its kind; what adapters write may be of any other, and is told as text."""
    kind = _VALUES.get(type(fact))
    return {kind: fact} if kind else {"string_value": str(fact)}


def _told(name: str) -> str:
    """What OpenTelemetry's variables say of traces, or of all."""
    return os.environ.get(f"{_PREFIX}TRACES_{name}", os.environ.get(_PREFIX + name, ""))
