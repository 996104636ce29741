"""The network as a file: shown, compared with what is in force, tried, put in force."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import json_format

from crossdock.network.v1 import network_pb2
from hub.network.errors import NetworkPartInUse
from tests.unit.app.cli.pretend import Crossdock, PretendHub

Network = network_pb2.Network


NODE = {
    "kind": "NODE_KIND_STORE",
    "time_zone": "Europe/Amsterdam",
    "calendar_id": "nl",
    "cut_off": "16:00",
    "address": {"country_code": "NL"},
    "handling_cost": {"currency_code": "EUR", "units": 1},
    "warehouse_account_id": "wms",
}
LANE = {"to_country_code": "NL", "service_code": "STANDARD", "parcel_rate": {"currency_code": "EUR", "units": 5}}


def written(**titles: str) -> dict[str, Any]:
    """A network as a file has it: a node and a lane for each title."""
    nodes = {name.replace("_", "-"): title for name, title in titles.items()}
    return {
        "nodes": [NODE | {"node_id": node_id, "title": title} for node_id, title in nodes.items()],
        "lanes": [LANE | {"from_node_id": node_id} for node_id in nodes],
    }


def network(*nodes: str) -> Network:
    made: Network = json_format.ParseDict(written(**dict.fromkeys(nodes, "A node")), Network(version=7))
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "network.json"
    path.write_text(json.dumps(written(DC_NL="Renamed", ST_NEW="A node")))
    return path


@pytest.fixture(autouse=True)
def kept(hub: PretendHub) -> None:
    """A hub that has two nodes in force and keeps what it is given."""
    hub.answers["NetworkService.GetNetwork"] = network_pb2.GetNetworkResponse(network=network("DC-NL", "ST-OLD"))
    hub.answers["NetworkService.PutNetwork"] = network_pb2.PutNetworkResponse(version=8)


CHANGES = [
    ("added", "node", "ST-NEW", ""),
    ("changed", "node", "DC-NL", "title"),
    ("removed", "node", "ST-OLD", ""),
    ("added", "lane", "ST-NEW NL STANDARD", ""),
    ("removed", "lane", "ST-OLD NL STANDARD", ""),
]


def told(answer: Any) -> list[tuple[str, ...]]:
    return [tuple(change[name] for name in ("change", "part", "name", "fields")) for change in answer["changes"]]


def test_what_is_shown_can_be_loaded_again(hub: PretendHub, crossdock: Crossdock, tmp_path: Path) -> None:
    shown = crossdock("network", "show").out
    (tmp_path / "shown.json").write_text(shown)

    assert crossdock("network", "load", tmp_path / "shown.json").code == 0
    assert hub.requests("NetworkService.PutNetwork")[0].network == network("DC-NL", "ST-OLD")


def test_a_file_is_compared_with_what_is_in_force_part_by_part(
    hub: PretendHub, crossdock: Crossdock, file: Path
) -> None:
    ran = crossdock("network", "diff", file, "--json")

    assert (ran.code, ran.json()["version"], told(ran.json())) == (1, 7, CHANGES)
    assert hub.requests("NetworkService.PutNetwork")[0].validate_only
    assert "ST-NEW NL STANDARD" in crossdock("network", "diff", file).out


def test_a_file_that_differs_in_nothing_is_said_so(hub: PretendHub, crossdock: Crossdock, file: Path) -> None:
    crossdock("network", "load", file)
    loaded = hub.requests("NetworkService.PutNetwork")[0].network
    hub.answers["NetworkService.GetNetwork"] = network_pb2.GetNetworkResponse(network=loaded)

    ran = crossdock("network", "diff", file)

    assert ran.code == 0
    assert "Nothing would change." in ran.out


def test_a_dry_run_tells_what_would_change_and_stores_nothing(
    hub: PretendHub, crossdock: Crossdock, file: Path
) -> None:
    ran = crossdock("load", "network", file, "--dry-run", "--json")

    assert (ran.code, told(ran.json())) == (0, CHANGES)
    assert [request.validate_only for request in hub.requests("NetworkService.PutNetwork")] == [True]


def test_a_file_is_put_in_force_over_the_version_named_and_may_lose_what_is_named(
    hub: PretendHub, crossdock: Crossdock, file: Path
) -> None:
    flags = ("--expected-version", 7, "--remove-node", "ST-OLD", "--remove-account", "old", "--remove-channel", "WEB")

    ran = crossdock("network", "load", file, *flags)

    (request,) = hub.requests("NetworkService.PutNetwork")
    assert ran.out == "Network version 8 is in force: 2 nodes, 0 calendars, 2 lanes, 0 accounts, 0 channels.\n"
    assert (request.expected_version, request.validate_only) == (7, False)
    assert (*request.removed_node_ids, *request.removed_account_ids, *request.removed_channel_ids) == (
        "ST-OLD",
        "old",
        "WEB",
    )


def test_what_is_in_use_is_named(hub: PretendHub, crossdock: Crossdock, file: Path) -> None:
    hub.answers["NetworkService.PutNetwork"] = NetworkPartInUse({"node": {"ST-OLD": "5 units on hand"}, "channel": {}})

    ran = crossdock("network", "load", file)

    assert ran.code == 1
    assert "node ST-OLD with 5 units on hand" in ran.err


def test_a_network_of_many_pages_is_shown_whole(hub: PretendHub, crossdock: Crossdock) -> None:
    pages = {"": (network("DC-NL"), "second"), "second": (network("ST-OLD"), "")}

    def page(request: Any) -> Any:
        parts, token = pages[request.page.page_token]
        return network_pb2.GetNetworkResponse(network=parts, next_page_token=token)

    hub.answers["NetworkService.GetNetwork"] = page

    shown = crossdock("network", "show").json()

    assert [node["node_id"] for node in shown["nodes"]] == ["DC-NL", "ST-OLD"]


def test_a_file_is_loaded_for_an_instant_compared_with_then_and_taken_back(
    hub: PretendHub, crossdock: Crossdock, file: Path
) -> None:
    coming = network_pb2.ComingNetwork(node_count=2, lane_count=3, channel_count=1, removed_node_ids=["ST-OLD"])
    coming.valid_from_time.FromJsonString("2026-12-07T00:00:00Z")
    hub.answers["NetworkService.ListComingNetworks"] = network_pb2.ListComingNetworksResponse(networks=[coming])
    hub.answers["NetworkService.CancelNetwork"] = network_pb2.CancelNetworkResponse(version=9)

    loaded = crossdock("network", "load", file, "--from", "2026-12-07")
    compared = crossdock("network", "diff", file, "--at", "2026-12-07T12:00:00")
    crossdock("network", "show", "--at", "2026-12-07")
    listed = crossdock("network", "coming")
    canceled = crossdock("network", "cancel", "--from", "2026-12-07")

    assert loaded.out.startswith("The network comes into force at 2026-12-07 00:00:00: 2 nodes,")
    assert "Compared with the network of 2026-12-07 12:00:00." in compared.out
    assert canceled.out == "No network comes into force at 2026-12-07 00:00:00.\n"
    assert listed.out.splitlines()[-1].split() == ["2026-12-07", "00:00:00", "2", "3", "1", "ST-OLD"]
    (put, _), (then, later) = hub.requests("NetworkService.PutNetwork"), hub.requests("NetworkService.GetNetwork")
    (cancel,) = hub.requests("NetworkService.CancelNetwork")
    assert put.valid_from_time == cancel.valid_from_time == later.at_time == coming.valid_from_time
    assert then.at_time.ToJsonString() == "2026-12-07T12:00:00Z"
    assert crossdock("network", "coming", "--json").json()[0]["valid_from_time"] == "2026-12-07T00:00:00Z"
