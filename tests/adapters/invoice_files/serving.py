"""The adapter over a socket, with the hub's memory, and postings as the hub makes them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

import grpc

from adapters.invoice_files.adapter import build
from adapters.sdk.adapter import AdapterContext
from adapters.sdk.documents.reading import money_of
from adapters.sdk.host import make_server
from adapters.sdk.listening import listen
from adapters.sdk.webhooks.inbox import HubInbox
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.erp.v1 import erp_pb2 as pb
from crossdock.partner.erp.v1 import erp_pb2_grpc as rpc
from tests.adapters.sdk.hub_memory import hub_memory

AT: Final = datetime(2026, 11, 4, 12, 0, tzinfo=UTC)
NAMES: Final = UUID(int=9)
SELLER: Final[dict[str, object]] = {
    "name": "Crossdock Outfitters B.V.",
    "endpoint": "0106:12345678",
    "vat_id": "NL123456789B01",
    "company_id": "0106:12345678",
    "street": ["Kade 12"],
    "city": "Rotterdam",
    "postal_code": "3011 AA",
    "country_code": "NL",
    "person": "Accounts",
    "phone": "+31 10 1234567",
    "email": "accounts@example.com",
}
PROFILE: Final[dict[str, object]] = {
    "mailbox": {"kind": "directory", "folder": "invoices"},
    "seller": SELLER,
    "rates": ["21", "9"],
    "prefix": "INV-",
    "iban": "NL91ABNA0417164300",
    "titles": {"SHIPPING": "Shipping"},
}
PEPPOL_NUMBER: Final = "0088:4012345000009"


@dataclass(frozen=True)
class Priced:
    """A line as it is posted: SKU, units, value with tax, tax in it."""

    sku: str
    units: int
    value: str
    tax: str


GOODS: Final = (Priced("MUG-BLUE", 3, "36.30", "6.30"), Priced("BOOK", 7, "100.00", "8.26"))
SHIPPING: Final = Priced("SHIPPING", 1, "4.95", "0.86")


@dataclass
class Served:
    """The adapter's stub, and the folder where its documents lie."""

    stub: Any
    folder: Path

    def written(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted((self.folder / "outgoing").iterdir())]

    async def post(self, request: pb.PostDocumentRequest) -> call_pb2.Answer:
        response: pb.PostDocumentResponse = await self.stub.PostDocument(request)
        return response.answer

    async def find(self, request: pb.PostDocumentRequest) -> call_pb2.Answer:
        found: pb.FindOperationResponse = await self.stub.FindOperation(
            pb.FindOperationRequest(find=call_pb2.Find(call=request.call))
        )
        return found.answer


@asynccontextmanager
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    """Serves the adapter until the block ends; its mailbox is a folder."""
    for name in ("incoming", "outgoing", "taken", "archive", "refused"):
        (tmp_path / "invoices" / name).mkdir(parents=True)
    async with hub_memory(tmp_path) as (_, state), grpc.aio.insecure_channel("127.0.0.1:1") as hub:
        inbox = HubInbox(hub, "")
        adapter = build(AdapterContext(name="invoice_files", data_dir=tmp_path, state=state, inbox=inbox))
        server, _ = make_server([adapter], None)
        address = listen(server, f"unix:{tmp_path}/socket")
        await server.start()
        async with grpc.aio.insecure_channel(address) as wire:
            yield Served(rpc.ErpServiceStub(wire), tmp_path / "invoices")
        await server.stop(None)


def posting(
    lines: Sequence[Priced] = (*GOODS, SHIPPING),
    *,
    kind: pb.DocumentKind = pb.DOCUMENT_KIND_INVOICE,
    name: str = "first",
    currency: str = "EUR",
    **profile: object,
) -> pb.PostDocumentRequest:
    """Answers a posting about an order of a firm, whose goods have numbers and whose charges have none."""
    key, settings = str(uuid5(NAMES, name)), json.dumps({**PROFILE, **profile})
    call = call_pb2.Call(account_id="invoices", operation_key=key, profile_json=settings)
    call.business_time.FromDatetime(AT)
    request = pb.PostDocumentRequest(
        call=call, kind=kind, order_id="order-1", document_number=2, channel_reference="PO-77"
    )
    request.terms = "NET30"
    request.occur_time.FromDatetime(AT)
    total = Decimal(0)
    for number, line in enumerate(lines, start=1):
        goods = line != SHIPPING
        posted = request.lines.add(line_number=number if goods else 0, sku=line.sku, quantity=line.units)
        posted.channel_line_reference = str(number * 10) if goods else ""
        posted.value.CopyFrom(money_of(Decimal(line.value), currency))
        posted.tax.CopyFrom(money_of(Decimal(line.tax), currency))
        total += Decimal(line.value)
    request.total.CopyFrom(money_of(total, currency))
    payer = request.bill_to
    payer.name, payer.company, payer.external_id = "Erika Mustermann", "Haus & Hof GmbH", PEPPOL_NUMBER
    payer.address.street_lines.extend(["Hof 1", "Tor 2", "Etage 3"])
    payer.address.city, payer.address.postal_code, payer.address.country_code = "Berlin", "10115", "DE"
    return request
