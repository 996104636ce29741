"""The audit log of a running hub: what was done there is in it a moment later, and it is sound."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

from crossdock.admin.v1 import admin_pb2
from hub.app.client import HubError, connected
from tests.architecture.sources import ROOT
from tests.wire.app.running import Running, up


def test_changes_and_strangers_are_in_the_log_of_a_running_hub() -> None:
    with up() as hub:
        loaded = hub.crossdock("load", "network", ROOT / "examples" / "network.json")
        assert loaded.returncode == 0, loaded.stderr
        for _ in range(3):
            ask_as_a_stranger(hub)

        changed = listed(hub, "--rpc", "NetworkService.PutNetwork")
        strangers = listed(hub, "--principal", "(nobody)")
        verified = hub.crossdock("audit-log", "verify")

    assert [(entry["principal"], entry["outcome"]) for entry in changed] == [("admin", "OK")]
    assert sum(entry["calls"] for entry in strangers) <= 3
    assert {entry["outcome"] for entry in strangers} == {"UNAUTHENTICATED"}
    assert verified.returncode == 0
    assert "are as they were written" in verified.stdout


def ask_as_a_stranger(hub: Running) -> None:
    """Call with a token that nobody has."""
    with pytest.raises(HubError, match="not known"), connected(hub.note["address"], "guessed") as client:
        client.call(client.admin.GetStatus, admin_pb2.GetStatusRequest())


def listed(hub: Running, *filters: str) -> list[dict[str, Any]]:
    """The entries that filters ask for, as soon as there are some."""

    def ask() -> list[dict[str, Any]]:
        told = hub.crossdock("audit-log", *filters, "--json")
        assert told.returncode == 0, told.stderr
        entries: list[dict[str, Any]] = json.loads(told.stdout)["entries"]
        return entries

    return Retrying(
        retry=retry_if_result(lambda entries: not entries), stop=stop_after_delay(20), wait=wait_fixed(0.2)
    )(ask)
