"""Exports what is counted to a collector by OTLP over HTTP.

OpenTelemetry is imported only where something is exported.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final, Self

from hub.observability.delays import BOUNDS, Delays
from hub.observability.figures import Count, Figure, Level, Spread

log = logging.getLogger(__name__)

EVERY_SECONDS: Final = 10.0
TIMEOUT_SECONDS: Final = 5.0
NAMESPACE: Final = "crossdock"


class MetricExporter:
    """Sends figures every so often while it is open; a collector that is away costs nothing but these figures."""

    def __init__(
        self,
        service: str,
        endpoint: str | None,
        *,
        delays: Sequence[Delays] = (),
        figures: Sequence[Figure] = (),
        every_seconds: float = EVERY_SECONDS,
    ) -> None:
        self._service, self._endpoint = service, endpoint
        self._delays, self._figures = tuple(delays), tuple(figures)
        self._every_seconds = every_seconds
        self._began_ns = time.time_ns()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="metrics", daemon=True)

    def __enter__(self) -> Self:
        if self._endpoint is not None:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        if self._endpoint is not None:
            self._thread.join(TIMEOUT_SECONDS)

    def _run(self) -> None:
        from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter  # noqa: PLC0415

        exporter = OTLPMetricExporter(endpoint=f"{self._endpoint}/v1/metrics", timeout=TIMEOUT_SECONDS)
        ended = False
        while not ended:
            ended = self._ending.wait(self._every_seconds)
            try:
                exporter.export(self._data(), timeout_millis=TIMEOUT_SECONDS * 1000)
            except Exception as error:  # whatever a collector does must not end the telling
                log.warning("figures were not exported (%s)", type(error).__name__)

    def _data(self) -> Any:
        """The figures as OpenTelemetry has them, those of this process: others of the service tell their own."""
        from opentelemetry.sdk.metrics.export import MetricsData, ResourceMetrics, ScopeMetrics  # noqa: PLC0415
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.util.instrumentation import InstrumentationScope  # noqa: PLC0415

        now = time.time_ns()
        made = [_histogram(delay, self._began_ns, now) for delay in self._delays]
        made += [_metric(figure, self._began_ns, now) for figure in self._figures]
        attributes: Mapping[str, str] = {
            "service.name": self._service,
            "service.namespace": NAMESPACE,
            "service.instance.id": f"{socket.gethostname()}/{os.getpid()}",
        }
        scope = ScopeMetrics(InstrumentationScope(NAMESPACE), made, "")
        return MetricsData([ResourceMetrics(Resource(attributes), [scope], "")])


def _histogram(delays: Delays, began_ns: int, now_ns: int) -> Any:
    from opentelemetry.sdk.metrics.export import (  # noqa: PLC0415
        AggregationTemporality,
        Histogram,
        HistogramDataPoint,
        Metric,
    )

    point = HistogramDataPoint(
        attributes={},
        start_time_unix_nano=began_ns,
        time_unix_nano=now_ns,
        count=delays.count,
        sum=delays.sum_seconds,
        bucket_counts=list(delays.counts),
        explicit_bounds=list(BOUNDS),
        min=0.0,
        max=delays.most_seconds,
    )
    return Metric(delays.name, delays.meaning, "s", Histogram([point], AggregationTemporality.CUMULATIVE))


def _metric(figure: Figure, began_ns: int, now_ns: int) -> Any:
    from opentelemetry.sdk.metrics.export import Metric  # noqa: PLC0415

    if isinstance(figure, Count):
        return Metric(figure.name, figure.meaning, "1", _sum(figure, began_ns, now_ns))
    if isinstance(figure, Spread):
        return Metric(figure.name, figure.meaning, figure.unit, _buckets(figure, began_ns, now_ns))
    return Metric(figure.name, figure.meaning, figure.unit, _level(figure, now_ns))


def _sum(count: Count, began_ns: int, now_ns: int) -> Any:
    from opentelemetry.sdk.metrics.export import AggregationTemporality, NumberDataPoint, Sum  # noqa: PLC0415

    points = [
        NumberDataPoint(dict(zip(count.labels, labels, strict=True)), began_ns, now_ns, value)
        for labels, value in list(count.values.items())
    ]
    return Sum(points, AggregationTemporality.CUMULATIVE, is_monotonic=True)


def _buckets(spread: Spread, began_ns: int, now_ns: int) -> Any:
    from opentelemetry.sdk.metrics.export import (  # noqa: PLC0415
        AggregationTemporality,
        Histogram,
        HistogramDataPoint,
    )

    points = [
        HistogramDataPoint(
            attributes=dict(zip(spread.labels, labels, strict=True)),
            start_time_unix_nano=began_ns,
            time_unix_nano=now_ns,
            count=buckets.count,
            sum=buckets.total,
            bucket_counts=list(buckets.counts),
            explicit_bounds=list(spread.bounds),
            min=0.0,
            max=0.0,
        )
        for labels, buckets in list(spread.values.items())
    ]
    return Histogram(points, AggregationTemporality.CUMULATIVE)


def _level(level: Level, now_ns: int) -> Any:
    from opentelemetry.sdk.metrics.export import Gauge, NumberDataPoint  # noqa: PLC0415

    return Gauge(
        [
            NumberDataPoint(dict(zip(level.labels, labels, strict=True)), now_ns, now_ns, value)
            for labels, value in level.read().items()
        ]
    )
