"""What buyers are told of their orders: in sound groups of UBL, written once, with what they ordered."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import grpc
import pytest

from adapters.peppol_channel.adapter import NOT_SENT, build
from adapters.sdk.adapter import AdapterContext
from adapters.sdk.host import make_server
from adapters.sdk.listening import listen
from adapters.sdk.mailbox.folder import ROOT_VARIABLE
from adapters.sdk.ubl.elements import Element
from adapters.sdk.ubl.parsing import parse
from adapters.sdk.webhooks.inbox import HubInbox
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.channel.v1 import channel_pb2 as pb
from crossdock.partner.channel.v1 import channel_pb2_grpc as rpc
from tests.adapters.peppol_channel.schemas import unsound_groups
from tests.adapters.peppol_channel.test_orders import OWN
from tests.adapters.sdk.hub_memory import hub_memory

AT = datetime(2026, 11, 4, 12, 0, tzinfo=UTC)
NAMES = UUID(int=8)
PROFILE: dict[str, object] = {
    "seller": {"name": "Crossdock Outfitters B.V.", "endpoint": "0106:12345678", "country_code": "NL"},
    "mailbox": {"kind": "directory", "folder": "peppol"},
}
KINDS = pb.ProgressKind


@dataclass
class Channel:
    """The adapter's stub, and the folder where its documents lie."""

    stub: Any
    folder: Path

    def written(self) -> list[Element]:
        """Answers the documents, oldest first, each sound by the common schemas."""
        contents = [path.read_bytes() for path in sorted((self.folder / "outgoing").glob("*.xml"))]
        assert [unsound_groups(one) for one in contents] == [[] for _ in contents]
        return [parse(one) for one in contents]

    async def read(self, document: bytes, **profile: object) -> pb.ReadDocumentResponse:
        request = pb.ReadDocumentRequest(call=head("document", **profile), content=document, channel_id="B2B-DE")
        response: pb.ReadDocumentResponse = await self.stub.ReadDocument(request)
        return response

    async def report(self, request: pb.ReportProgressRequest) -> call_pb2.Answer:
        response: pb.ReportProgressResponse = await self.stub.ReportProgress(request)
        return response.answer

    async def find(self, request: pb.ReportProgressRequest) -> call_pb2.Answer:
        found = await self.stub.FindOperation(pb.FindOperationRequest(find=call_pb2.Find(call=request.call)))
        answer: call_pb2.Answer = found.answer
        return answer


@pytest.fixture
async def channel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Channel]:
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    for name in ("incoming", "outgoing", "taken", "archive", "refused"):
        (tmp_path / "peppol" / name).mkdir(parents=True)
    async with hub_memory(tmp_path) as (_, state), grpc.aio.insecure_channel("127.0.0.1:1") as hub:
        inbox = HubInbox(hub, "")
        adapter = build(AdapterContext(name="peppol_channel", data_dir=tmp_path, state=state, inbox=inbox))
        server, _ = make_server([adapter], None)
        address = listen(server, f"unix:{tmp_path}/socket")
        await server.start()
        async with grpc.aio.insecure_channel(address) as wire:
            yield Channel(rpc.ChannelServiceStub(wire), tmp_path / "peppol")
        await server.stop(None)


def head(name: str, **profile: object) -> call_pb2.Call:
    settings = json.dumps({**PROFILE, **profile})
    call = call_pb2.Call(account_id="peppol", operation_key=str(uuid5(NAMES, name)), profile_json=settings)
    call.business_time.FromDatetime(AT)
    return call


def progress(kind: pb.ProgressKind, name: str = "report") -> pb.ReportProgressRequest:
    request = pb.ReportProgressRequest(call=head(name), channel_reference="P-1", kind=kind)
    request.occur_time.FromDatetime(AT)
    for number, (sku, units) in enumerate([("MUG-BLUE", 3), ("TRAY-OAK", 2)], start=1):
        line = request.lines.add(line_number=number, channel_line_reference=f"{number}0", sku=sku, quantity=units)
        line.promised_time.FromDatetime(AT)
    return request


