"""What buyers are told of their orders: written once, sound in the eyes of pyx12, pending until acknowledged."""

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
from adapters.x12_channel.adapter import NOT_SENT, build
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.channel.v1 import channel_pb2 as pb
from crossdock.partner.channel.v1 import channel_pb2_grpc as rpc
from tests.adapters.sdk.hub_memory import hub_memory
from tests.adapters.sdk.x12.judge import errors_of
from tests.adapters.x12_channel.documents import BODY, a_document, a_set

AT = datetime(2026, 11, 4, 12, 0, tzinfo=UTC)
NAMES = UUID(int=6)
PROFILE: dict[str, object] = {
    "own": "ZZ:CROSSDOCK",
    "partner": "ZZ:BUYER",
    "mailbox": {"kind": "directory", "folder": "edi"},
    "sku_qualifiers": ["VN"],
}
KINDS = pb.ProgressKind


@dataclass
class Channel:
    """The adapter's stub, and the folder where its documents lie."""

    stub: Any
    folder: Path

    def written(self) -> list[list[str]]:
        """Answers the segments of the documents, oldest first; pyx12 finds nothing wrong with them."""
        texts = [path.read_text() for path in sorted((self.folder / "outgoing").glob("*.x12"))]
        assert [errors_of(text) for text in texts] == [[]] * len(texts)
        return [text.split("~") for text in texts]

    async def read(self, document: str, name: str = "document", **profile: object) -> pb.ReadDocumentResponse:
        request = pb.ReadDocumentRequest(call=head(name, **profile), content=document.encode(), channel_id="B2B-DE")
        response: pb.ReadDocumentResponse = await self.stub.ReadDocument(request)
        return response

    async def report(self, request: pb.ReportProgressRequest) -> call_pb2.Answer:
        response: pb.ReportProgressResponse = await self.stub.ReportProgress(request)
        return response.answer


@asynccontextmanager
async def serving(tmp_path: Path) -> AsyncIterator[Channel]:
    for name in ("incoming", "outgoing", "taken", "archive", "refused"):
        (tmp_path / "edi" / name).mkdir(parents=True)
    async with hub_memory(tmp_path) as (_, state), grpc.aio.insecure_channel("127.0.0.1:1") as hub:
        inbox = HubInbox(hub, "")
        adapter = build(AdapterContext(name="x12_channel", data_dir=tmp_path, state=state, inbox=inbox))
        server, _ = make_server([adapter], None)
        address = listen(server, f"unix:{tmp_path}/socket")
        await server.start()
        async with grpc.aio.insecure_channel(address) as wire:
            yield Channel(rpc.ChannelServiceStub(wire), tmp_path / "edi")
        await server.stop(None)


@pytest.fixture
async def channel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Channel]:
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    async with serving(tmp_path) as made:
        yield made


def head(name: str, **profile: object) -> call_pb2.Call:
    key, settings = str(uuid5(NAMES, name)), json.dumps({**PROFILE, **profile})
    call = call_pb2.Call(account_id="edi", operation_key=key, profile_json=settings)
    call.business_time.FromDatetime(AT)
    return call


def progress(kind: pb.ProgressKind, name: str = "report", **profile: object) -> pb.ReportProgressRequest:
    request = pb.ReportProgressRequest(call=head(name, **profile), channel_reference="A-1", kind=kind)
    request.occur_time.FromDatetime(AT)
    line = request.lines.add(line_number=1, channel_line_reference="1", sku="MUG-BLUE", quantity=2)
    line.promised_time.FromDatetime(AT)
    return request


def acknowledgment(control: int, code: str = "A", *, own: int = 90) -> str:
    body = (f"AK1*PR*{control}", "AK2*855*0001", f"AK5*{code}", f"AK9*{code}*1*1*1")
    return a_document(a_set(*body, set_id="997"), control=own).replace("GS*PO", "GS*FA")


async def test_a_confirmed_order_is_acknowledged_by_its_own_line(channel: Channel) -> None:
    await channel.read(a_document())

    answer = await channel.report(progress(KINDS.PROGRESS_KIND_CONFIRMED))

    assert answer.outcome == call_pb2.OUTCOME_PENDING
    assert channel.written()[-1][2:-4] == [
        "ST*855*0002", "BAK*00*AD*A-1*20261103*****20261104", "PO1*1*2*EA*12.50**VN*MUG-BLUE",
        "ACK*IA*2*EA*067*20261104", "CTT*1",
    ]  # fmt: skip
    assert await channel.report(progress(KINDS.PROGRESS_KIND_CONFIRMED)) == answer
    assert len(channel.written()) == 2


@pytest.mark.parametrize(
    ("kind", "waiting", "said"),
    [
        (KINDS.PROGRESS_KIND_CONFIRMED, 1, ["ACK*IA*1*EA*067*20261104", "ACK*IB*1*EA"]),
        (KINDS.PROGRESS_KIND_SHORT, 0, ["ACK*IB*2*EA*067*20261104"]),
        (KINDS.PROGRESS_KIND_CANCELED, 0, ["ACK*ID*2*EA*067*20261104"]),
    ],
)
async def test_units_that_wait_or_never_come_are_acknowledged_as_changes(
    channel: Channel, kind: pb.ProgressKind, waiting: int, said: list[str]
) -> None:
    await channel.read(a_document())
    request = progress(kind)
    request.lines[0].waiting_quantity = waiting

    await channel.report(request)

    segments = channel.written()[-1]
    assert segments[3].startswith("BAK*00*AC*A-1")
    assert [segment for segment in segments if segment.startswith("ACK")] == said


