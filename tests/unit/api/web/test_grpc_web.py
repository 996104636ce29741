"""gRPC-Web, binary and as text: frames in, frames out, the status and its details in the last one."""

from __future__ import annotations

import base64

import httpx
import pytest
from google.rpc import error_details_pb2, status_pb2

from crossdock.catalog.v1 import catalog_pb2
from crossdock.orders.v1 import order_service_pb2
from tests.unit.api.serving import Served, placing

ITEM = "/crossdock.catalog.v1.CatalogService/GetItem"
PLACE = "/crossdock.orders.v1.OrderService/PlaceOrder"


def frame(message: bytes) -> bytes:
    return b"\0" + len(message).to_bytes(4, "big") + message


def frames(content: bytes) -> tuple[list[bytes], dict[str, str]]:
    """Return the messages and the trailers of a response."""
    messages, trailers = [], {}
    while content:
        kind, size = content[0], int.from_bytes(content[1:5], "big")
        if kind == 0:
            messages.append(content[5 : 5 + size])
        else:
            pairs = [line.split(": ", 1) for line in content[5 : 5 + size].decode().split("\r\n") if line]
            trailers = dict(pairs)
        content = content[5 + size :]
    return messages, trailers


async def ask(web: httpx.AsyncClient, path: str, message: bytes, *, text: bool = False) -> httpx.Response:
    kind = "application/grpc-web-text" if text else "application/grpc-web+proto"
    content = base64.b64encode(frame(message)) if text else frame(message)
    return await web.post(path, content=content, headers={"content-type": kind})


@pytest.mark.parametrize("text", [False, True])
async def test_a_call_is_answered_by_a_message_and_its_status(web: httpx.AsyncClient, text: bool) -> None:  # noqa: FBT001
    answer = await ask(web, PLACE, placing("W-1").SerializeToString(), text=text)

    messages, trailers = frames(unpacked(answer.content) if text else answer.content)
    placed = order_service_pb2.PlaceOrderResponse.FromString(messages[0])
    assert placed.order.channel_reference == "W-1"
    assert trailers["grpc-status"] == "0"
    assert int(trailers["crossdock-position"]) > 0


def unpacked(content: bytes) -> bytes:
    """Return the bytes of frames that are base64 one by one: an end of padding ends one."""
    found, rest = b"", content
    while rest:
        size = int.from_bytes(base64.b64decode(rest[:8])[1:5], "big") + 5
        length = -(-size // 3) * 4
        found += base64.b64decode(rest[:length])
        rest = rest[length:]
    return found


async def test_a_refusal_has_its_details(web: httpx.AsyncClient) -> None:
    answer = await ask(web, ITEM, catalog_pb2.GetItemRequest(sku="NONE\u00e9").SerializeToString())

    _, trailers = frames(answer.content)
    details = trailers["grpc-status-details-bin"]
    status = status_pb2.Status.FromString(base64.b64decode(details + "=" * (-len(details) % 4)))
    info = error_details_pb2.ErrorInfo()
    assert status.details[0].Unpack(info)
    assert (answer.status_code, trailers["grpc-status"], info.reason) == (200, "5", "UNKNOWN_SKU")
    assert "%C3%A9" in trailers["grpc-message"]


async def test_a_stream_is_a_frame_per_message(hub: Served, web: httpx.AsyncClient) -> None:
    order = await hub.place(channel_reference="W-2")
    request = order_service_pb2.WatchOrderRequest(order_id=order.order_id).SerializeToString()
    watching = {"content-type": "application/grpc-web", "grpc-timeout": "1500m"}
    async with web.stream(
        "POST", "/crossdock.orders.v1.OrderService/WatchOrder", content=frame(request), headers=watching
    ) as answer:
        content = b"".join([piece async for piece in answer.aiter_bytes()])

    messages, trailers = frames(content)
    assert order_service_pb2.WatchOrderResponse.FromString(messages[0]).order.order_id == order.order_id
    assert trailers["grpc-status"] == "4"


async def test_what_is_no_message_is_refused(web: httpx.AsyncClient) -> None:
    kinds = {"content-type": "application/grpc-web"}
    for content in (b"", b"\0\0\0\0\5abc", b"\1\0\0\0\0", frame(b"\xff"), frame(b"") + frame(b"")):
        answer = await web.post(ITEM, content=content, headers=kinds)
        assert frames(answer.content)[1]["grpc-status"] == "3", content

    base64_text = await web.post(ITEM, content=b"!!!", headers={"content-type": "application/grpc-web-text"})
    large = await web.post(ITEM, content=frame(b"x" * 2_000_000), headers=kinds)
    assert frames(unpacked(base64_text.content))[1]["grpc-status"] == "3"
    assert "takes at most" in frames(large.content)[1]["grpc-message"].replace("%20", " ")
