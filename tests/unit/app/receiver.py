"""A collector that keeps what it is sent."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class Receiver(HTTPServer):
    """Takes what a collector would; before, it answers `refusals`, one request each."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.refusals: list[int] = []
        self.paths: list[str] = []
        self.headers: list[Message] = []
        self.requests: list[ExportTraceServiceRequest] = []

    @property
    def endpoint(self) -> str:
        """Base URL."""
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def spans(self) -> dict[str, Any]:
        """The spans that came, by name."""
        resources = [resource for request in self.requests for resource in request.resource_spans]
        return {one.name: one for resource in resources for scope in resource.scope_spans for one in scope.spans}


class Handler(BaseHTTPRequestHandler):
    """Keeps each request."""

    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.paths.append(self.path)
        self.server.headers.append(self.headers)
        if self.server.refusals:
            self.send_response(self.server.refusals.pop(0))
        else:
            content = gzip.decompress(body) if self.headers["Content-Encoding"] == "gzip" else body
            self.server.requests.append(ExportTraceServiceRequest.FromString(content))
            self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A collector at a port of its own."""
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