async def test_a_shipment_is_told_with_its_packages(channel: Channel) -> None:
    await channel.read(a_document())
    request = progress(KINDS.PROGRESS_KIND_SHIPPED)
    request.shipment_reference, request.tracking_number, request.carrier_code = "BOL-1", "1Z9", "UPSN"
    request.weight_grams = 2500
    package = request.packages.add(package_reference="00100001", kind="CARTON", tracking_number="1Z9")
    package.lines.add(line_number=1, channel_line_reference="1", sku="MUG-BLUE", quantity=2)

    await channel.report(request)

    assert channel.written()[-1][2:-4] == [
        "ST*856*0002", "BSN*00*BOL-1*20261104*1200*0001", "HL*1**S*1", "TD1******G*2.5*KG", "TD5**2*UPSN", "REF*CN*1Z9",
        "DTM*011*20261104*1200", "HL*2*1*O*1", "PRF*A-1***20261103", "HL*3*2*P*1", "MAN*GM*00100001", "MAN*CP*1Z9",
        "HL*4*3*I*0", "LIN*1*VN*MUG-BLUE", "SN1**2*EA", "CTT*4",
    ]  # fmt: skip


async def test_a_report_is_done_or_refused_once_it_is_acknowledged(channel: Channel) -> None:
    await channel.read(a_document())
    for number, (code, outcome) in enumerate([("A", call_pb2.OUTCOME_DONE), ("R", call_pb2.OUTCOME_REFUSED)], start=2):
        request = progress(KINDS.PROGRESS_KIND_CONFIRMED, name=code)
        await channel.report(request)
        await channel.read(acknowledgment(number, code, own=90 + number), f"acknowledgment {code}")

        found = await channel.stub.FindOperation(pb.FindOperationRequest(find=call_pb2.Find(call=request.call)))

        assert found.answer.outcome == outcome


@pytest.mark.parametrize("kind", [KINDS.PROGRESS_KIND_DELIVERED, KINDS.PROGRESS_KIND_REFUNDED])
async def test_what_buyers_expect_no_document_of_counts_as_told(channel: Channel, kind: pb.ProgressKind) -> None:
    await channel.read(a_document())

    answer = await channel.report(progress(kind))

    assert (answer.outcome, answer.partner_reference) == (call_pb2.OUTCOME_DONE, NOT_SENT)


async def test_an_order_that_did_not_come_as_a_document_is_told_nothing(channel: Channel) -> None:
    assert (await channel.report(progress(KINDS.PROGRESS_KIND_CONFIRMED))).partner_reference == NOT_SENT
    assert channel.written() == []


async def test_stock_goes_to_every_partner_once(channel: Channel) -> None:
    profile: dict[str, Any] = {"partner": "", "partners": [{"sender": "ONE"}, {"sender": "TWO"}]}
    request = pb.PublishStockRequest(call=head("stock", **profile))
    request.levels.add(sku="MUG-BLUE", available=12)

    for _ in range(2):
        assert (await channel.stub.PublishStock(request)).answer.outcome != call_pb2.OUTCOME_REFUSED

    documents = channel.written()
    assert [document[0].split("*")[8].strip() for document in documents] == ["ONE", "TWO"]
    assert [document[4:7] for document in documents] == [["LIN**VN*MUG-BLUE", "QTY*33*12*EA", "CTT*1"]] * 2


async def test_what_came_is_acknowledged_and_not_taken_from_another_document(channel: Channel) -> None:
    first = await channel.read(a_document())
    again = await channel.read(a_document())
    repeat = await channel.read(a_document(), "repeat")

    assert (len(first.commands), len(again.commands), len(repeat.commands)) == (1, 1, 0)
    assert [problem.field for problem in repeat.problems] == ["ISA13"]
    assert [document[3:-4] for document in channel.written()] == [["AK1*PO*21", "AK2*850*0001", "AK5*A", "AK9*A*1*1*1"]]


async def test_a_change_is_left_to_a_person_with_what_it_asks_for(channel: Channel) -> None:
    change = a_set("BCH*04*SA*A-1***20261105", "POC*1*QD*1**EA*12.50**VN*MUG-BLUE", "CTT*1", set_id="860")

    reading = await channel.read(a_document(change).replace("GS*PO", "GS*PC"))

    assert not reading.commands
    (problem,) = reading.problems
    assert problem.field == "BCH03"
    assert "order 'A-1' is to change: 'QD of line 1 to 1 EA'" in problem.reason


async def test_without_our_id_nothing_is_kept_and_nothing_written(channel: Channel) -> None:
    first = await channel.read(a_document(a_set(*BODY)), own="")
    second = await channel.read(a_document(a_set(*BODY)), "second", own="")

    assert len(first.commands) == len(second.commands) == 1
    assert channel.written() == []


async def test_a_number_that_a_ship_notice_cannot_carry_is_refused(channel: Channel) -> None:
    long = "A-12345678901234567890123"
    await channel.read(a_document(a_set(f"BEG*00*SA*{long}**20261103", *BODY[1:])))
    request = progress(KINDS.PROGRESS_KIND_CONFIRMED)
    request.channel_reference = long

    assert (await channel.report(request)).code == "NOT_WRITABLE"
