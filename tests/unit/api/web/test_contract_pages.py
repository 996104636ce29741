"""The contract over HTTP is served to whoever looks, is sound OpenAPI, and fits what the hub takes and sends."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import httpx
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from hub.api.web.pages import PAGES
from hub.api.web.routes import PUBLIC, routes_of
from tests.unit.api.serving import placing
from tests.unit.api.web.speaking import as_json, client

DOCUMENT: Final[dict[str, Any]] = json.loads(PAGES["/openapi.json"].content)


def test_the_document_is_sound_openapi_and_has_every_rpc() -> None:
    validate(DOCUMENT)
    served = {way.template for service in PUBLIC for rpc in service.methods for way in [next(routes_of(rpc))]}

    assert DOCUMENT["openapi"] == "3.1.0"
    assert DOCUMENT["paths"].keys() == served | {"/health"}


def test_the_page_for_people_needs_nothing_from_elsewhere() -> None:
    page = PAGES["/docs"].content.decode()

    assert "<script" not in page
    assert not re.findall(r"""(?:src|href)=["'](?!#|/openapi\.json)""", page)
    assert "/v1/orders/{order_id}" in page


def test_rules_of_fields_are_in_the_document() -> None:
    line = DOCUMENT["components"]["schemas"]["orders.v1.OrderLineDraft"]

    assert (line["properties"]["sku"]["minLength"], line["properties"]["sku"]["maxLength"]) == (1, 80)
    assert line["properties"]["quantity"]["minimum"] == 1
    assert set(line["required"]) >= {"sku", "quantity"}
    assert line["additionalProperties"] is False


async def test_anybody_may_read_both(port: int) -> None:
    async with client(port, "") as nobody:
        document, page = await nobody.get("/openapi.json"), await nobody.get("/docs")

    assert document.json() == DOCUMENT
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in page.headers["content-security-policy"]


async def test_a_placed_order_fits_the_document_both_ways(web: httpx.AsyncClient) -> None:
    request = as_json(placing("D-1"))
    answer = await web.post("/v1/orders", json=request)

    assert not list(faults("orders.v1.PlaceOrderRequest", request))
    assert not list(faults("orders.v1.PlaceOrderResponse", answer.json()))
    assert list(faults("orders.v1.PlaceOrderRequest", request | {"colour": "red"}))
    assert list(faults("orders.v1.PlaceOrderRequest", {"order": request["order"]}))


def faults(name: str, value: Any) -> Any:
    schema = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    return Draft202012Validator(schema).iter_errors(value)
