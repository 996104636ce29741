"""A whole hub with TLS: others see its certificate, its own machine a socket, and nobody plain text."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from crossdock.admin.v1 import admin_pb2
from hub.app.client import HubError, connected
from hub.connect.dialing import Trust, trust
from tests.wire.app.running import CROSSDOCK, environment, up
from tools.certificates import Authority


def test_a_hub_with_a_certificate_serves_others_by_it_and_its_machine_by_a_socket(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    certificate, key = authority.certified("hub")
    known = trust(str(authority.file), None, None)
    with up(TLS_CERTIFICATE=certificate, TLS_KEY=key) as hub:
        address = f"grpcs://{serving(hub.printed)}"
        with connected(address, hub.token, known) as client:
            told = client.call(client.admin.GetStatus, admin_pb2.GetStatusRequest())
        with pytest.raises(HubError), connected(address.removeprefix("grpcs://"), hub.token, Trust()) as client:
            client.call(client.admin.GetStatus, admin_pb2.GetStatusRequest(), seconds=5)
        here = hub.crossdock("health", "--json")

    assert told.HasField("business_time")
    assert here.returncode == 0, here.stderr
    assert "unix:" in here.stdout


def test_an_address_of_other_machines_is_not_served_in_plain_text_unasked(tmp_path: Path) -> None:
    command = [*CROSSDOCK, "up", "--data", str(tmp_path / "data"), "--grpc", "0.0.0.0:0"]

    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment())

    assert ended.returncode == 5
    assert "CROSSDOCK_PLAIN_TEXT=yes" in ended.stderr
    assert not (tmp_path / "data").exists()


def serving(printed: list[str]) -> str:
    """The address that `crossdock up` says it serves at."""
    (line,) = [line for line in printed if "READY" in line]
    return next(word for word in line.split() if word.startswith("127.0.0.1:"))
