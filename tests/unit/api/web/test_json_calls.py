"""Calls in JSON reach the same handlers as gRPC's, with the same identity, limits and answers."""

from __future__ import annotations

from uuid import uuid4

import grpc
import httpx

from crossdock.catalog.v1 import catalog_pb2
from hub.api.edge.parsing import Parser
from tests.unit.api.serving import Served, placing
from tests.unit.api.web.speaking import as_json, client, told

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"


async def test_an_order_is_placed_and_read_back(web: httpx.AsyncClient) -> None:
    placed = await web.post("/v1/orders", json=as_json(placing("J-1")))
    order_id = placed.json()["order"]["orderId"]
    read = await web.get(f"/v1/orders/{order_id}")

    assert (placed.status_code, read.status_code) == (200, 200)
    assert read.json()["order"]["channelReference"] == "J-1"
    assert read.json()["order"]["lines"][0]["sku"] == "SHIRT"


async def test_the_position_of_a_change_is_a_header(web: httpx.AsyncClient) -> None:
    placed = await web.post("/v1/orders", json=as_json(placing("J-2")))
    seen = await web.get(
        "/v1/availability",
        params={"skus": "SHIRT", "channel_id": "WEB-NL", "min_position": placed.headers["crossdock-position"]},
    )

    assert int(placed.headers["crossdock-position"]) > 0
    assert seen.status_code == 200, seen.text


async def test_a_repeat_over_the_other_transport_gets_the_stored_outcome(hub: Served, web: httpx.AsyncClient) -> None:
    request = placing("J-3")
    by_grpc = await hub.rpc("OrderService.PlaceOrder")(request)
    by_json = await web.post("/v1/orders", json=as_json(request))

    assert by_json.json()["order"]["orderId"] == by_grpc.order.order_id


async def test_an_rpc_is_reached_by_its_own_path_too(web: httpx.AsyncClient) -> None:
    answer = await web.post("/crossdock.catalog.v1.CatalogService/GetItem", json={"sku": "SHIRT"})

    assert answer.json()["item"]["sku"] == "SHIRT"


async def test_fields_without_a_value_are_in_answers(web: httpx.AsyncClient) -> None:
    answer = await web.get("/v1/orders", params={"channelId": "WEB-NL"})

    assert answer.json() == {"orders": [], "nextPageToken": ""}


async def test_a_slash_in_a_name_is_percent_encoded(web: httpx.AsyncClient) -> None:
    answer = await web.get("/v1/items/A%2FB%3A%C3%A9")

    assert told(answer) == (404, "UNKNOWN_SKU", [])
    assert "A/B:\u00e9" in answer.text


async def test_what_one_principal_may_not_see_is_not_there(hub: Served, web: httpx.AsyncClient, port: int) -> None:
    order = await hub.place(channel_reference="J-4")
    async with client(port, "other-shop") as other:
        hidden = await other.get(f"/v1/orders/{order.order_id}")

    assert told(hidden) == (404, "ORDER_NOT_FOUND", [])
    assert (await web.get(f"/v1/orders/{order.order_id}")).status_code == 200


async def test_a_deadline_that_passes_ends_a_call(web: httpx.AsyncClient) -> None:
    waiting = {"skus": "SHIRT", "min_position": str(10**15)}

    by_seconds = await web.get("/v1/availability", params=waiting, headers={"request-timeout": "1"})
    by_unit = await web.get("/v1/availability", params=waiting, headers={"grpc-timeout": "200m"})
    malformed = await web.get("/v1/items/SHIRT", headers={"request-timeout": "soon"})

    assert by_seconds.status_code in (400, 504)
    assert by_unit.status_code in (400, 504)
    assert told(malformed) == (400, "INVALID_FIELD", ["request-timeout"])


async def test_an_order_that_cannot_be_had_is_refused_as_over_grpc(web: httpx.AsyncClient) -> None:
    answer = await web.post("/v1/orders", json=as_json(placing("J-5", sku="NONE", request_id=str(uuid4()))))

    assert told(answer)[:2] == (404, "UNKNOWN_SKU")


async def test_a_failure_says_nothing_but_the_callers_trace(hub: Served, web: httpx.AsyncClient) -> None:
    async def fail(_: object, __: object) -> catalog_pb2.GetItemResponse:
        raise KeyError("Ada Visser")

    parser = Parser("CatalogService.GetItem", catalog_pb2.GetItemRequest.FromString)
    failing = hub.rpcs.wrapper.unary_unary(parser, fail)
    hub.rpcs._handlers["/crossdock.catalog.v1.CatalogService/GetItem"] = grpc.stream_unary_rpc_method_handler(failing)

    answer = await web.get("/v1/items/SHIRT", headers={"traceparent": f"00-{TRACE_ID}-b7ad6b7169203331-01"})

    assert told(answer) == (500, "", [])
    assert TRACE_ID in answer.json()["message"]
    assert "Ada" not in answer.text
