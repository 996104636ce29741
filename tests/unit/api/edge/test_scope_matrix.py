"""Every rpc, asked with every role and a scope in which nothing lies: nothing told, nothing changed.

The requests are made from the contracts and name what is there; that each is sound is shown by asking it again as the
administrator.
"""

from __future__ import annotations

from collections.abc import AsyncIterable
from typing import Any
from uuid import uuid4

import grpc
import pytest
from google.protobuf.message import Message

from crossdock.network.v1 import network_pb2
from hub.api.servicers import SERVICES
from tests.unit.api.serving import Served
from tests.walks.bases import base
from tests.walks.requests import facts

SHARED = {
    "AdapterStateService": "keeps entries of accounts, which belong to adapters and to no channel or node",
    "CatalogService": "is shared by all channels and nodes",
    "AdminService.AdvanceTime": "moves time for the whole installation, for administrators alone",
    "AdminService.GetStatus": "counts over the whole installation",
    "AdminService.RunAudit": "counts over the whole installation",
}
"""What has no scope, and why; roles alone decide there."""

RPCS = [f"{name}.{method.name}" for name, service in SERVICES.items() for method in service.methods]
MATRIX = [rpc for rpc in RPCS if rpc not in SHARED and rpc.split(".")[0] not in SHARED]
SECRETS = ("W-1", "ST-AMS", "Visser", "ada@example.com")
LISTENED_SECONDS = 0.3
"""How long an endless answer is listened to."""


async def answer(hub: Served, rpc: str, principal: str, known: dict[str, str]) -> tuple[grpc.StatusCode, str]:
    """Status and text of an answer or refusal; of a stream the text of all that came."""
    service, name = rpc.split(".")
    method = SERVICES[service].methods_by_name[name]
    request: Any = base(method, known).messages
    call = hub.rpc(rpc, principal)
    try:
        if not method.server_streaming:
            return grpc.StatusCode.OK, str(await call(*request))
        answers = call(iter(request)) if method.client_streaming else call(*request, timeout=LISTENED_SECONDS)
        return await streamed(answers)
    except grpc.aio.AioRpcError as error:
        return error.code(), error.details() or ""


async def streamed(answers: AsyncIterable[Message]) -> tuple[grpc.StatusCode, str]:
    """Status and text of what a stream says until it ends, or for as long as one listens."""
    said = []
    try:
        async for message in answers:
            said.append(str(message))  # noqa: PERF401 - what came before an end by time counts
    except grpc.aio.AioRpcError as error:
        if error.code() is not grpc.StatusCode.DEADLINE_EXCEEDED:
            raise
    return grpc.StatusCode.OK, "".join(said)


@pytest.mark.parametrize("rpc", MATRIX)
async def test_who_has_no_scope_is_told_nothing_and_changes_nothing(hub: Served, rpc: str) -> None:
    known = await facts(hub)
    before = await state(hub)

    code, text = await answer(hub, rpc, "stranger", known)

    assert code in {grpc.StatusCode.OK, grpc.StatusCode.NOT_FOUND, grpc.StatusCode.PERMISSION_DENIED}, text
    told = text if code is grpc.StatusCode.OK else ""
    for name in ("tote_id", "transfer_id"):  # a refusal names what was asked
        told = told.replace(known[name], "")
    assert not [secret for secret in (*SECRETS, known["order_id"][:18]) if secret in told]
    assert await state(hub) == before

    mine, said = await answer(hub, rpc, "admin", known)
    assert mine is not grpc.StatusCode.INVALID_ARGUMENT, said
    assert said or not SERVICES[rpc.split(".", maxsplit=1)[0]].methods_by_name[rpc.split(".")[1]].server_streaming


@pytest.mark.parametrize(
    "rpc",
    [
        "OrderService.PlaceOrder",
        "OrderService.PlaceOrders",
        "AdoptionService.AdoptOrders",
        "ReservationService.ReserveStock",
        "PromisingService.QuotePromises",
        "InventoryService.GetAvailability",
        "SupplyService.PutProtections",
    ],
)
async def test_who_is_bound_to_another_seller_does_nothing_in_a_channel_of_this_one(hub: Served, rpc: str) -> None:
    known = await facts(hub)
    before = await state(hub)

    code, text = await answer(hub, rpc, "other-seller", known)

    assert "is not a channel that you may" in text, (code, text)
    assert await state(hub) == before


async def test_what_adapters_are_told_in_profiles_is_shown_to_administrators_alone(hub: Served) -> None:
    reading = network_pb2.GetNetworkRequest()
    network = (await hub.rpc("NetworkService.GetNetwork")(reading)).network
    network.accounts[0].profile_json = '{"key": "k1"}'
    await hub.rpc("NetworkService.PutNetwork")(network_pb2.PutNetworkRequest(request_id=str(uuid4()), network=network))

    shown = {
        principal: str(await hub.rpc("NetworkService.GetNetwork", principal)(reading))
        for principal in ("admin", "viewer", "service")
    }

    assert {principal for principal, network in shown.items() if "k1" in network} == {"admin"}
    assert len({text.count("accounts {") for text in shown.values()}) == 1


async def state(hub: Served) -> list[Any]:
    """What a change would change."""
    return [
        await hub.world.rows("SELECT order_id, version, state FROM orders ORDER BY order_id"),
        await hub.world.rows("SELECT * FROM stock ORDER BY sku, node_id"),
        await hub.world.rows("SELECT * FROM reservation ORDER BY reservation_id"),
        await hub.world.rows("SELECT * FROM supply ORDER BY supply_id"),
        await hub.world.rows("SELECT * FROM protection"),
        await hub.world.rows("SELECT * FROM transfer JOIN transfer_line USING (transfer_id) ORDER BY transfer_id, sku"),
        await hub.world.rows("SELECT * FROM conditioned_stock WHERE on_hand > 0"),
        await hub.world.rows("SELECT document_id, state FROM document ORDER BY document_id"),
        await hub.world.rows("SELECT * FROM exception_record ORDER BY exception_id"),
        await hub.world.rows("SELECT max(version) AS version FROM network"),
        await hub.world.rows("SELECT party_id, erased_at FROM party ORDER BY party_id"),
        await hub.world.rows("SELECT * FROM tote ORDER BY tote_id"),
        await hub.world.rows("SELECT * FROM webhook ORDER BY webhook_id"),
        await hub.world.rows("SELECT * FROM order_change ORDER BY change_id"),
        await hub.world.rows("SELECT * FROM withdrawal ORDER BY withdrawal_id"),
        await hub.world.rows("SELECT * FROM claim ORDER BY claim_id"),
        await hub.world.rows("SELECT * FROM balance ORDER BY balance_id"),
        await hub.world.rows("SELECT * FROM credit_account ORDER BY credit_account_id"),
    ]


def test_what_has_no_scope_is_listed_with_its_reason() -> None:
    named = {rpc for rpc in RPCS if rpc in SHARED or rpc.split(".")[0] in SHARED}

    assert len(MATRIX) + len(named) == len(RPCS)
    assert len(named) < len(MATRIX)
