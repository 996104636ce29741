"""The adapter over a socket, with folders of this machine and a hub that keeps documents."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import grpc

from adapters.file_mailbox.adapter import build
from adapters.sdk.adapter import AdapterContext
from adapters.sdk.calls import Context
from adapters.sdk.host import make_server
from adapters.sdk.listening import listen
from adapters.sdk.state.client import AdapterState
from adapters.sdk.times import timestamp_of
from adapters.sdk.webhooks.inbox import HubInbox
from crossdock.adapter.v1 import state_pb2_grpc
from crossdock.inbox.v1 import inbox_pb2, inbox_pb2_grpc
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2 as pb
from crossdock.partner.warehouse.v1.warehouse_pb2_grpc import WarehouseServiceStub
from tests.adapters.mailbox.places import make_folders
from tests.adapters.sdk.hub_memory import HubMemory

TUESDAY = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
FULFILLMENT_ORDER = "0b0f1c86-3c2f-4b0e-9a51-2f6c0f4a9f01"
OTHER = "0b0f1c86-3c2f-4b0e-9a51-2f6c0f4a9f02"
LAYOUTS: list[dict[str, Any]] = [
    {
        "kind": "orders",
        "form": "csv",
        "delimiter": ";",
        "line_end": "\r\n",
        "name": "ORD-{fulfillment_order_id}.csv",
        "fields": {
            "fulfillment_order_id": "ORDER",
            "line_number": "LINE",
            "sku": "ITEM",
            "quantity": "QTY",
            "ship_by_time": {"column": "DUE", "time_form": "%Y%m%d"},
            "service_code": {"column": "SERVICE", "values": {"E": "EXPRESS"}},
            "name": "NAME",
            "street_1": "STREET",
        },
    },
    {
        "kind": "shipments",
        "form": "csv",
        "name": "SHIP*.csv",
        "ignored_columns": ["PICKER"],
        "fields": {
            "fulfillment_order_id": "ORDER",
            "shipment_reference": "PARCEL",
            "line_number": "LINE",
            "quantity": "QTY",
            "tracking_number": "TRACK",
            "occur_time": "AT",
        },
    },
    {
        "kind": "shorts",
        "form": "fixed",
        "name": "SHORT*.txt",
        "encoding": "latin-1",
        "fields": {
            "fulfillment_order_id": {"start": 1, "length": 36},
            "report_reference": {"start": 37, "length": 8},
            "line_number": {"start": 45, "length": 3},
            "quantity": {"start": 48, "length": 5},
            "reason": {"start": 53, "length": 1, "values": {"M": "NOT_IN_STOCK", "D": "DAMAGED"}},
        },
    },
    {
        "kind": "counts",
        "form": "ndjson",
        "name": "COUNT*.jsonl",
        "fields": {"sku": "sku", "on_hand": "n", "node_id": {"constant": "DC-NL"}},
    },
]


@dataclass
class Inbox(inbox_pb2_grpc.InboxServiceServicer):
    """The hub's inbox: keeps what it is handed, and fails as told."""

    kept: list[inbox_pb2.ReceiveRequest] = field(default_factory=list)
    fails: list[grpc.StatusCode] = field(default_factory=list)

    async def Receive(self, request: inbox_pb2.ReceiveRequest, context: Context) -> inbox_pb2.ReceiveResponse:
        if self.fails:
            await context.abort(self.fails.pop(0), "no")
        self.kept.append(request)
        return inbox_pb2.ReceiveResponse(document=inbox_pb2.Document(document_id=str(len(self.kept))))


