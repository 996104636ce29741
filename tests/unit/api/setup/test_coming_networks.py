"""A network that is loaded for an instant: kept, shown, promised by, put in force then, canceled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.network.v1 import network_pb2 as pb
from crossdock.promising.v1 import promising_pb2
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, refusal
from tests.unit.api.setup.test_network_changes import close, in_force, put, refused, without_node

THURSDAY = TUESDAY + timedelta(days=2)
FRIDAY = TUESDAY + timedelta(days=3)


def stamp(at: datetime) -> Timestamp:
    message = Timestamp()
    message.FromDatetime(at)
    return message


def titled(network: pb.Network, title: str, change: Callable[[pb.Node], None] = lambda node: None) -> pb.Network:
    """The network with another title of DC-NL, and maybe another change of it."""
    made = pb.Network.FromString(network.SerializeToString())
    node = next(node for node in made.nodes if node.node_id == "DC-NL")
    node.title = title
    change(node)
    return made


async def title(hub: Served, at: datetime | None = None) -> str:
    request = pb.GetNetworkRequest(at_time=at and stamp(at))
    network = (await hub.rpc("NetworkService.GetNetwork")(request)).network
    (found,) = [str(node.title) for node in network.nodes if node.node_id == "DC-NL"]
    return found


async def to_come(hub: Served) -> list[pb.ComingNetwork]:
    return list((await hub.rpc("NetworkService.ListComingNetworks")(pb.ListComingNetworksRequest())).networks)


async def cancel(hub: Served, at: datetime) -> int:
    request = pb.CancelNetworkRequest(request_id=str(uuid4()), valid_from_time=stamp(at))
    version: int = (await hub.rpc("NetworkService.CancelNetwork")(request)).version
    return version


async def shipped_at(hub: Served, units: int = 1) -> datetime:
    """When a shirt that is ordered now leaves the node."""
    request = promising_pb2.QuotePromisesRequest(channel_id="WEB-NL", to_country_code="NL")
    request.lines.add(sku="SHIRT", quantity=units)
    (quote,) = (await hub.rpc("PromisingService.QuotePromises")(request)).quotes
    moment: datetime = quote.options[0].parts[0].ship_time.ToDatetime()
    return moment


async def test_a_network_comes_into_force_at_its_instant(hub: Served) -> None:
    network = await in_force(hub)
    now = await title(hub)
    assert await put(hub, titled(network, "From Friday"), valid_from_time=stamp(FRIDAY)) == 2
    assert await put(hub, titled(network, "From Thursday"), valid_from_time=stamp(THURSDAY)) == 3

    assert [one.valid_from_time.ToDatetime() for one in await to_come(hub)] == [
        moment.replace(tzinfo=None) for moment in (THURSDAY, FRIDAY)
    ]
    assert [await title(hub, at) for at in (None, THURSDAY - timedelta(seconds=1), THURSDAY, FRIDAY)] == [
        *(now, now),
        *("From Thursday", "From Friday"),
    ]
    await hub.world.advance(timedelta(days=2))
    assert (await title(hub), len(await to_come(hub)), (await in_force(hub)).version) == ("From Thursday", 1, 4)
    assert await title(hub, TUESDAY) == now
    await hub.world.advance(timedelta(days=1))
    assert (await title(hub), await to_come(hub), await title(hub, THURSDAY)) == ("From Friday", [], "From Thursday")


async def test_a_network_that_is_canceled_never_comes(hub: Served) -> None:
    network = await in_force(hub)
    await put(hub, titled(network, "Later"), valid_from_time=stamp(THURSDAY))

    await cancel(hub, THURSDAY)

    with pytest.raises(grpc.aio.AioRpcError) as again:
        await cancel(hub, THURSDAY)
    assert refusal(again.value)[:2] == (grpc.StatusCode.NOT_FOUND, "COMING_NETWORK_NOT_FOUND")
    await hub.world.advance(timedelta(days=3))
    assert (await title(hub), await to_come(hub)) == (await title(hub, TUESDAY), [])


async def test_a_date_that_is_over_or_taken_is_refused(hub: Served) -> None:
    network = await in_force(hub)
    await put(hub, titled(network, "Later"), valid_from_time=stamp(THURSDAY))

    for at in (TUESDAY, TUESDAY - timedelta(days=1), THURSDAY):
        assert (await refused(hub, titled(network, "Other"), valid_from_time=stamp(at)))[1] == "CONFIGURATION_INVALID"
    assert len(await to_come(hub)) == 1
    assert await put(hub, network, valid_from_time=stamp(FRIDAY), validate_only=True) == 3
    assert len(await to_come(hub)) == 1


async def test_what_leaves_from_then_on_is_promised_by_it(hub: Served) -> None:
    def early(node: pb.Node) -> None:
        node.cut_off = "08:00"

    await hub.world.advance(timedelta(hours=8))  # past the cut-off of Tuesday
    before = await shipped_at(hub)
    midnight = TUESDAY.replace(hour=0, minute=0) + timedelta(days=1)
    await put(hub, titled(await in_force(hub), "From Wednesday", early), valid_from_time=stamp(midnight))

    promised = await shipped_at(hub)

    assert (before.hour, promised.hour, promised.date()) == (15, 7, midnight.date())
    await hub.world.advance(midnight - await hub.world.now())
    assert await shipped_at(hub) == promised


async def test_a_node_that_is_closed_meanwhile_stays_closed(hub: Served) -> None:
    await put(hub, titled(await in_force(hub), "Later"), valid_from_time=stamp(THURSDAY))
    await close(hub, "DC-NL")

    await hub.world.advance(timedelta(days=2))

    network = await in_force(hub)
    assert [(node.node_id, node.title) for node in network.nodes if node.closed] == [("DC-NL", "Later")]


async def test_a_network_that_leaves_out_what_came_into_use_does_not_come_and_is_named(hub: Served) -> None:
    less = without_node(await in_force(hub), "ST-BER")
    await put(hub, less, valid_from_time=stamp(THURSDAY))
    await put(hub, less, valid_from_time=stamp(FRIDAY), removed_node_ids=["ST-BER"])
    await hub.world.stock("CUP", "ST-BER", 1)

    await hub.world.advance(timedelta(days=2))

    assert await hub.world.exceptions() == ["NETWORK_NOT_REPLACED"]
    assert "ST-BER" in {node.node_id for node in (await in_force(hub)).nodes}
    assert [list(one.removed_node_ids) for one in await to_come(hub)] == [["ST-BER"]]
    await put(hub, await in_force(hub))
    assert await hub.world.exceptions() == []
    await hub.world.advance(timedelta(days=1))
    assert "ST-BER" not in {node.node_id for node in (await in_force(hub)).nodes}


async def test_what_a_coming_network_may_lose_is_listed(hub: Served) -> None:
    facts: dict[str, Any] = {"removed_node_ids": ["X"], "removed_account_ids": ["Y"], "removed_channel_ids": ["Z"]}
    facts["overbooked_node_ids"] = ["DC-NL"]
    network = await in_force(hub)
    await put(hub, network, valid_from_time=stamp(THURSDAY), **facts)

    (coming,) = await to_come(hub)

    assert {name: list(getattr(coming, name)) for name in facts} == facts
    sizes = (coming.node_count, coming.lane_count, coming.channel_count)
    assert sizes == (len(network.nodes), len(network.lanes), len(network.channels))
