"""Orders out, each once, and the warehouse's files into the hub, none lost and none twice."""

from __future__ import annotations

import asyncio
import json
import os
import tomllib
from collections.abc import AsyncIterator
from datetime import UTC, timedelta
from pathlib import Path

import grpc
import pytest

import adapters
from adapters.file_mailbox.adapter import SERVICE
from adapters.sdk.mailbox.mailbox import Mailbox
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2 as pb
from tests.adapters.file_mailbox.serving import FULFILLMENT_ORDER, LAYOUTS, OTHER, TUESDAY, Served, serving

DONE, REFUSED, NOT_FOUND = call_pb2.OUTCOME_DONE, call_pb2.OUTCOME_REFUSED, call_pb2.OUTCOME_NOT_FOUND
FILE = f"ORD-{FULFILLMENT_ORDER}.csv"


@pytest.fixture
async def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Served]:
    monkeypatch.setenv("CROSSDOCK_MAILBOX_ROOT", str(tmp_path))
    async with serving(tmp_path) as served:
        yield served


async def test_an_order_is_one_file_however_often_it_is_released(served: Served) -> None:
    first = await served.stub.ReleaseFulfillmentOrder(served.release())
    again = await served.stub.ReleaseFulfillmentOrder(served.release())

    assert (first.answer.outcome, first.answer.partner_reference) == (DONE, FILE)
    assert first == again
    assert served.names("outgoing") == [FILE]
    assert (served.folder / "outgoing" / FILE).read_bytes().decode() == (
        "ORDER;LINE;ITEM;QTY;DUE;SERVICE;NAME;STREET\r\n"
        f'{FULFILLMENT_ORDER};1;"A;B";2;20260303;E;"Anna ""the"" Canary";Canarystraat 1 2nd floor\r\n'
    )


async def test_a_file_that_the_warehouse_took_is_not_handed_over_again(served: Served) -> None:
    await served.stub.ReleaseFulfillmentOrder(served.release())
    (served.folder / "outgoing" / FILE).unlink()

    again = await served.stub.ReleaseFulfillmentOrder(served.release())

    assert again.answer.outcome == DONE
    assert (await served.find()).outcome == DONE
    assert served.names("outgoing") == []


async def test_twins_are_one_file(served: Served) -> None:
    answers = await asyncio.gather(*(served.stub.ReleaseFulfillmentOrder(served.release()) for _ in range(4)))

    assert {answer.answer.outcome for answer in answers} == {DONE}
    assert served.names("outgoing") == [FILE]


async def test_another_order_under_a_used_key_is_refused(served: Served) -> None:
    await served.stub.ReleaseFulfillmentOrder(served.release())
    other = await served.stub.ReleaseFulfillmentOrder(served.release(fulfillment_order_id=OTHER))

    assert (other.answer.outcome, other.answer.code) == (REFUSED, "operation_key_reused")
    assert served.names("outgoing") == [FILE]


