"""Faults strike whom they are ordered for, as often as ordered, and are played as they say."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

import grpc
import pytest

from adapters.sdk.doubles import faults
from adapters.sdk.doubles.book import Book
from adapters.sdk.doubles.faults import FOR_EVER, FaultKind, clear_faults, order_fault, ordered_faults, take_fault
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2
from crossdock.partner.payment.v1.payment_pb2_grpc import PaymentServiceStub
from crossdock.partner.transport.v1 import transport_pb2
from crossdock.partner.transport.v1.transport_pb2_grpc import TransportServiceStub
from tests.adapters.doubles.requests import authorize, euros, find, parcel, pull
from tests.adapters.doubles.serving import TUESDAY, minutes_later, serving


def _struck(file: Path, calls: Sequence[tuple[str, str, datetime]]) -> list[str]:
    with closing(Book(file)) as book, book.transaction() as tx:
        taken = [take_fault(tx, *call) for call in calls]
    return [fault[0].value if fault else "" for fault in taken]


def test_a_fault_lets_calls_through_first_and_strikes_as_often_as_ordered(tmp_path: Path) -> None:
    file = tmp_path / "double.sqlite"
    order_fault(file, "Capture", FaultKind.UNAVAILABLE, skip=1, times=2)

    struck = _struck(file, [("Capture", "A", TUESDAY)] * 5)

    assert struck == ["", "unavailable", "unavailable", "", ""]
    assert ordered_faults(file) == []


def test_a_fault_strikes_only_its_method_and_account(tmp_path: Path) -> None:
    file = tmp_path / "double.sqlite"
    order_fault(file, "Capture", "unavailable", account_id="A", times=FOR_EVER)

    struck = _struck(file, [("Capture", "B", TUESDAY), ("Reverse", "A", TUESDAY), ("Capture", "A", TUESDAY)])

    assert struck == ["", "", "unavailable"]
    clear_faults(file)
    assert _struck(file, [("Capture", "A", TUESDAY)]) == [""]


def test_a_fault_of_every_method_lasts_its_business_time(tmp_path: Path) -> None:
    file = tmp_path / "double.sqlite"
    order_fault(file, "*", "unavailable", times=FOR_EVER, start=minutes_later(10), end=minutes_later(40))

    struck = _struck(file, [("Capture", "A", minutes_later(minutes)) for minutes in (9, 10, 39, 40)])

    assert struck == ["", "unavailable", "unavailable", ""]


def test_faults_strike_in_the_order_they_were_ordered(tmp_path: Path) -> None:
    file = tmp_path / "double.sqlite"
    order_fault(file, "Capture", "timeout_before")
    order_fault(file, "Capture", "server_error")

    assert _struck(file, [("Capture", "A", TUESDAY)] * 3) == ["timeout_before", "server_error", ""]


def test_a_kind_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="earthquake"):
        order_fault(tmp_path / "double.sqlite", "Capture", "earthquake")


def test_faults_are_ordered_listed_and_cleared_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "double.sqlite")
    window = ["--from", "2026-03-03T10:00:00Z", "--until", "2026-03-03T10:30:00Z"]

    faults.main([file, "order", "Capture", "rate_limited", "--argument", "7", "--times", "-1", *window])
    faults.main([file, "list"])
    listed = capsys.readouterr().out
    faults.main([file, "clear"])
    faults.main([file, "list"])

    assert '"kind": "rate_limited", "argument": "7"' in listed
    assert '"start_time": "2026-03-03T10:00:00.000000+00:00"' in listed
    assert capsys.readouterr().out == ""


async def test_a_lie_about_an_operation_that_was_done_does_not_undo_it() -> None:
    async with serving("double_payment") as served:
        stub = PaymentServiceStub(served.channel)
        await stub.Authorize(authorize("a", euros(1)))
        order_fault(served.file, "FindOperation", "lie")

        lie, truth = [
            (await stub.FindOperation(payment_pb2.FindOperationRequest(find=find("a")))).answer.outcome
            for _ in range(2)
        ]
        again = await stub.Authorize(authorize("a", euros(1)))

        assert (lie, truth) == (call_pb2.OUTCOME_NOT_FOUND, call_pb2.OUTCOME_DONE)
        assert again.answer.outcome == call_pb2.OUTCOME_DONE
        assert len(served.log.effects()) == 1
        assert [call.fault for call in served.log.calls("FindOperation")] == ["lie", ""]


async def test_a_lie_in_a_pull_leaves_updates_out_for_good() -> None:
    async with serving("double_transport") as served:
        stub = TransportServiceStub(served.channel)
        await stub.RegisterParcel(parcel("p", "TRK-1", TUESDAY))
        order_fault(served.file, "PullUpdates", "lie")

        told = await stub.PullUpdates(transport_pb2.PullUpdatesRequest(pull=pull(minutes_later(6000))))
        rest = await stub.PullUpdates(
            transport_pb2.PullUpdatesRequest(pull=pull(minutes_later(6000), told.pulled.cursor))
        )

        assert (list(told.events), list(rest.events)) == ([], [])


async def test_a_refusal_ordered_for_a_pull_is_a_failed_precondition() -> None:
    async with serving("double_transport") as served:
        order_fault(served.file, "PullUpdates", "refuse", "account_closed")

        with pytest.raises(grpc.aio.AioRpcError, match="account_closed") as failure:
            await TransportServiceStub(served.channel).PullUpdates(transport_pb2.PullUpdatesRequest(pull=pull(TUESDAY)))

        assert failure.value.code() is grpc.StatusCode.FAILED_PRECONDITION
        assert [call.outcome for call in served.log.calls()] == ["FAILED_PRECONDITION"]
