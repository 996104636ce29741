"""A warehouse behind the adapter, served as in earnest: what it is told, and documents that it sends."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import grpc
import pytest

from adapters.sdk.adapter import AdapterContext
from adapters.sdk.host import make_server
from adapters.sdk.listening import listen
from adapters.sdk.mailbox.folder import ROOT_VARIABLE
from adapters.sdk.webhooks.inbox import HubInbox
from adapters.x12_warehouse.adapter import build
from crossdock.partner.call.v1.call_pb2 import Call, Find
from crossdock.partner.warehouse.v1 import warehouse_pb2 as pb
from crossdock.partner.warehouse.v1 import warehouse_pb2_grpc as rpc
from tests.adapters.sdk.hub_memory import HubMemory, hub_memory

AT = datetime(2026, 11, 4, 12, 0, tzinfo=UTC)
NAMES = UUID(int=5)
PROFILE: dict[str, object] = {
    "own": "ZZ:CROSSDOCK",
    "partner": "ZZ:WMS",
    "mailbox": {"kind": "directory", "folder": "wms"},
    "nodes": {"DC-NL": "NL01"},
    "carriers": {"STANDARD": "UPSN"},
    "notes": {"gift_message": "GFT"},
}
ORDER = str(uuid5(NAMES, "order"))
LINES = (("MUG-BLUE", 3), ("TRAY-OAK", 2))


@dataclass
class Warehouse:
    """The adapter's stub and address, the hub's memory behind it, and the folder where its documents lie."""

    stub: Any
    address: str
    memory: HubMemory
    folder: Path

    def written(self) -> list[str]:
        """Answers the documents in the account's folder, oldest first."""
        return [path.read_text() for path in sorted((self.folder / "outgoing").glob("*.x12"))]

    async def release(self, name: str = "release", **profile: object) -> pb.ReleaseFulfillmentOrderResponse:
        response: pb.ReleaseFulfillmentOrderResponse = await self.stub.ReleaseFulfillmentOrder(release(name, **profile))
        return response

    async def cancel(self, *lines: tuple[str, int], **profile: object) -> pb.CancelFulfillmentOrderResponse:
        request = pb.CancelFulfillmentOrderRequest(call=head("cancel", **profile), fulfillment_order_id=ORDER)
        for number, (sku, units) in enumerate(lines or LINES, start=1):
            request.lines.add(line_number=number, sku=sku, quantity=units)
        response: pb.CancelFulfillmentOrderResponse = await self.stub.CancelFulfillmentOrder(request)
        return response

    async def find(self, name: str, kind: str = "warehouse.release", **profile: object) -> pb.FindOperationResponse:
        request = pb.FindOperationRequest(find=Find(call=head(name, **profile), kind=kind))
        response: pb.FindOperationResponse = await self.stub.FindOperation(request)
        return response

    async def read(self, document: str, name: str = "document", **profile: object) -> pb.ReadDocumentResponse:
        request = pb.ReadDocumentRequest(call=head(name, **profile), content=document.encode())
        request.media_type = "application/edi-x12"
        response: pb.ReadDocumentResponse = await self.stub.ReadDocument(request)
        return response


@asynccontextmanager
async def served(tmp_path: Path) -> AsyncIterator[Warehouse]:
    """Serves the adapter, with a memory of its own, until the block ends."""
    folder = tmp_path / "wms"
    for name in ("incoming", "outgoing", "taken", "archive", "refused"):
        (folder / name).mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ROOT_VARIABLE, str(tmp_path))
        async with _served(tmp_path, folder) as warehouse:
            yield warehouse


@asynccontextmanager
async def _served(tmp_path: Path, folder: Path) -> AsyncIterator[Warehouse]:
    async with hub_memory(tmp_path) as (memory, state), grpc.aio.insecure_channel("127.0.0.1:1") as hub:
        inbox = HubInbox(hub, "")
        adapter = build(AdapterContext(name="x12_warehouse", data_dir=tmp_path, state=state, inbox=inbox))
        server, _ = make_server([adapter], None)
        address = listen(server, f"unix:{tmp_path}/socket")
        await server.start()
        async with grpc.aio.insecure_channel(address) as channel:
            yield Warehouse(rpc.WarehouseServiceStub(channel), address, memory, folder)
        await server.stop(None)


def head(name: str, **profile: object) -> Call:
    """Answers the head of a call whose key follows from the name."""
    call = Call(
        account_id="wms", operation_key=str(uuid5(NAMES, name)), profile_json=json.dumps({**PROFILE, **profile})
    )
    call.business_time.FromDatetime(AT)
    return call


def release(name: str = "release", **profile: object) -> pb.ReleaseFulfillmentOrderRequest:
    """Answers a fulfillment order of two lines."""
    request = pb.ReleaseFulfillmentOrderRequest(
        call=head(name, **profile),
        fulfillment_order_id=ORDER,
        node_id="DC-NL",
        order_id=str(uuid5(NAMES, "sale")),
        service_code="STANDARD",
        attributes={"gift_message": "Happy birthday * Anna"},
        gift_message="With love",
        delivery_instructions="Ring twice",
    )
    for number, (sku, units) in enumerate(LINES, start=1):
        request.lines.add(line_number=number, sku=sku, quantity=units, title=f"Title of {sku}")
    request.lines[0].personalization = "For Ada"
    request.lines[0].value_added_services.append("GIFT_WRAP")
    request.ship_by_time.FromDatetime(AT)
    request.ship_to.name, request.ship_to.email = "Anna van Dijk", "anna@example.com"
    address = request.ship_to.address
    address.street_lines.append("Keizersgracht 1")
    address.city, address.postal_code, address.country_code = "Amsterdam", "1015 CJ", "NL"
    return request


def a_document(set_id: str, group: str, *body: str, control: int = 700, sender: str = "WMS") -> str:
    """Answers an interchange of the warehouse with one transaction, rightly counted."""
    segments = [
        f"ISA*00*          *00*          *ZZ*{sender:<15}*ZZ*CROSSDOCK      *261104*0900*U*00401*{control:09}*0*P*>",
        f"GS*{group}*{sender}*CROSSDOCK*20261104*0900*{control}*X*004010",
        f"ST*{set_id}*0001",
        *body,
        f"SE*{len(body) + 2}*0001",
        f"GE*1*{control}",
        f"IEA*1*{control:09}",
    ]
    return "".join(f"{segment}~\n" for segment in segments)


def an_advice(*lines: str, total: int = 5, number: str = "00000001", **how: Any) -> str:
    """Answers a shipping advice of an order; `lines` are its W12 and what belongs to them."""
    head = (f"W06*F*{number}*20261104*BOL-1", "G62*11*20261104*8*0815", "W27*M*UPSN*United Parcel", "N9*2I*1Z999")
    return a_document("945", "SW", *head, "LX*1", *lines, f"W03*{total}*10*KG", **how)
