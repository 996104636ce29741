"""What an operator keeps in versions is replaced only in the version that was read, where the caller names one."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import grpc
import pytest

from crossdock.catalog.v1 import catalog_pb2
from crossdock.common.v1 import errors_pb2
from crossdock.returns.v1 import returns_pb2
from crossdock.rules.v1 import scenarios_pb2
from tests.unit.api.serving import Served, refusal

CHANGED = (grpc.StatusCode.ABORTED, "STATE_CHANGED")


async def outdated(hub: Served, rpc: str, request: Any) -> tuple[grpc.StatusCode, str]:
    request.request_id = str(uuid4())
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc(rpc)(request)
    return refusal(refused.value)[:2]


async def test_an_item_is_replaced_only_in_the_version_that_was_read(hub: Served) -> None:
    async def put(title: str, expected: int) -> catalog_pb2.PutItemResult:
        request = catalog_pb2.PutItemsRequest(request_id=str(uuid4()))
        request.items.add(sku="HAT", title=title, version=expected)
        result: catalog_pb2.PutItemResult = (await hub.rpc("CatalogService.PutItems")(request)).results[0]
        return result

    results = [await put(*one) for one in (("Hat", 0), ("Hat", 1), ("Cap", 1), ("Bonnet", 0), ("Beret", 2))]
    stored = (await hub.rpc("CatalogService.GetItem")(catalog_pb2.GetItemRequest(sku="HAT"))).item

    assert [one.item.version for one in results[:-1]] == [1, 1, 2, 3]
    assert results[-1].refusal.reason == errors_pb2.ERROR_REASON_STATE_CHANGED
    assert (stored.title, stored.version) == ("Bonnet", 3)


async def test_return_policies_are_replaced_only_in_the_version_that_was_read(hub: Served) -> None:
    async def put(days: int, expected: int) -> int:
        policy = returns_pb2.ReturnPolicy(policy_id="all", window_days=days, return_days=30)
        request = returns_pb2.PutReturnPoliciesRequest(
            request_id=str(uuid4()), policies=[policy], expected_version=expected
        )
        version: int = (await hub.rpc("ReturnService.PutReturnPolicies")(request)).version
        return version

    assert [await put(30, 0), await put(40, 1), await put(50, 0)] == [1, 2, 3]
    request = returns_pb2.PutReturnPoliciesRequest(expected_version=2)
    assert await outdated(hub, "ReturnService.PutReturnPolicies", request) == CHANGED


async def test_a_scenario_is_replaced_only_in_the_version_that_was_read(hub: Served) -> None:
    scenario = scenarios_pb2.AvailabilityScenario(
        scenario_id="summer", kind=scenarios_pb2.SCENARIO_KIND_MERCHANDISING, title="Summer"
    )
    scenario.rules.add(rule_id="all", condition="true")

    async def put(title: str, expected: int) -> int:
        scenario.title = title
        request = scenarios_pb2.PutScenarioRequest(
            request_id=str(uuid4()), scenario=scenario, expected_version=expected
        )
        version: int = (await hub.rpc("AvailabilityRuleService.PutScenario")(request)).scenario.version
        return version

    assert [await put("one", 0), await put("two", 1), await put("two", 2)] == [1, 2, 2]
    request = scenarios_pb2.PutScenarioRequest(scenario=scenario, expected_version=1)
    assert await outdated(hub, "AvailabilityRuleService.PutScenario", request) == CHANGED
