"""Every refusal over HTTP is a google.rpc.Status with its reason, and has the status code of HTTP that fits."""

from __future__ import annotations

import json
from typing import Any, Final

import httpx

from hub.api.web.routes import PUBLIC, Route, routes_of
from tests.unit.api.serving import placing
from tests.unit.api.web.speaking import as_json, client, told

ROUTES: Final = [next(iter(routes_of(rpc))) for service in PUBLIC for rpc in service.methods]
UNARY: Final = [route for route in ROUTES if not route.rpc.server_streaming]
NAMES: Final = {f"{route.rpc.containing_service.name}.{route.rpc.name}": route for route in UNARY}


async def ask(web: httpx.AsyncClient, route: Route, **fields: Any) -> httpx.Response:
    path = route.template
    for name in route.variables:
        path = path.replace(f"{{{name}}}", "x")
    if route.body:
        return await web.request(route.verb, path, json=fields)
    return await web.request(route.verb, path, params=fields)


async def test_every_call_without_a_token_is_refused_with_its_reason(port: int) -> None:
    async with client(port, "") as nobody:
        ends = {name: told(await ask(nobody, route)) for name, route in NAMES.items()}

    assert len(ends) > 90
    assert {name: end for name, end in ends.items() if end != (401, "UNAUTHENTICATED", [])} == {}


async def test_every_call_with_an_unknown_field_is_refused_by_its_name(web: httpx.AsyncClient) -> None:
    ends = {name: told(await ask(web, route, coulour="red")) for name, route in NAMES.items()}

    assert {name: end for name, end in ends.items() if end != (400, "INVALID_FIELD", ["coulour"])} == {}


async def test_every_call_of_somebody_who_may_not_says_so(port: int) -> None:
    async with client(port, "adapter:double_channel") as adapter:
        ends = {name: told(await ask(adapter, route)) for name, route in NAMES.items()}

    assert ends["OrderService.GetOrder"] == (403, "PERMISSION_DENIED", [])
    assert not {name for name, end in ends.items() if not end[1]}


VALUES: Final[list[tuple[dict[str, Any], str]]] = [
    ({"colour": "red"}, "colour"),
    ({"order": {"lines": [{"skuu": "A"}]}}, "order.lines[0].skuu"),
    ({"order": {"lines": [{"sku": 1}]}}, "order.lines[0].sku"),
    ({"order": {"lines": [{"quantity": "two"}]}}, "order.lines[0].quantity"),
    ({"order": {"lines": [{"quantity": True}]}}, "order.lines[0].quantity"),
    ({"order": {"lines": [{"quantity": 1.5}]}}, "order.lines[0].quantity"),
    ({"order": {"lines": [{"quantity": 10**30}]}}, "order.lines[0].quantity"),
    ({"order": {"lines": {}}}, "order.lines"),
    ({"order": []}, "order"),
    ({"order": None}, "order"),
    ({"order": {"channelId": "A", "channel_id": "B"}}, "order.channel_id"),
    ({"order": {"instruments": [{"holder": "NOBODY"}]}}, "order.instruments[0].holder"),
    ({"order": {"instruments": [{"holder": 1}]}}, "order.instruments[0].holder"),
    ({"order": {"customer": {"name": "\ud800"}}}, "order.customer.name"),
    ({"order": {"customer": {"name": "a\0b"}}}, "order.customer.name"),
    ({"message": {}}, "message"),
    ({"self": {}}, "self"),
]
"""What is put into a sound request, and the path of the field it is refused by."""
BODIES: Final = [
    (b"", "request_id"),
    (b"[]", "request"),
    (b"null", "request"),
    (b'{"request_id": "a", "request_id": "b"}', "request_id"),
    (b'{"order": {"message": 1, "message": 2}}', "message"),
    (b'{"order": {"lines": [NaN]}}', "request"),
    (b'{"order"', "request"),
    (b'\xff\xfe{"order": {}}', "request"),
    ('{"requestId": "a"}'.encode("utf-16"), "request"),
    (b'\xef\xbb\xbf{"requestId": "a"}', "request"),
    (b"[" * 100_000, "request"),
    (b'{"order":' * 100_000, "request"),
    (b'{"order": {"lines": [' + b"9" * 100_000 + b"]}}", "request"),
]
"""What is no sound body, and the field it is refused by."""


async def test_a_value_that_the_contract_lacks_is_refused_by_its_path(web: httpx.AsyncClient) -> None:
    for change, field in VALUES:
        request = as_json(placing())
        for name, value in change.items():
            request[name] = request.get(name, {}) | value if isinstance(value, dict) and value else value
        answer = await web.post("/v1/orders", content=json.dumps(request), headers={"content-type": "application/json"})

        assert told(answer)[:2] == (400, "INVALID_FIELD"), (change, answer.text)
        assert field in told(answer)[2], (change, answer.text)


async def test_a_body_that_is_no_sound_json_is_refused(web: httpx.AsyncClient) -> None:
    for content, field in BODIES:
        answer = await web.post("/v1/orders", content=content, headers={"content-type": "application/json"})

        assert told(answer)[:2] == (400, "INVALID_FIELD"), (content[:40], answer.text)
        assert field in told(answer)[2], (content[:40], answer.text)


async def test_what_the_address_gets_wrong_has_a_reason_too(web: httpx.AsyncClient) -> None:
    unknown = await web.get("/v2/orders")
    verb = await web.delete("/v1/orders")
    inward = await web.post("/crossdock.adapter.v1.AdapterStateService/GetState", json={})
    text = await web.get("/v1/items/%ff")
    query = await web.get("/v1/items?%ff=1")
    twice = await web.get("/v1/orders?channel_id=A&channelId=B")
    both = await web.post("/v1/orders?order=1", json={})

    assert told(unknown) == (404, "PATH_UNKNOWN", [])
    assert (*told(verb), verb.headers["allow"]) == (405, "METHOD_NOT_ALLOWED", [], "GET, POST")
    assert told(inward) == (404, "PATH_UNKNOWN", [])
    assert told(text) == (400, "INVALID_FIELD", ["sku"])
    assert told(query) == (400, "INVALID_FIELD", ["query"])
    assert told(twice) == (400, "INVALID_FIELD", ["channelId"])
    assert told(both) == (400, "INVALID_FIELD", ["query"])


async def test_a_body_in_another_form_is_not_guessed_at(web: httpx.AsyncClient) -> None:
    kinds = ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1"]

    answers = [await web.post("/v1/orders", content=b"{}", headers={"content-type": kind}) for kind in kinds]
    packed = await web.post(
        "/v1/orders", content=b"{}", headers={"content-type": "application/json", "content-encoding": "gzip"}
    )

    assert {told(answer)[:2] for answer in [*answers, packed]} == {(415, "MEDIA_TYPE_UNSUPPORTED")}


async def test_a_field_of_the_path_may_not_be_in_the_body(web: httpx.AsyncClient) -> None:
    answer = await web.post("/v1/reservations/7:extend", json={"reservationId": "8"})

    assert told(answer) == (400, "INVALID_FIELD", ["reservationId"])


async def test_a_hub_at_its_limit_says_when_to_come_again(web: httpx.AsyncClient, hub: Any) -> None:
    hub.rpcs.wrapper._shedding._inside = 10**6

    answer = await web.get("/v1/items/SHIRT")

    hub.rpcs.wrapper._shedding._inside = 0
    assert told(answer)[:2] == (429, "OVERLOADED")
    assert int(answer.headers["retry-after"]) >= 1
