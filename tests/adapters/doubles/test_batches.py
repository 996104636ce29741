"""A stand-in does each operation of a batch as a call of its own, also where it is killed in the middle."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from tempfile import TemporaryDirectory

import grpc
import pytest

from adapters.sdk.doubles.effects import EffectLog
from adapters.sdk.doubles.faults import FaultKind, order_fault
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.notice.v1 import notice_pb2 as pb
from crossdock.partner.notice.v1.notice_pb2_grpc import NoticeServiceStub
from tests.adapters.doubles.requests import ANNA, call, find
from tests.adapters.doubles.serving import serving
from tests.adapters.sdk.processes import hosting

KEYS = ("a", "b", "c")
DONE, NONE, NOT_FOUND = call_pb2.OUTCOME_DONE, call_pb2.OUTCOME_UNSPECIFIED, call_pb2.OUTCOME_NOT_FOUND


def batch() -> pb.BatchSendNoticesRequest:
    requests = [
        pb.SendNoticeRequest(
            call=call(key), order_id=key, template=pb.NOTICE_TEMPLATE_ORDER_SHIPPED, recipient=ANNA, channel_id="WEB"
        )
        for key in KEYS
    ]
    for number, request in enumerate(requests):
        request.call.traceparent = f"00-{number + 1:032x}-{'b' * 16}-01"
    return pb.BatchSendNoticesRequest(requests=requests)


async def test_each_operation_has_its_effect_once_and_its_own_answer() -> None:
    async with serving("double_notice") as served:
        first = await NoticeServiceStub(served.channel).BatchSendNotices(batch())
        again = await NoticeServiceStub(served.channel).BatchSendNotices(batch())

        assert again == first
        assert len({one.answer.partner_reference for one in first.responses}) == len(KEYS)
        assert [effect.operation_key for effect in served.log.effects("notice.send")] == list(KEYS)
        assert [one.operation_key for one in served.log.calls("SendNotice")] == [*KEYS, *KEYS]
        assert len(served.log.calls("BatchSendNotices")) == 2


@pytest.mark.parametrize(
    ("kind", "effects"),
    [(FaultKind.UNAVAILABLE, ["a", "c"]), (FaultKind.TIMEOUT_AFTER, ["a", "b", "c"])],
)
async def test_an_operation_whose_call_would_fail_says_no_outcome(kind: FaultKind, effects: list[str]) -> None:
    async with serving("double_notice") as served:
        order_fault(served.file, "SendNotice", kind, skip=1)

        response = await NoticeServiceStub(served.channel).BatchSendNotices(batch())

        assert [one.answer.outcome for one in response.responses] == [DONE, NONE, DONE]
        assert [effect.operation_key for effect in served.log.effects("notice.send")] == effects


async def test_a_fault_of_the_batch_fails_it_as_a_whole() -> None:
    async with serving("double_notice") as served:
        order_fault(served.file, "BatchSendNotices", FaultKind.UNAVAILABLE)

        with pytest.raises(grpc.aio.AioRpcError) as failure:
            await NoticeServiceStub(served.channel).BatchSendNotices(batch())

        assert failure.value.code() is grpc.StatusCode.UNAVAILABLE
        assert served.log.effects() == []


async def test_each_operation_is_written_down_in_its_own_trace(tmp_path: Path) -> None:
    async with serving("double_notice", trace_file=tmp_path / "spans") as served:
        await NoticeServiceStub(served.channel).BatchSendNotices(batch())

    spans = [json.loads(line) for line in (tmp_path / "spans").read_text().splitlines()]
    assert [span["trace_id"] for span in spans] == [f"{number:032x}" for number in (1, 2, 3)]
    assert [span["attributes"]["operation_key"] for span in spans] == list(KEYS)
    assert {span["attributes"]["outcome"] for span in spans} == {"DONE"}


async def test_a_stand_in_killed_in_the_middle_knows_what_it_did() -> None:
    with TemporaryDirectory(prefix="xd") as name:
        folder = Path(name)
        file, address = folder / "double_notice.sqlite", f"unix:{folder}/socket"
        order_fault(file, "SendNotice", "crash_after", skip=1)
        async with hosting(["double_notice"], address, folder) as host, grpc.aio.insecure_channel(address) as channel:
            with pytest.raises(grpc.aio.AioRpcError):
                await NoticeServiceStub(channel).BatchSendNotices(batch())
            assert await host.process.wait() == -signal.SIGKILL
        async with hosting(["double_notice"], address, folder), grpc.aio.insecure_channel(address) as channel:
            stub = NoticeServiceStub(channel)
            asked = [await stub.FindOperation(pb.FindOperationRequest(find=find(key))) for key in KEYS]
            await stub.BatchSendNotices(batch())

        assert [one.answer.outcome for one in asked] == [DONE, DONE, NOT_FOUND]
        assert [effect.operation_key for effect in EffectLog(file).effects("notice.send")] == list(KEYS)
