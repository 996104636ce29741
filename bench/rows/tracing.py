"""What recording every order costs the processor, converting and exporting to a collector included.

Both sides place orders through a gate in this process, without gRPC: the share is of less work than a call has. The
collector is a process of its own.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from bench.ratio import Row, Sides, Unmeasurable
from bench.rows.capture_core import CALLERS, placing
from bench.scene import Drafts, database_on, hub_on, postgres
from bench.windows import costing
from hub.observability.recording import SpanRecorder, recorder_of


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
                    yield Sides(
                        costing(CALLERS, placing(recorded, drafts), telling.flush),
                        costing(CALLERS, placing(unrecorded, drafts), silent.flush),
                    )


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
    """Takes what is exported and forgets it."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Reads the body and says that it was taken."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name in the standard library)
        """Says nothing."""


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
