"""What recording every order costs the processor, converting and exporting to a collector included.

Both sides place orders through a gate in this process, without gRPC: the share is of less work than a call has. The
collector is a process of its own; at the end it says of how many orders it has a trace, which must be all.
"""

from __future__ import annotations

import asyncio
import sys
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, Final

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from bench.ratio import Row, Sides, Unmeasurable
from bench.rows.capture_core import CALLERS, placing
from bench.scene import Drafts, database_on, hub_on, postgres
from bench.windows import Work, costing
from hub.observability.recording import SpanRecorder, recorder_of

_ORDER: Final = "order_id"
"""Attribute of the span that an order is placed in."""


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Starts a PostgreSQL, a collector, and a gate that records beside one that does not."""
    with postgres() as server:
        url = await database_on(server, "ours")
        drafts = Drafts.seeded(1)
        silent = SpanRecorder(())
        async with _collector() as endpoint:
            with recorder_of("api", traces=None, endpoint=endpoint) as telling:
                async with hub_on(url, telling) as recorded, hub_on(url, silent) as unrecorded:
                    counted = _Counted(placing(recorded, drafts))

                    async def all_told() -> str:
                        told = await asyncio.to_thread(_told, endpoint)
                        return "" if told == counted.done else f"{told} of {counted.done} orders reached the collector"

                    yield Sides(
                        costing(CALLERS, counted, telling.flush),
                        costing(CALLERS, placing(unrecorded, drafts), silent.flush),
                        check=all_told,
                    )


class _Counted:
    """Work, and how much of it was done."""

    def __init__(self, work: Work) -> None:
        self._work, self.done = work, 0

    async def __call__(self) -> int:
        done = await self._work()
        self.done += done
        return done


def _told(endpoint: str) -> int:
    with urllib.request.urlopen(f"{endpoint}/orders", timeout=60) as answer:  # noqa: S310 (our own collector)
        return int(answer.read())


@asynccontextmanager
async def _collector() -> AsyncIterator[str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.rows.tracing", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        if process.stdout is None or not (port := await process.stdout.readline()):
            raise Unmeasurable("the collector did not start")
        yield f"http://127.0.0.1:{int(port)}"
    finally:
        process.terminate()
        await process.wait()


class _Taking(BaseHTTPRequestHandler):
    """Takes what is exported, and looks into it only when asked how many orders there were."""

    protocol_version = "HTTP/1.1"
    taken: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        """Keeps the body and says that it was taken."""
        self.taken.append(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(b"")

    def do_GET(self) -> None:
        """Answers how many traces there are: an order is one."""
        traces = {
            span.trace_id
            for body in self.taken
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
            if any(one.key == _ORDER for one in span.attributes)
        }
        self._answer(str(len(traces)).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name in the standard library)
        """Says nothing."""

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ROW: Final = Row(
    name="tracing",
    says="extra processor time of an order that is recorded and exported",
    bar=0.15,
    aim=0.1,
    at_most=True,
    prepare=prepare,
    extra=True,
)

if __name__ == "__main__":
    listening = ThreadingHTTPServer(("127.0.0.1", 0), _Taking)
    sys.stdout.write(f"{listening.server_port}\n")
    sys.stdout.flush()
    listening.serve_forever()
