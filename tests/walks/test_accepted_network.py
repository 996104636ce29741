"""What the network states is obeyed: with another value the hub answers otherwise, or refuses the network."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import grpc

from crossdock.admin.v1 import admin_pb2
from crossdock.network.v1 import network_pb2 as pb
from crossdock.returns.v1 import returns_pb2
from hub.connect.line import Line
from tests.support.drafts import item
from tests.unit.api.serving import Served, refusal
from tests.walks.accepted_network import OBEYED, Change, Obeyed
from tests.walks.outside import Outside, listening

PULL = "warehouse.PullUpdates"


async def test_what_a_network_states_changes_what_the_hub_answers(hub: Served) -> None:
    await come_back(hub)
    stated = await in_force(hub)
    unchanged = {row.probe.__name__: Obeyed(row.probe, lambda network: None) for row in OBEYED.values()}
    rows = {**OBEYED, **unchanged}
    alike = []
    for field, row in rows.items():
        before = await answered(hub, stated, row, row.given)
        after = await answered(hub, stated, row, row.given, row.changed)
        alike += [field] if before == after else []

    assert alike == list(unchanged)


async def test_an_account_is_asked_from_where_its_cursor_was_moved_to_and_at_its_interval(hub: Served) -> None:
    network = await in_force(hub)
    account = next(account for account in network.accounts if account.account_id == "wms")
    pulls = []
    for minutes in (0, 10):
        account.poll_interval.FromTimedelta(timedelta(minutes=minutes))
        await put(hub, network)
        with listening() as outside:
            await move(hub, "0")
            await hub.world.advance(timedelta(minutes=35))
        pulls.append(len(asked_from(outside)))
    with listening() as outside:
        await move(hub, "77")
        await hub.world.settle()

    assert pulls == [1, 4]
    assert asked_from(outside) == ["77"]


async def test_an_account_is_given_no_more_calls_at_a_time_than_it_takes(hub: Served) -> None:
    network = await in_force(hub)
    account = next(account for account in network.accounts if account.account_id == "screening")
    most = []
    for allowed in (3, 1):
        account.max_in_flight = allowed
        await put(hub, network)
        for _ in range(5):
            await hub.place(reference=str(uuid4()), quantity=1)
        most.append(await most_at_a_time(hub, "screening"))

    assert most == [3, 1]


async def come_back(hub: Served) -> None:
    """Have a customer return a shirt of a delivered order."""
    await hub.world.items(item("SHIRT", "50.00"))
    order = await hub.place(quantity=1)
    await hub.world.advance(timedelta(days=2))
    request = returns_pb2.AuthorizeReturnsRequest(request_id=str(uuid4()))
    request.drafts.add(order_id=order.order_id).lines.add(line_number=1, quantity=1)
    await hub.rpc("ReturnService.AuthorizeReturns")(request)


async def in_force(hub: Served) -> pb.Network:
    network: pb.Network = (await hub.rpc("NetworkService.GetNetwork")(pb.GetNetworkRequest())).network
    return network


async def put(hub: Served, network: pb.Network) -> None:
    await hub.rpc("NetworkService.PutNetwork")(pb.PutNetworkRequest(request_id=str(uuid4()), network=network))


async def answered(hub: Served, stated: pb.Network, row: Obeyed, *changes: Change) -> object:
    """Return what a changed network has the hub answer, or why it is refused."""
    network = pb.Network()
    network.CopyFrom(stated)
    for change in changes:
        change(network)
    try:
        await put(hub, network)
        return await row.probe(hub)
    except grpc.aio.AioRpcError as error:
        return refusal(error)[1]


async def move(hub: Served, cursor: str) -> None:
    """Move the cursor of the warehouse's account."""
    request = admin_pb2.MovePollCursorRequest(request_id=str(uuid4()), account_id="wms", cursor=cursor)
    await hub.rpc("AdminService.MovePollCursor")(request)


def asked_from(outside: Outside) -> list[str]:
    """Return the cursors from which the warehouse was asked for updates."""
    pulls: list[Any] = [request for rpc, request in outside.requests if rpc == PULL]
    return [pull.pull.cursor for pull in pulls]


async def most_at_a_time(hub: Served, account_id: str) -> int:
    """Return how many calls to an account were open at a time while all work was done."""
    calls, most, reply = 0, 0, Line.reply

    async def counted(self: Line, account: str, *request: Any, **rest: Any) -> Any:
        nonlocal calls, most
        calls += account == account_id
        most = max(most, calls)
        try:
            return await reply(self, account, *request, **rest)
        finally:
            calls -= account == account_id

    with patch.object(Line, "reply", counted):
        await hub.world.settle()
    return most
