"""What buyers are told of their orders: in the structures of D.24A, written once, pending until reported as read."""

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

from adapters.edifact_channel.adapter import NOT_SENT, build
from adapters.sdk.adapter import AdapterContext
from adapters.sdk.edifact.tokenizer import Chunk, chunks
from adapters.sdk.host import make_server
from adapters.sdk.listening import listen
from adapters.sdk.mailbox.folder import ROOT_VARIABLE
from adapters.sdk.webhooks.inbox import HubInbox
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.channel.v1 import channel_pb2 as pb
from crossdock.partner.channel.v1 import channel_pb2_grpc as rpc
from tests.adapters.edifact_channel.test_orders import OWN
from tests.adapters.sdk.edifact.structures import misplaced
from tests.adapters.sdk.hub_memory import hub_memory

AT = datetime(2026, 11, 4, 12, 0, tzinfo=UTC)
NAMES = UUID(int=7)
PROFILE: dict[str, object] = {
    "own": "4098765000001:14",
    "partner": "4012345000009:14",
    "mailbox": {"kind": "directory", "folder": "edi"},
}
KINDS = pb.ProgressKind


@dataclass
class Channel:
    """The adapter's stub, and the folder where its documents lie."""

    stub: Any
    folder: Path

    def written(self) -> list[list[str]]:
        """Answers the messages from UNH to UNT as segments, oldest first, each where D.24A lets it stand."""
        messages = []
        for path in sorted((self.folder / "outgoing").glob("*.edi")):
            text = path.read_text()
            (chunk,) = chunks(text)
            assert isinstance(chunk, Chunk)
            inner = chunk.segments[1:-1]
            assert misplaced(inner[0].value(2), [segment.tag for segment in inner]) == ""
            messages.append(text.removeprefix("UNA:+.? '").split("'")[1:-2])
        return messages

    async def read(self, document: bytes, name: str = "document", **profile: object) -> pb.ReadDocumentResponse:
        request = pb.ReadDocumentRequest(call=head(name, **profile), content=document, channel_id="B2B-DE")
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
        (tmp_path / "edi" / name).mkdir(parents=True)
    async with hub_memory(tmp_path) as (_, state), grpc.aio.insecure_channel("127.0.0.1:1") as hub:
        inbox = HubInbox(hub, "")
        adapter = build(AdapterContext(name="edifact_channel", data_dir=tmp_path, state=state, inbox=inbox))
        server, _ = make_server([adapter], None)
        address = listen(server, f"unix:{tmp_path}/socket")
        await server.start()
        async with grpc.aio.insecure_channel(address) as wire:
            yield Channel(rpc.ChannelServiceStub(wire), tmp_path / "edi")
        await server.stop(None)


def head(name: str, **profile: object) -> call_pb2.Call:
    key, settings = str(uuid5(NAMES, name)), json.dumps({**PROFILE, **profile})
    call = call_pb2.Call(account_id="edi", operation_key=key, profile_json=settings)
    call.business_time.FromDatetime(AT)
    return call


def progress(kind: pb.ProgressKind, name: str = "report", **profile: object) -> pb.ReportProgressRequest:
    request = pb.ReportProgressRequest(call=head(name, **profile), channel_reference="E-1", kind=kind)
    request.occur_time.FromDatetime(AT)
    for number, (sku, units) in enumerate([("MUG-BLUE", 3), ("TRAY-OAK", 2)], start=1):
        line = request.lines.add(line_number=number, channel_line_reference=str(number), sku=sku, quantity=units)
        line.promised_time.FromDatetime(AT)
    return request


def report(control: int, action: str, *, own: int = 500) -> bytes:
    return (
        f"UNB+UNOY:3+4012345000009:14+4098765000001:14+261104:1300+{own}'UNH+1+CONTRL:D:3:UN'"
        f"UCI+{control}+4098765000001:14+4012345000009:14+{action}'UNT+3+1'UNZ+1+{own}'"
    ).encode()


async def test_a_confirmed_order_is_answered_line_by_line(channel: Channel) -> None:
    await channel.read(OWN.read_bytes())
    request = progress(KINDS.PROGRESS_KIND_CONFIRMED)
    request.lines[1].waiting_quantity = 1

    answer = await channel.report(request)

    assert answer.outcome == call_pb2.OUTCOME_PENDING
    reference = request.call.operation_key.replace("-", "")
    assert channel.written() == [[
        "UNH+1+ORDRSP:D:96A:UN:EAN008", f"BGM+231+{reference}+4", "DTM+137:202611041200:203", "RFF+ON:E-1",
        "DTM+171:20261103:102", "NAD+BY+4012345000009::9", "NAD+SU+4098765000001::9", "NAD+DP+4012345000016::9",
        "LIN+1+5+MUG-BLUE:SA", "QTY+21:3:PCE", "DTM+69:20261104:102", "LIN+2+3+4006381333948:EN", "QTY+21:2",
        "QTY+113:1",        "QTY+83:1", "DTM+69:20261104:102", "UNS+S", "CNT+2:2", "UNT+19+1",
    ]]  # fmt: skip
    assert await channel.report(request) == answer
    assert len(channel.written()) == 1


