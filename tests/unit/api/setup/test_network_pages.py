"""The network is read page by page from memory, in parts, and never of two versions at once."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import grpc
import pytest
from msgspec.structs import replace

from crossdock.common.v1 import refusal_pb2
from crossdock.network.v1 import network_pb2 as pb
from hub.database.tx import Tx
from hub.network import operations as networks
from hub.network.model import Network
from hub.wire.setup.network import LARGEST_PAGE_BYTES, network_page_to_pb
from tests.support.network import network_of
from tests.unit.api.serving import Served, refusal


async def page(hub: Served, size: int = 0, token: str = "", principal: str = "admin", **facts: Any) -> Any:
    asked = refusal_pb2.PageRequest(page_size=size, page_token=token)
    return await hub.rpc("NetworkService.GetNetwork", principal)(pb.GetNetworkRequest(page=asked, **facts))


async def paged(hub: Served, size: int, principal: str = "admin") -> tuple[pb.Network, list[int]]:
    """Everything a caller sees, page by page, and how many parts each page had."""
    whole, sizes, token = pb.Network(), [], ""
    while True:
        answer = await page(hub, size, token, principal)
        sizes.append(sum(len(value) for field, value in answer.network.ListFields() if field.is_repeated))
        whole.MergeFrom(answer.network)
        token = answer.next_page_token
        if not token:
            return whole, sizes


@pytest.mark.parametrize("principal", ["admin", "other-node"])
async def test_pages_make_up_what_a_caller_sees(hub: Served, principal: str) -> None:
    whole = (await page(hub, principal=principal)).network
    read, sizes = await paged(hub, 3, principal)

    assert read == whole
    assert len(sizes) > 1
    assert set(sizes[:-1]) == {3}


async def test_kinds_of_parts_are_read_alone(hub: Served) -> None:
    whole = (await page(hub)).network
    answer = await page(hub, parts=[pb.NETWORK_PART_LANES, pb.NETWORK_PART_CALENDARS])

    assert answer.network == pb.Network(lanes=whole.lanes, calendars=whole.calendars, version=whole.version)


async def test_a_page_of_another_version_is_refused(hub: Served) -> None:
    token = (await page(hub, 2)).next_page_token
    request = pb.CloseNodeRequest(request_id=str(uuid4()), node_id="DC-NL")
    await hub.rpc("NetworkService.CloseNode")(request)

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await page(hub, 2, token)

    assert refusal(refused.value)[:2] == (grpc.StatusCode.ABORTED, "STATE_CHANGED")


async def test_a_repeat_of_a_closing_returns_the_version_that_it_made(hub: Served) -> None:
    request = pb.CloseNodeRequest(request_id=str(uuid4()), node_id="DC-NL")
    first = await hub.rpc("NetworkService.CloseNode")(request)
    await hub.rpc("NetworkService.CloseNode")(pb.CloseNodeRequest(request_id=str(uuid4()), node_id="ST-LON"))

    assert await hub.rpc("NetworkService.CloseNode")(request) == first


async def test_documents_of_the_network_are_read_once_however_often_it_is_asked_for(
    hub: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    await page(hub)
    read: list[int] = []
    current = networks.current

    async def counted(tx: Tx) -> Network:
        read.append(1)
        return await current(tx)

    monkeypatch.setattr(networks, "current", counted)

    for _ in range(5):
        await page(hub)

    assert read == []


def test_a_page_ends_before_it_is_too_large_for_a_message() -> None:
    network = network_of()
    text = "x" * (LARGEST_PAGE_BYTES // 3)
    nodes = {name: replace(node, attributes={"text": text}) for name, node in network.nodes.items()}
    wide = replace(network, nodes=nodes)

    shown: list[list[str]] = []
    start: int | None = 0
    while start is not None:
        message, start = network_page_to_pb(wide, ["nodes"], start, 100)
        shown.append([node.node_id for node in message.nodes])
        assert message.ByteSize() <= LARGEST_PAGE_BYTES

    assert [name for names in shown for name in names] == list(wide.nodes)
    assert len(shown[0]) == 2
