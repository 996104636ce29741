"""Orders to a warehouse: written once, sound in the eyes of pyx12, pending until acknowledged, canceled as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid5

import grpc
import pytest

from crossdock.partner.call.v1 import call_pb2
from tests.adapters.sdk.x12.judge import errors_of
from tests.adapters.x12_warehouse.documents import LINES, NAMES, a_document, release, served

CANCELS = {"takes_cancels": True}


def acknowledgment(code: str, control: int = 1, *more: str) -> str:
    body = (f"AK1*OW*{control}", "AK2*940*0001", *more, f"AK5*{code}", f"AK9*{code[0]}*1*1*1")
    return a_document("997", "FA", *body, control=800)


async def test_an_order_is_written_whole_and_counted_rightly(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        answer = (await warehouse.release()).answer

        (document,) = warehouse.written()

    assert (answer.outcome, answer.partner_reference) == (call_pb2.OUTCOME_PENDING, "000000001")
    assert errors_of(document) == []
    segments = document.split("~")
    assert segments[2:-4] == [
        "ST*940*0001", "W05*N*00000001", "N1*ST*Anna van Dijk", "N3*Keizersgracht 1", "N4*Amsterdam**1015 CJ*NL",
        "PER*RE*Anna van Dijk*EM*anna@example.com", "N1*WH**92*NL01",
        "G62*10*20261104", f"NTE*OTH*ORDER {uuid5(NAMES, 'sale')}",
        "NTE*DEL*Ring twice", "NTE*GFT*With love", "NTE*OTH*LINE 1: For Ada", "NTE*OTH*LINE 1: GIFT_WRAP",
        "NTE*GFT*Happy birthday   Anna", "W66*PP*U***STANDARD*****UPSN", "LX*1",
        "W01*3*EA**SK*MUG-BLUE", "G69*Title of MUG-BLUE", "N9*LI*1", "LX*2", "W01*2*EA**SK*TRAY-OAK",
        "G69*Title of TRAY-OAK", "N9*LI*2", "W76*5",
    ]  # fmt: skip


async def test_a_repeat_writes_nothing_and_another_operation_has_the_next_number(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        first, second = await warehouse.release(), await warehouse.release()
        assert first == second
        assert len(warehouse.written()) == 1

        other = await warehouse.release("another")

        assert other.answer.partner_reference == "000000002"
        assert [document.split("~")[3] for document in warehouse.written()] == ["W05*N*00000001"] * 2


async def test_a_repeat_after_a_lost_answer_writes_the_same_document_under_the_same_number(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        await warehouse.release()
        (before,) = warehouse.written()
        warehouse.memory.entries = {
            place: entry for place, entry in warehouse.memory.entries.items() if not place[1].startswith("operation/")
        }

        assert (await warehouse.find("release")).answer.outcome == call_pb2.OUTCOME_NOT_FOUND
        await warehouse.release()

        assert warehouse.written() == [before]


@pytest.mark.parametrize(
    ("code", "outcome", "said"),
    [("A", call_pb2.OUTCOME_DONE, ""), ("E", call_pb2.OUTCOME_DONE, ""), ("R*5", call_pb2.OUTCOME_REFUSED, "AK5/R/5")],
)
async def test_an_order_is_done_once_it_is_acknowledged(tmp_path: Path, code: str, outcome: int, said: str) -> None:
    async with served(tmp_path) as warehouse:
        await warehouse.release()
        assert (await warehouse.find("release")).answer.outcome == call_pb2.OUTCOME_PENDING

        reading = await warehouse.read(acknowledgment(code))

        answer = (await warehouse.find("release")).answer
        assert (answer.outcome, answer.code) == (outcome, said)
        assert [said in problem.reason for problem in reading.problems] == ([True] if said else [])
        assert (await warehouse.release()).answer == answer


async def test_a_house_that_acknowledges_nothing_has_an_order_once_it_is_written(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        answer = (await warehouse.release(awaits_acknowledgment=False)).answer

    assert answer.outcome == call_pb2.OUTCOME_DONE


async def test_an_implementation_acknowledgment_and_an_application_advice_are_read_too(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        await warehouse.release()
        body = ("AK1*OW*1*004010", "AK2*940*0001", "IK5*A", "AK9*A*1*1*1")
        assert not (await warehouse.read(a_document("999", "FA", *body, control=801), "first")).problems
        assert (await warehouse.find("release")).answer.outcome == call_pb2.OUTCOME_DONE

        advice = a_document("824", "AG", "BGN*11*1*20261104", "OTI*TR*TN*1***20261104*0900*1*0001*940", control=802)
        reading = await warehouse.read(advice, "second")

    assert ["refuses our document '1' by 'OTI/TR'" in problem.reason for problem in reading.problems] == [True]


async def test_an_acknowledgment_of_what_we_did_not_send_is_named(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        reading = await warehouse.read(acknowledgment("A", control=77))

    assert ["'77' is no document of ours" in problem.reason for problem in reading.problems] == [True]


async def test_a_value_that_x12_cannot_carry_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        request = release()
        request.ship_to.address.city = "Llanfairpwllgwyngyllgogerychwyrndrobwll"

        answer = (await warehouse.stub.ReleaseFulfillmentOrder(request)).answer

        assert (answer.outcome, answer.code) == (call_pb2.OUTCOME_REFUSED, "NOT_WRITABLE")
        assert "N401 holds 30 characters" in answer.message
        assert warehouse.written() == []


async def test_a_cancel_is_passed_on_as_a_whole_and_stays_pending(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        await warehouse.release()

        answer = (await warehouse.cancel(**CANCELS)).answer

        assert answer.outcome == call_pb2.OUTCOME_PENDING
        document = warehouse.written()[-1]
        assert "W05*F*00000001~" in document
        assert errors_of(document) == []
        await warehouse.read(acknowledgment("A", control=2))
        assert (await warehouse.find("cancel", "warehouse.cancel")).answer.outcome == call_pb2.OUTCOME_PENDING


@pytest.mark.parametrize(
    ("lines", "profile", "code"),
    [(LINES, {}, "NO_CANCELS"), (LINES[:1], CANCELS, "PARTIAL"), ((LINES[0], ("TRAY-OAK", 1)), CANCELS, "PARTIAL")],
)
async def test_a_cancel_that_the_house_does_not_take_is_refused(
    tmp_path: Path, lines: tuple[tuple[str, int], ...], profile: dict[str, Any], code: str
) -> None:
    async with served(tmp_path) as warehouse:
        await warehouse.release()

        answer = (await warehouse.cancel(*lines, **profile)).answer

        assert (answer.outcome, answer.code) == (call_pb2.OUTCOME_REFUSED, code)
        assert len(warehouse.written()) == 1


async def test_a_cancel_of_what_was_never_released_is_refused(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        assert (await warehouse.cancel(**CANCELS)).answer.code == "UNKNOWN"


@pytest.mark.parametrize(
    ("profile", "setting"),
    [
        ({"own": "CROSSDOCK"}, "own"),
        ({"partner": "ZZ:SIXTEEN-LETTERS!"}, "partner"),
        ({"separators": "**~^"}, "separators"),
        ({"usage": "X"}, "usage"),
        ({"mailbox": {}}, "mailbox.kind"),
        ({"version": "4010"}, "version"),
        ({"time_zone": "Mars"}, "time_zone"),
        ({"statuses": {"CC": "perhaps"}}, "statuses.CC"),
    ],
)
async def test_a_malformed_profile_ends_a_call_and_is_a_problem_of_a_document(
    tmp_path: Path, profile: dict[str, Any], setting: str
) -> None:
    async with served(tmp_path) as warehouse:
        with pytest.raises(grpc.aio.AioRpcError, match=setting) as raised:
            await warehouse.release(**profile)
        reading = await warehouse.read(acknowledgment("A"), **profile)

    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert [setting in problem.reason for problem in reading.problems] == [True]
