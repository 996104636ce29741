"""The whole trace of an order comes back from a store of another hand that takes OTLP: Arize Phoenix, from PyPI.

It is no dependency of the project and large, so that only the long form of the tests installs it, in an environment of
its own that later runs find again.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from hub.observability.spans import Span, span_of
from tests.wire.app.running import Running
from tests.wire.app.test_figures import free_ports
from tests.wire.app.test_up import advanced, placed, stocked

FULL: Final = "CROSSDOCK_TEST_FULL"
STORE: Final = "arize-phoenix==20.26.1"
STARTING_SECONDS: Final = 300
ARRIVING_SECONDS: Final = 60
PAGE: Final = 100

pytestmark = pytest.mark.skipif(FULL not in os.environ, reason=f"set {FULL}: it installs {STORE}, of 850 MB")

Told = Mapping[str, tuple[str, str]]
"""Spans by their ids: the parent and the name of each."""


def test_the_whole_trace_of_an_order_comes_back_from_a_store_of_another_hand(tmp_path: Path) -> None:
    with store(tmp_path) as address:
        with stocked(OTEL_EXPORTER_OTLP_ENDPOINT=address) as hub:
            placed(hub, "STORED-1")
            advanced(hub, 60)
            trace_id, written = trace_of_the_order(hub)
        stored = arrived(address, trace_id, {span.span_id for span in written})

    told = {span.span_id: (span.parent_span_id, span.name) for span in written}
    assert {span_id: stored[span_id] for span_id in told} == told
    hosted = {"double_payment", "double_warehouse"}
    assert {span.service for span in written} >= {"api", "worker", *hosted}
    assert [parent for parent, _ in stored.values() if parent not in stored] == [""]


def trace_of_the_order(hub: Running) -> tuple[str, list[Span]]:
    """The trace in which the order was placed, as the hub's processes wrote it."""
    lines = [line for file in (hub.data / "traces").glob("*.jsonl") for line in file.read_text().splitlines()]
    spans = [span for line in lines if (span := span_of(line))]
    (trace_id,) = {span.trace_id for span in spans if span.name == "confirm_orders"}
    return trace_id, [span for span in spans if span.trace_id == trace_id]


@contextmanager
def store(folder: Path) -> Iterator[str]:
    """Run the store until left; yield its address."""
    port = free_ports(2)
    settings = {
        "WORKING_DIR": folder,
        "HOST": "127.0.0.1",
        "PORT": port,
        "GRPC_PORT": port + 1,
        "TELEMETRY_ENABLED": "false",
    }
    environment = os.environ | {f"PHOENIX_{name}": str(value) for name, value in settings.items()}
    command = [str(installed()), "-m", "phoenix.server.main", "serve"]
    with (folder / "store.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        serving(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(60)


def installed() -> Path:
    """The Python of an environment with the store, which is made where there is none."""
    folder = Path(tempfile.gettempdir()) / f"crossdock-{STORE}"
    python, finished = folder / "bin" / "python", folder / "finished"
    if not finished.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", STORE], check=True)
        finished.touch()
    return python


@retry(stop=stop_after_delay(STARTING_SECONDS), wait=wait_fixed(1), retry=retry_if_exception_type(httpx.HTTPError))
def serving(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return once the store serves."""
    assert process.poll() is None, "the store ended; see store.log"
    httpx.get(f"{address}/healthz").raise_for_status()


@retry(
    stop=stop_after_delay(ARRIVING_SECONDS),
    wait=wait_fixed(1),
    retry=retry_if_exception_type(LookupError),
    reraise=True,
)
def arrived(address: str, trace_id: str, awaited: set[str]) -> Told:
    """What the store gives back of a trace, once it has the spans awaited; raises LookupError while it lacks some."""
    stored = {
        str(span["span_id"]): (str(span["parent_span_id"] or ""), str(span["name"]))
        for span in pages(address, trace_id)
    }
    if missing := awaited - stored.keys():
        raise LookupError(f"the store lacks {len(missing)} of {len(awaited)} spans")
    return stored


def pages(address: str, trace_id: str) -> Iterator[Any]:
    """The spans of a trace as the store gives them back."""
    asked: dict[str, str | int] = {"trace_id": trace_id, "limit": PAGE}
    while True:
        answer = httpx.get(f"{address}/v1/projects/default/spans/otlpv1", params=asked, timeout=60)
        answer.raise_for_status()
        yield from answer.json()["data"]
        if not (cursor := answer.json()["next_cursor"]):
            return
        asked["cursor"] = cursor
