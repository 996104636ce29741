"""How a network that was loaded for an instant fails to come into force."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from google.protobuf import json_format
from msgspec.structs import replace

from hub.api.setup.network_changes import PUT_NETWORK
from hub.network.model import Replacement
from hub.wire.setup.network import network_to_pb
from tests.support.network import network_of
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served


async def not_replaced(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    world, whole = hub.world, network_of()
    nodes = {name: node for name, node in whole.nodes.items() if name != "ST-BER"}
    lanes = {key: lane for key, lane in whole.lanes.items() if lane.from_node_id != "ST-BER"}
    less = replace(whole, nodes=nodes, lanes=lanes)
    await world.ask(PUT_NETWORK, Replacement(less, valid_from=TUESDAY + timedelta(days=1)))
    await world.stock("CUP", "ST-BER", 1)
    await world.advance(timedelta(days=1))
    (folder / "FILE").write_text(json_format.MessageToJson(network_to_pb(whole)))
