"""How late something is: counted in buckets, told as quantiles, and exported to a collector."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.metrics.v1.metrics_pb2 import Metric

from hub.observability.delays import BOUNDS, Delays
from hub.observability.figures import Count, Level, Spread
from hub.observability.metrics import MetricExporter


class Collector(HTTPServer):
    """Keeps the figures that it is sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.came = threading.Event()
        self.metrics: dict[str, Metric] = {}
        self.instances: set[str] = set()


class Handler(BaseHTTPRequestHandler):
    """Takes figures."""

    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        for resource in ExportMetricsServiceRequest.FromString(body).resource_metrics:
            named = {one.key: one.value.string_value for one in resource.resource.attributes}
            self.server.instances.add(named["service.instance.id"])
            for scope in resource.scope_metrics:
                self.server.metrics |= {one.name: one for one in scope.metrics}
        self.send_response(200)
        self.end_headers()
        self.server.came.set()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def collector() -> Iterator[Collector]:
    server = Collector()
    thread = threading.Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@given(st.lists(st.floats(0, 100), min_size=1), st.floats(0.01, 1))
def test_a_quantile_is_exceeded_by_no_more_than_its_share(values: list[float], share: float) -> None:
    delays = Delays("d", "D.")
    for value in values:
        delays.note(value)

    found = delays.quantile(share)

    assert sum(value > found for value in values) <= (1 - share) * len(values) + 1e-9
    assert found <= max(values)
    assert (delays.count, sum(delays.counts)) == (len(values), len(values))


def test_nothing_counted_is_no_delay() -> None:
    assert Delays("d", "D.").quantile(0.5) == 0


def test_bounds_go_up() -> None:
    assert list(BOUNDS) == sorted(set(BOUNDS))


def test_figures_are_sent_while_it_is_open_and_once_more_at_its_end(collector: Collector) -> None:
    delays = Delays("crossdock.staleness", "How late.")
    calls, seconds = Count("crossdock.calls", "Calls.", ("rpc",)), Spread("crossdock.call", "How long.", ("rpc",))
    level = Level("crossdock.age", "How old.", ("account",), lambda: {("wms",): 1.5}, unit="s")
    calls.add("Get", times=3)
    seconds.note(0.3, "Get")
    delays.note(0.002)
    endpoint = f"http://127.0.0.1:{collector.server_port}"

    with MetricExporter("api", endpoint, delays=[delays], figures=[calls, seconds, level], every_seconds=0.01):
        assert collector.came.wait(10)
        delays.note(0.004)

    histogram = collector.metrics["crossdock.staleness"].histogram.data_points[0]
    assert (histogram.count, histogram.max) == (2, 0.004)
    assert histogram.sum == pytest.approx(0.006)
    assert list(histogram.explicit_bounds) == list(BOUNDS)
    aged = collector.metrics["crossdock.age"].gauge.data_points[0]
    assert (aged.as_double, aged.attributes[0].value.string_value) == (1.5, "wms")
    counted = collector.metrics["crossdock.calls"].sum
    assert (counted.data_points[0].as_int, counted.is_monotonic) == (3, True)
    spread = collector.metrics["crossdock.call"].histogram.data_points[0]
    assert (spread.count, list(spread.bucket_counts)[8], spread.attributes[0].key) == (1, 1, "rpc")
    assert [one.endswith(f"/{os.getpid()}") for one in collector.instances] == [True], "processes tell their own"


def test_without_a_collector_nothing_is_started() -> None:
    with MetricExporter("api", None, delays=[Delays("d", "D.")]):
        assert "metrics" not in {thread.name for thread in threading.enumerate()}
