"""What a running hub shows a scrape: calls of the api, and what waits at the worker."""

from __future__ import annotations

import socket
import urllib.request

from prometheus_client.parser import text_string_to_metric_families

from tests.wire.app.running import up


def test_the_api_shows_its_calls_and_the_worker_what_waits() -> None:
    port = free_ports(2)
    with up(METRICS=f"127.0.0.1:{port}") as hub:
        assert hub.crossdock("health").returncode == 0
        api, worker = scraped(port), scraped(port + 1)

    assert api["crossdock_calls_total"] >= 1
    assert "crossdock_availability_age_seconds" in api
    assert worker["crossdock_feed_unnumbered"] == 0


def scraped(port: int) -> dict[str, float]:
    """The first sample of each name that a process shows."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answered:
        text = answered.read().decode()
    families = list(text_string_to_metric_families(text))
    return {sample.name: sample.value for family in families for sample in reversed(family.samples)}


def free_ports(count: int) -> int:
    """A port that is free, with those behind it."""
    while True:
        with socket.socket() as first:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            if all(is_free(port + number) for number in range(1, count)):
                return port


def is_free(port: int) -> bool:
    """Whether a port of this machine can be listened on."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
