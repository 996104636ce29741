"""No field of an order is taken and forgotten: partners read it, or it changes what becomes of the order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import grpc
import pytest

from crossdock.inventory.v1 import supply_pb2
from crossdock.orders.v1 import orders_pb2 as pb
from tests.unit.api.serving import Served, placing, refusal
from tests.walks.accepted_orders import CARRIED, OBEYED, SHOWN, Obeyed, add_amounts
from tests.walks.fields import put, shows, value_paths
from tests.walks.outside import Outside, listening

LONG = timedelta(days=2)
"""Until every order has shipped that may."""


@pytest.fixture
def outside() -> Iterator[Outside]:
    with listening() as made:
        yield made


def test_each_field_of_an_order_is_carried_or_obeyed() -> None:
    rows = [*CARRIED, *OBEYED, *SHOWN]

    assert sorted(rows) == value_paths(pb.OrderDraft())


async def test_what_partners_are_to_read_reaches_them(hub: Served, outside: Outside) -> None:
    request = placing()
    add_amounts(request.order)
    for path, (value, _) in CARRIED.items():
        put(request.order, path, value)

    await hub.rpc("OrderService.PlaceOrder", "channel")(request)
    await hub.world.settle()
    await hub.world.advance(LONG)

    unread = {path: row for path, row in CARRIED.items() if row[1] not in outside.readers(row[0])}
    assert not unread


async def test_what_is_obeyed_changes_what_becomes_of_an_order(hub: Served, outside: Outside) -> None:
    await hub.world.stock("SHIRT", "DC-NL", 900)
    await hub.world.stock("CUP", "DC-NL", 9)
    kept = supply_pb2.Protection(node_id="DC-NL", sku="CUP", demand_class="B2B", quantity=9)
    await hub.rpc("SupplyService.PutProtections")(
        supply_pb2.PutProtectionsRequest(request_id=str(uuid4()), protections=[kept])
    )
    await hub.world.items("NONE-LEFT")
    rows = {"nothing": Obeyed(lambda order: None), **OBEYED}
    pairs = {path: [await placed(hub, row, changed=changed) for changed in (False, True)] for path, row in rows.items()}
    await hub.world.settle()
    await hub.world.advance(LONG)
    outcomes = {path: [await outcome(hub, outside, order) for order in pair] for path, pair in pairs.items()}

    assert [path for path, (before, after) in outcomes.items() if before == after] == ["nothing"]


def test_what_is_shown_elsewhere_is_shown_there() -> None:
    assert not [path for path, test in SHOWN.items() if not shows(test, path)]


async def placed(hub: Served, row: Obeyed, *, changed: bool) -> str:
    """Place an order and return its id, or the reason why it was refused."""
    request = placing(reference=str(uuid4()))
    row.given(request.order)
    if changed:
        row.changed(request.order)
    try:
        answer = await hub.rpc("OrderService.PlaceOrder", "channel")(request)
    except grpc.aio.AioRpcError as error:
        return refusal(error)[1]
    return str(answer.order.order_id)


async def outcome(hub: Served, outside: Outside, order: str) -> list[str]:
    """What became of an order: what partners were told, what happened and why it waits, or why it was refused."""
    try:
        order_id = UUID(order)
    except ValueError:
        return [order]
    holds = [hold.reason for hold in (await hub.world.case(order_id)).holds]
    return [*outside.told_of(order), *sorted(await hub.world.events(order_id)), *holds]
