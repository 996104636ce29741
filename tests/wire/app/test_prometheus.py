"""A Prometheus of another hand scrapes a running hub, takes its alerts, and knows every figure that they name."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.sources import ROOT
from tests.wire.app.running import up
from tests.wire.app.test_figures import free_ports

MONITORING = ROOT / "monitoring"
PROMETHEUS = shutil.which("prometheus")
FIGURE = re.compile(r"\bcrossdock_[a-z_]+")
STARTING_SECONDS = 60.0

pytestmark = pytest.mark.skipif(PROMETHEUS is None, reason="needs the Debian package prometheus")


def test_prometheus_scrapes_both_processes_and_knows_what_alerts_name(tmp_path: Path) -> None:
    port = free_ports(2)
    with up(METRICS=f"127.0.0.1:{port}") as hub, prometheus(tmp_path, port) as address:
        assert hub.crossdock("health").returncode == 0
        assert hub.crossdock("messages").returncode == 0
        rules = asked(address, "/api/v1/rules")["groups"]
        names = eventually(address, 'count by (__name__) ({job="crossdock"})', named())
        ups = asked(address, "/api/v1/query", query='up{job="crossdock"}')["result"]

    assert {sample["value"][1] for sample in ups} == {"1"}
    assert [rule["lastError"] for group in rules for rule in group["rules"] if "lastError" in rule] == []
    assert named() <= names


def named() -> set[str]:
    """Figures that alerts name and that a hub shows before anything happened."""
    rules = yaml.safe_load((MONITORING / "alerts.yml").read_text())["groups"][0]["rules"]
    return {name for rule in rules for name in FIGURE.findall(rule["expr"])} - {
        "crossdock_messages",  # shown once messages wait
        "crossdock_messages_oldest_seconds",
    }


@contextmanager
def prometheus(folder: Path, port: int) -> Iterator[str]:
    """Run a Prometheus with the project's configuration, for a hub at other ports; yield its address."""
    configuration = yaml.safe_load((MONITORING / "prometheus.yml").read_text())
    configuration["global"]["scrape_interval"] = "1s"
    configuration["scrape_configs"][0]["static_configs"] = [{"targets": [f"127.0.0.1:{port}", f"127.0.0.1:{port + 1}"]}]
    (folder / "prometheus.yml").write_text(yaml.safe_dump(configuration))
    shutil.copy(MONITORING / "alerts.yml", folder)
    address = f"127.0.0.1:{free_ports(1)}"
    process = subprocess.Popen(
        [
            str(PROMETHEUS),
            f"--config.file={folder / 'prometheus.yml'}",
            f"--storage.tsdb.path={folder / 'data'}",
            f"--web.listen-address={address}",
        ],
        stderr=subprocess.DEVNULL,
    )
    try:
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def eventually(address: str, query: str, wanted: set[str]) -> set[str]:
    """Names that a query finds, once all that are wanted are there or the time is over."""
    deadline, names = time.monotonic() + STARTING_SECONDS, set[str]()
    while not wanted <= names and time.monotonic() < deadline:
        try:
            names = {sample["metric"]["__name__"] for sample in asked(address, "/api/v1/query", query=query)["result"]}
        except (urllib.error.URLError, ConnectionError):
            continue
    return names


def asked(address: str, path: str, **parameters: str) -> Any:
    """Data of an answer."""
    with urllib.request.urlopen(f"http://{address}{path}?{urllib.parse.urlencode(parameters)}", timeout=10) as answer:
        return json.load(answer)["data"]