async def test_a_confirmed_order_is_answered_line_by_line(channel: Channel) -> None:
    await channel.read(OWN.read_bytes())
    request = progress(KINDS.PROGRESS_KIND_CONFIRMED)
    request.lines[1].waiting_quantity = 1

    answer = await channel.report(request)

    assert answer.outcome == call_pb2.OUTCOME_DONE
    (response,) = channel.written()
    assert [child.name for child in response.children] == [
        "cbc:CustomizationID", "cbc:ProfileID", "cbc:ID", "cbc:IssueDate", "cbc:IssueTime", "cbc:OrderResponseCode",
        "cbc:DocumentCurrencyCode", "cac:OrderReference", "cac:SellerSupplierParty", "cac:BuyerCustomerParty",
        "cac:OrderLine", "cac:OrderLine",
    ]  # fmt: skip
    assert (response.name, response.value("cbc:OrderResponseCode")) == ("OrderResponse", "CA")
    assert response.value("cac:BuyerCustomerParty/cac:Party/cbc:EndpointID") == "4012345000009"
    lines = list(response.all("cac:OrderLine/cac:LineItem"))
    assert [one.value("cbc:LineStatusCode") for one in lines] == ["5", "3"]
    assert [one.value("cbc:MaximumBackorderQuantity") for one in lines] == ["", "1"]
    assert lines[0].value("cac:Item/cac:StandardItemIdentification/cbc:ID") == "04006381333931"
    assert lines[0].value("cac:Delivery/cac:PromisedDeliveryPeriod/cbc:EndDate") == "2026-11-04"
    assert await channel.report(request) == await channel.find(request) == answer
    assert len(channel.written()) == 1


@pytest.mark.parametrize(
    ("kind", "verdict", "state"),
    [
        (KINDS.PROGRESS_KIND_CONFIRMED, "AP", "5"),
        (KINDS.PROGRESS_KIND_SHORT, "CA", "3"),
        (KINDS.PROGRESS_KIND_CANCELED, "RE", "7"),
    ],
)
async def test_what_is_said_of_the_lines_is_said_of_the_order(
    channel: Channel, kind: pb.ProgressKind, verdict: str, state: str
) -> None:
    await channel.read(OWN.read_bytes())

    await channel.report(progress(kind))

    (response,) = channel.written()
    assert response.value("cbc:OrderResponseCode") == verdict
    assert [one.text for one in response.all("cac:OrderLine/cac:LineItem/cbc:LineStatusCode")] == [state, state]


@pytest.mark.parametrize("packed", [True, False])
async def test_a_shipment_is_told_with_its_packages(channel: Channel, *, packed: bool) -> None:
    await channel.read(OWN.read_bytes())
    request = progress(KINDS.PROGRESS_KIND_SHIPPED)
    request.shipment_reference, request.tracking_number, request.weight_grams = "BOL-1", "1Z9", 2500
    request.carrier_name = "Parcel & Co"
    if packed:
        package = request.packages.add(package_reference="340123450000000017", kind="CARTON")
        package.lines.add(line_number=1, channel_line_reference="10", sku="MUG-BLUE", quantity=3)

    await channel.report(request)

    (advice,) = channel.written()
    assert (advice.name, advice.value("cbc:ID")) == ("DespatchAdvice", "BOL-1")
    shipment = advice.first("cac:Shipment")
    assert shipment is not None
    assert shipment.value("cbc:GrossWeightMeasure") == "2.500"
    assert shipment.value("cac:Consignment/cac:CarrierParty/cac:PartyName/cbc:Name") == "Parcel & Co"
    assert shipment.value("cac:Delivery/cbc:TrackingID") == "1Z9"
    lines = [
        (one.value("cac:OrderLineReference/cbc:LineID"), one.value("cbc:DeliveredQuantity"),
         one.value("cac:Shipment/cac:TransportHandlingUnit/cbc:ID"))
        for one in advice.all("cac:DespatchLine")
    ]  # fmt: skip
    assert lines == ([("10", "3", "340123450000000017")] if packed else [("10", "3", ""), ("20", "2", "")])


async def test_what_needs_no_document_counts_as_told(channel: Channel) -> None:
    unknown = await channel.report(progress(KINDS.PROGRESS_KIND_CONFIRMED))
    await channel.read(OWN.read_bytes())
    delivered = await channel.report(progress(KINDS.PROGRESS_KIND_DELIVERED, "delivered"))

    assert [one.partner_reference for one in (unknown, delivered)] == [NOT_SENT, NOT_SENT]
    assert (
        await channel.find(progress(KINDS.PROGRESS_KIND_DELIVERED, "delivered"))
    ).outcome == call_pb2.OUTCOME_NOT_FOUND
    assert channel.written() == []


async def test_a_malformed_profile_is_a_problem_of_the_document(channel: Channel) -> None:
    response = await channel.read(OWN.read_bytes(), sku_types=["ours"])

    assert [(problem.location, problem.field) for problem in response.problems] == [("profile", "profile_json")]


def test_a_group_that_the_schemas_do_not_know_is_found() -> None:
    document = OWN.read_bytes()

    assert unsound_groups(document) == []
    assert unsound_groups(document.replace(b"cbc:StreetName", b"cbc:RoadName"))
    assert unsound_groups(document.replace(b'<cbc:TaxAmount currencyID="EUR">13.59', b"<cbc:TaxAmount>13.59"))