@pytest.mark.parametrize(
    ("kind", "verdict", "action"),
    [
        (KINDS.PROGRESS_KIND_CONFIRMED, "+29", "LIN+1+5+"),
        (KINDS.PROGRESS_KIND_SHORT, "+4", "LIN+1+3+"),
        (KINDS.PROGRESS_KIND_CANCELED, "+27", "LIN+1+7+"),
    ],
)
async def test_what_is_said_of_the_lines_is_said_of_the_order(
    channel: Channel, kind: pb.ProgressKind, verdict: str, action: str
) -> None:
    await channel.read(OWN.read_bytes())

    await channel.report(progress(kind))

    (segments,) = channel.written()
    assert segments[1].endswith(verdict)
    assert [segment for segment in segments if segment.startswith(action)]


async def test_a_shipment_is_told_with_its_packages(channel: Channel) -> None:
    await channel.read(OWN.read_bytes())
    request = progress(KINDS.PROGRESS_KIND_SHIPPED)
    request.shipment_reference, request.tracking_number, request.weight_grams = "BOL+1", "1Z9", 2500
    request.carrier_code, request.carrier_name = "DPD", "Parcel: fast"
    package = request.packages.add(package_reference="340123450000000017", kind="CARTON")
    package.lines.add(line_number=1, channel_line_reference="1", sku="MUG-BLUE", quantity=3)

    await channel.report(request)

    (segments,) = channel.written()
    assert "RFF+CN:1Z9" in segments
    assert "BGM+351+BOL?+1+9" in segments
    assert "TDT+20++++DPD:::Parcel?: fast" in segments
    assert segments[segments.index("CPS+1") :] == [
        "CPS+1", "CPS+2+1", "PAC+1++CT", "PCI+33E", "GIN+BJ+340123450000000017", "LIN+1++MUG-BLUE:SA", "QTY+12:3:PCE",
        "RFF+ON:E-1:1", "CNT+2:1", "UNT+22+1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("action", "outcome"),
    [("7", call_pb2.OUTCOME_DONE), ("8", call_pb2.OUTCOME_PENDING), ("4+12", call_pb2.OUTCOME_REFUSED)],
)
async def test_a_message_is_done_or_refused_once_it_is_reported(channel: Channel, action: str, outcome: int) -> None:
    await channel.read(OWN.read_bytes())
    request = progress(KINDS.PROGRESS_KIND_CONFIRMED)
    await channel.report(request)

    reading = await channel.read(report(1, action), "report")

    assert (await channel.find(request)).outcome == outcome
    assert bool(reading.problems) == (outcome == call_pb2.OUTCOME_REFUSED)


async def test_reports_about_nothing_of_ours_and_of_no_action_are_named(channel: Channel) -> None:
    strange = await channel.read(report(99, "7"), "strange")
    wrong = await channel.read(report(99, "9", own=501), "wrong")

    assert ["'99' is no document of ours" in problem.reason for problem in strange.problems] == [True]
    assert [problem.field for problem in wrong.problems] == ["UCI04"]


async def test_an_interchange_that_came_in_another_document_is_not_taken_again(channel: Channel) -> None:
    first = await channel.read(OWN.read_bytes())
    again = await channel.read(OWN.read_bytes())
    repeat = await channel.read(OWN.read_bytes(), "repeat")
    forgiven = await channel.read(OWN.read_bytes(), "forgiven", tolerate=["UNB05"])

    assert [len(one.commands) for one in (first, again, repeat, forgiven)] == [2, 2, 0, 2]
    assert [problem.field for problem in repeat.problems] == ["UNB05"]


async def test_what_needs_no_document_counts_as_told(channel: Channel) -> None:
    unknown = await channel.report(progress(KINDS.PROGRESS_KIND_CONFIRMED))
    await channel.read(OWN.read_bytes())
    delivered = await channel.report(progress(KINDS.PROGRESS_KIND_DELIVERED, "delivered"))

    assert [one.partner_reference for one in (unknown, delivered)] == [NOT_SENT, NOT_SENT]
    assert channel.written() == []


@pytest.mark.parametrize(
    ("profile", "setting"),
    [
        ({"own": "4098765000001"}, "own"),
        ({"partner": ""}, "partner"),
        ({"version": "96A"}, "version"),
        ({"usage": "X"}, "usage"),
        ({"mailbox": {}}, "mailbox.kind"),
    ],
)
async def test_a_malformed_way_ends_a_call(channel: Channel, profile: dict[str, Any], setting: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError, match=setting) as raised:
        await channel.report(progress(KINDS.PROGRESS_KIND_CONFIRMED, **profile))

    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT


def test_a_segment_in_the_wrong_place_is_found() -> None:
    assert misplaced("ORDRSP", ["UNH", "BGM", "DTM", "UNS", "LIN", "UNT"]) != ""
