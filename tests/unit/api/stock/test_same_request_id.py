"""A request_id is one principal's own, and is forgotten after its time: a change under it takes effect all the same."""

from __future__ import annotations

from typing import Any, Final

import pytest

from crossdock.inventory.v1 import inventory_pb2, supply_pb2
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served

REQUEST_ID: Final = "0192f7a0-0000-7000-8000-000000000001"


def adjusting() -> Any:
    request = inventory_pb2.AdjustStockRequest(request_id=REQUEST_ID)
    request.adjustments.add(sku="SHIRT", node_id="DC-NL", delta=1, cause="COUNT")
    return request


def changing() -> Any:
    request = supply_pb2.ChangeConditionsRequest(request_id=REQUEST_ID)
    request.changes.add(
        sku="SHIRT",
        node_id="DC-NL",
        from_condition=supply_pb2.CONDITION_SELLABLE,
        to_condition=supply_pb2.CONDITION_DAMAGED,
        quantity=1,
        cause="DROPPED",
    )
    return request


def keeping() -> Any:
    request = supply_pb2.PutProtectionsRequest(request_id=REQUEST_ID)
    request.protections.add(sku="SHIRT", node_id="DC-NL", channel_id="WEB-NL", quantity=2)
    return request


def slipping() -> Any:
    request = supply_pb2.SlipSupplyRequest(request_id=REQUEST_ID)
    slip = request.slips.add(key=KEY, reason="late ship")
    slip.expect_time.FromDatetime(TUESDAY)
    return request


KEY: Final = supply_pb2.SupplyKey(source="erp", reference="PO-1", line="10")
CHANGES: Final = {
    "InventoryService.AdjustStock": (adjusting, "warehouse"),
    "SupplyService.ChangeConditions": (changing, "service"),
    "SupplyService.PutProtections": (keeping, "service"),
    "SupplyService.SlipSupply": (slipping, "service"),
}
"""Rpc -> its request, and a second principal who may send it."""


async def supplied(hub: Served) -> None:
    request = supply_pb2.PutSupplyRequest(request_id=str(hub.world.identity()))
    put = request.supplies.add(key=KEY, kind=supply_pb2.SUPPLY_KIND_ON_ORDER, sku="SHIRT", node_id="DC-NL", quantity=9)
    put.expect_time.FromDatetime(TUESDAY)
    await hub.rpc("SupplyService.PutSupply")(request)


@pytest.mark.parametrize("rpc", CHANGES)
async def test_two_principals_may_use_the_same_request_id(hub: Served, rpc: str) -> None:
    await supplied(hub)
    make, other = CHANGES[rpc]

    answers = [await hub.rpc(rpc, principal)(make()) for principal in ("admin", other)]

    assert not [result for answer in answers for result in answer.results if result.HasField("refusal")]


@pytest.mark.parametrize("rpc", CHANGES)
async def test_a_request_id_that_was_forgotten_may_be_used_again(hub: Served, rpc: str) -> None:
    await supplied(hub)
    make, _ = CHANGES[rpc]
    await hub.rpc(rpc)(make())
    async with hub.world.database.transaction() as tx:
        await tx.execute("DELETE FROM request", {})

    answer = await hub.rpc(rpc)(make())

    assert not [result for result in answer.results if result.HasField("refusal")]