async def test_a_process_that_ends_before_the_file_has_its_name_leaves_no_doubt(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(self: Mailbox, token: str, name: str) -> None:
        raise SystemError("the process ends here")

    with monkeypatch.context() as broken:
        broken.setattr(Mailbox, "publish", dies)
        with pytest.raises(grpc.aio.AioRpcError):
            await served.stub.ReleaseFulfillmentOrder(served.release())
    before = await served.find()
    repeat = await served.stub.ReleaseFulfillmentOrder(served.release())

    assert before.outcome == NOT_FOUND
    assert repeat.answer.outcome == DONE
    assert served.names("outgoing") == [FILE]


async def test_a_mailbox_that_is_not_there_has_done_nothing(served: Served) -> None:
    (served.folder / "outgoing").rename(served.folder / "elsewhere")

    with pytest.raises(grpc.aio.AioRpcError) as failure:
        await served.stub.ReleaseFulfillmentOrder(served.release())

    assert failure.value.code() is grpc.StatusCode.ABORTED
    assert (await served.find()).outcome == NOT_FOUND


async def test_an_unknown_release_is_not_found_and_a_cancellation_is_refused(served: Served) -> None:
    request = pb.CancelFulfillmentOrderRequest(call=served.call(), fulfillment_order_id=FULFILLMENT_ORDER)

    assert (await served.find()).outcome == NOT_FOUND
    assert (await served.stub.CancelFulfillmentOrder(request)).answer.code == "NO_CANCELS"


async def test_an_order_that_no_file_can_carry_is_refused_by_its_field(served: Served) -> None:
    places = {"fulfillment_order_id": {"start": 1, "length": 36}, "sku": {"start": 37, "length": 2}}
    places |= {"line_number": {"start": 39, "length": 1}, "quantity": {"start": 40, "length": 5}}
    served.profile["layouts"] = [{**LAYOUTS[0], "form": "fixed", "fields": places}]

    response = await served.stub.ReleaseFulfillmentOrder(served.release())

    assert (response.answer.outcome, response.answer.code) == (REFUSED, "NOT_WRITABLE")
    assert "sku" in response.answer.message
    assert served.names("outgoing") == []


async def test_files_of_the_warehouse_become_documents_and_are_archived(served: Served) -> None:
    (served.folder / "incoming/SHIP-1.csv").write_bytes(b"1")
    (served.folder / "incoming/unknown.pdf").write_bytes(b"2")

    await served.pull()

    assert [(kept.account_id, kept.name, kept.content) for kept in served.inbox.kept] == [
        ("WMS", "SHIP-1.csv", b"1"),
        ("WMS", "unknown.pdf", b"2"),
    ]
    assert served.names("incoming") == served.names("taken") == []
    assert len(served.names("archive")) == 2


async def test_a_file_is_archived_only_once_the_hub_has_it(served: Served) -> None:
    (served.folder / "incoming/SHIP-1.csv").write_bytes(b"1")
    served.inbox.fails = [grpc.StatusCode.UNAVAILABLE]

    with pytest.raises(grpc.aio.AioRpcError):
        await served.pull()
    in_between = served.names("archive"), len(served.names("taken"))
    await served.pull()

    assert in_between == ([], 1)
    assert [kept.name for kept in served.inbox.kept] == ["SHIP-1.csv"]
    assert len(served.names("archive")) == 1


async def test_a_file_that_the_hub_never_keeps_is_set_aside(served: Served) -> None:
    (served.folder / "incoming/SHIP-1.csv").write_bytes(b"")
    served.inbox.fails = [grpc.StatusCode.INVALID_ARGUMENT]

    await served.pull()

    assert len(served.names("refused")) == 1


async def test_a_file_that_grows_waits_for_a_later_pull(served: Served) -> None:
    served.profile["mailbox"] = {**served.profile["mailbox"], "settle_seconds": 10}
    file = served.folder / "incoming/SHIP-1.csv"
    file.write_bytes(b"half")

    await served.pull()
    file.write_bytes(b"half and half")
    await served.pull(seconds=11)
    assert served.inbox.kept == []
    await served.pull(seconds=22)

    assert [kept.content for kept in served.inbox.kept] == [b"half and half"]


async def test_many_files_come_in_several_pulls_the_oldest_first(served: Served) -> None:
    served.profile["files_at_once"] = 2
    for number in (3, 1, 2):
        file = served.folder / f"incoming/SHIP-{number}.csv"
        file.write_bytes(b"%d" % number)
        os.utime(file, (number, number))

    first = await served.pull()
    second = await served.pull()

    assert [kept.name for kept in served.inbox.kept] == ["SHIP-1.csv", "SHIP-2.csv", "SHIP-3.csv"]
    assert first.next_update_time.ToDatetime(tzinfo=UTC) == TUESDAY
    assert second.next_update_time.ToDatetime(tzinfo=UTC) == TUESDAY + timedelta(minutes=5)


async def test_of_two_processes_one_picks_up(served: Served) -> None:
    (served.folder / "incoming/SHIP-1.csv").write_bytes(b"1")
    served.memory.holders["mailbox"] = "another process"

    await served.pull()

    assert served.inbox.kept == []
    assert served.names("incoming") == ["SHIP-1.csv"]


@pytest.mark.parametrize("name", ["operation_key", "account_id", "business_time", "profile_json"])
async def test_a_call_without_its_head_does_nothing(served: Served, name: str) -> None:
    request = served.release()
    request.call.ClearField(name)

    with pytest.raises(grpc.aio.AioRpcError) as failure:
        await served.stub.ReleaseFulfillmentOrder(request)

    assert failure.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert served.names("outgoing") == []


async def test_a_newer_profile_breaks_nothing(served: Served) -> None:
    served.profile |= {"from_a_newer_version": json.loads("[1]")}

    assert (await served.stub.ReleaseFulfillmentOrder(served.release())).answer.outcome == DONE


def test_the_quality_file_says_what_is_offered() -> None:
    quality = tomllib.loads((Path(adapters.__path__[0]) / "file_mailbox/quality.toml").read_text())

    assert quality["service"] == SERVICE.full_name
    assert sorted(quality["offered"]) == sorted(method.name for method in SERVICE.methods)
