"""A network of many zones in small: each step does its work, and no lane looks at all zones."""

from __future__ import annotations

from random import Random

from msgspec.structs import replace

from bench.zones import measured, message
from hub.network.model.carriers import Zones
from hub.network.policy.problems import problems
from hub.wire.setup.network import network_from_pb


class LookedUp(Zones):
    """Zones that are looked up by id, never one after the other for a lane."""

    def keys(self) -> None:  # type: ignore[override]
        raise AssertionError("all zones are looked at")


def test_each_step_from_a_request_to_look_ups_is_measured() -> None:
    sent = message(Random(1), nodes=6, origins=3, zones=40).SerializeToString()

    costs = measured(sent, zones=40, looked_up=100)

    assert [(cost.count, cost.of) for cost in costs[1:]] == [(120, "lanes")] * 4 + [(100, "pairs")]


def test_no_lane_looks_at_all_zones() -> None:
    network = network_from_pb(message(Random(1), nodes=6, origins=3, zones=40))

    assert list(problems(replace(network, zones=LookedUp(network.zones.copy())))) == []