@dataclass
class Served:
    """The adapter being served at an address, with the mailbox's folders, the hub's inbox and its memory."""

    address: str
    stub: Any
    folder: Path
    inbox: Inbox
    memory: HubMemory
    profile: dict[str, Any]

    def names(self, folder: str) -> list[str]:
        """Answers the names in a folder, hidden ones too."""
        return sorted(path.name for path in (self.folder / folder).iterdir())

    def call(self, key: str = "k1", at: datetime = TUESDAY) -> call_pb2.Call:
        """Answers the head of a call."""
        return call_pb2.Call(
            account_id="WMS",
            operation_key=key,
            business_time=timestamp_of(at),
            profile_json=json.dumps(self.profile),
        )

    def release(self, key: str = "k1", fulfillment_order_id: str = FULFILLMENT_ORDER, **changes: Any) -> Any:
        """Answers a request to take over two units of an order."""
        request = pb.ReleaseFulfillmentOrderRequest(
            call=self.call(key),
            fulfillment_order_id=fulfillment_order_id,
            node_id="DC-NL",
            order_id="o",
            service_code="EXPRESS",
            ship_by_time=timestamp_of(TUESDAY),
            lines=[pb.WorkLine(line_number=1, sku="A;B", quantity=2)],
        )
        request.ship_to.name = 'Anna "the" Canary'
        request.ship_to.address.street_lines.append("Canarystraat 1\n2nd floor")
        request.MergeFrom(pb.ReleaseFulfillmentOrderRequest(**changes))
        return request

    async def find(self, key: str = "k1") -> call_pb2.Answer:
        """Answers what became of a release."""
        find = call_pb2.Find(call=self.call(key), kind="warehouse.release")
        response: pb.FindOperationResponse = await self.stub.FindOperation(pb.FindOperationRequest(find=find))
        return response.answer

    async def pull(self, *, seconds: float = 0) -> call_pb2.Pulled:
        """Pulls, so many seconds after ten o'clock; answers where to go on."""
        call = self.call(at=TUESDAY + timedelta(seconds=seconds))
        response: pb.PullUpdatesResponse = await self.stub.PullUpdates(
            pb.PullUpdatesRequest(pull=call_pb2.Pull(call=call, cursor="c"))
        )
        assert not response.updates
        return response.pulled

    async def read(self, name: str, content: bytes) -> pb.ReadDocumentResponse:
        """Reads a document as the hub would have one of this name read."""
        response: pb.ReadDocumentResponse = await self.stub.ReadDocument(
            pb.ReadDocumentRequest(
                call=self.call(), media_type=f'application/x-file-mailbox;name="{name}"', content=content
            )
        )
        return response


@asynccontextmanager
async def hub_of(folder: Path) -> AsyncIterator[tuple[HubMemory, Inbox, grpc.aio.Channel]]:
    """Serves a hub's memory and inbox until the block ends."""
    memory, inbox, server = HubMemory(), Inbox(), grpc.aio.server()
    state_pb2_grpc.add_AdapterStateServiceServicer_to_server(memory, server)
    inbox_pb2_grpc.add_InboxServiceServicer_to_server(inbox, server)
    server.add_insecure_port(f"unix:{folder}/hub")
    await server.start()
    async with grpc.aio.insecure_channel(f"unix:{folder}/hub") as channel:
        yield memory, inbox, channel
    await server.stop(None)


@asynccontextmanager
async def serving(root: Path, **profile: Any) -> AsyncIterator[Served]:
    """Serves the adapter until the block ends; CROSSDOCK_MAILBOX_ROOT is to name `root`."""
    settings = {"mailbox": {"kind": "directory", "folder": "acme", "settle_seconds": 0}, "layouts": LAYOUTS} | profile
    with TemporaryDirectory(prefix="xd") as sockets:
        async with hub_of(Path(sockets)) as (memory, inbox, hub):
            state = AdapterState(hub, "", first_wait_seconds=0.0001)
            context = AdapterContext(name="file_mailbox", data_dir=root, state=state, inbox=HubInbox(hub, ""))
            server, _ = make_server([build(context)], None)
            address = listen(server, f"unix:{sockets}/socket")
            await server.start()
            async with grpc.aio.insecure_channel(address) as channel:
                yield Served(address, WarehouseServiceStub(channel), make_folders(root), inbox, memory, settings)
            await server.stop(None)
