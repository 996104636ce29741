"""Values that are stated are obeyed: with another one a request is refused, or other orders or partners are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import grpc
from google.protobuf.message_factory import GetMessageClass

from crossdock.orders.v1 import bulk_service_pb2, orders_pb2
from crossdock.returns.v1 import returns_pb2, totes_pb2
from hub.api.servicers import SERVICES
from tests.unit.api.serving import Served, refusal
from tests.walks.fields import put
from tests.walks.outside import Outside, listening
from tests.walks.requests import fill
from tests.walks.shown_values import ASKED, CHOSEN, REFUSED


async def test_a_request_with_another_value_is_refused(hub: Served) -> None:
    known = await facts(hub)
    taken = []
    for rpc, values in REFUSED.items():
        for path, value in values.items():
            request = sound(rpc, known)
            put(request, path, value)
            taken += [] if await reasons(hub, rpc, request) else [(rpc, path)]
        answer = await hub.rpc(rpc)(sound(rpc, known))
        assert not refused(answer), (rpc, answer)
        learn(known, answer)

    assert not taken


async def test_a_selection_with_another_value_chooses_no_order(hub: Served) -> None:
    order = await hub.place()
    await hub.world.settle()
    values = {"channel_reference": order.channel_reference}

    chosen = {
        name: [await selected(hub, name, value) for value in (values.get(name, given), other)]
        for name, (given, other) in CHOSEN.items()
    }

    assert chosen == {name: [1, 0] for name in CHOSEN}


async def test_a_hold_is_put_and_ended_by_its_type_and_by_no_dry_run(hub: Served) -> None:
    order = await hub.place()
    fraud = orders_pb2.HOLD_TYPE_FRAUD
    steps: list[tuple[str, dict[str, Any]]] = [
        ("HoldOrders", {"dry_run": True, "type": fraud, "reason": "Looks odd."}),
        ("HoldOrders", {"type": fraud, "reason": "Looks odd."}),
        ("ResumeOrders", {}),
        ("ResumeOrders", {"dry_run": True, "type": fraud}),
        ("ResumeOrders", {"type": fraud}),
    ]

    held = []
    for rpc, values in steps:
        selection = bulk_service_pb2.OrderSelection(order_ids=[order.order_id])
        request = getattr(bulk_service_pb2, f"{rpc}Request")(request_id=str(uuid4()), selection=selection, **values)
        await hub.rpc(f"BulkService.{rpc}")(request)
        holds = (await hub.world.case(UUID(order.order_id))).holds
        held.append([hold.type.value for hold in holds if hold.status.value == "ACTIVE"])

    assert held == [[], ["FRAUD"], ["FRAUD"], ["FRAUD"], []]


async def test_a_channel_without_a_partner_asks_none(hub: Served) -> None:
    with listening() as outside:
        everybody, heard = await asked(hub, outside), {}
        for field in ASKED:
            await hub.world.network(channel={field: ""})
            heard[field] = await asked(hub, outside)

    assert everybody >= set(ASKED.values())
    assert all(rpcs and ASKED[field] not in rpcs for field, rpcs in heard.items()), heard


async def asked(hub: Served, outside: Outside) -> set[str]:
    """Place an order, and return the rpcs of partners that hear of it before it ships."""
    order = await hub.place(reference=str(uuid4()), quantity=1)
    await hub.world.settle()
    return {told.partition(" ")[0] for told in outside.told_of(order.order_id)}


async def facts(hub: Served) -> dict[str, Any]:
    """Return what sound requests name: a delivered order, and two returns of it."""
    order = await hub.place(quantity=3)
    await hub.world.advance(timedelta(days=2))
    request = returns_pb2.AuthorizeReturnsRequest(request_id=str(uuid4()))
    for _ in range(2):
        request.drafts.add(order_id=order.order_id).lines.add(line_number=1, quantity=1)
    alone, in_tote = (await hub.rpc("ReturnService.AuthorizeReturns")(request)).results
    return {
        "node_id": "DC-NL",
        "to_node_id": "DC-NL",
        "sku": "SHIRT",
        "channel_id": "WEB-NL",
        "account_id": "wms",
        "return_id": alone.rma.return_id,
        "handed_in": in_tote.rma.return_id,
    }


def sound(rpc: str, known: Mapping[str, Any]) -> Any:
    """Return a request that is taken after those before it."""
    service, method = rpc.split(".")
    request: Any = GetMessageClass(SERVICES[service].methods_by_name[method].input_type)()
    match method:
        case "IssueReturnCodes":
            request.request_id = str(uuid4())
            request.return_ids.append(known["handed_in"])
        case "ScanReturns":
            request.request_id = str(uuid4())
            scan = request.scans.add(tote_id=known["tote_id"], code=known["code"], scan_reference="S-1")
            scan.units.add(line_number=1, quantity=1)
        case _:
            fill(request, dict(known), required_only=False)
    return request


async def reasons(hub: Served, rpc: str, request: Any) -> list[str]:
    """Return why a request, or an element of it, is refused."""
    try:
        return refused(await hub.rpc(rpc)(request))
    except grpc.aio.AioRpcError as error:
        return [refusal(error)[1]]


def refused(answer: Any) -> list[str]:
    return [str(result.refusal) for result in getattr(answer, "results", ()) if result.HasField("refusal")]


def learn(known: dict[str, Any], answer: Any) -> None:
    """Keep what later requests name."""
    for result in getattr(answer, "results", ()):
        if isinstance(result, totes_pb2.ToteResult):
            known["tote_id"] = result.tote.tote_id
        elif isinstance(result, totes_pb2.IssueReturnCodeResult):
            known["code"] = result.code.code


async def selected(hub: Served, name: str, value: object) -> int:
    """Return how many orders a selection chooses."""
    request = bulk_service_pb2.CancelOrdersRequest(request_id=str(uuid4()), reason="recall", dry_run=True)
    setattr(request.selection, name, value)
    return len((await hub.rpc("BulkService.CancelOrders")(request)).results)
