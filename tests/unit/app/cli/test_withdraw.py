"""`crossdock withdraw`: what it asks of the hub, and what it shows."""

from __future__ import annotations

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.common.v1 import refusal_pb2
from crossdock.returns.v1 import returns_pb2 as pb
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ID = "01a204dc-af31-70aa-acb0-4c71b22f38d5"
RIGHT = pb.WithdrawalRight(
    order_id=ID, country_code="NL", open=True, days=14, article="9(1)", source="Directive 2011/83/EU"
)


def test_a_right_is_shown_with_its_end_its_law_and_what_is_exempt(hub: PretendHub, crossdock: Crossdock) -> None:
    right = pb.WithdrawalRight(end_time=Timestamp(seconds=1_794_902_400))
    right.MergeFrom(RIGHT)
    right.lines.add(line_number=1, sku="RING", exemption="CUSTOM_MADE", exemption_detail="16(c): made to measure")
    hub.answers["ReturnService.GetWithdrawalRight"] = pb.GetWithdrawalRightResponse(right=right)

    shown = crossdock("withdraw", ID, "--email", "ada@example.com", "--uninformed").out

    assert "May withdraw until 2026-11-17" in shown
    assert "Directive 2011/83/EU, 9(1)" in shown
    assert "16(c): made to measure" in shown
    (asked,) = hub.requests("ReturnService.GetWithdrawalRight")
    assert (asked.order_id, asked.customer_email, asked.information_missing) == (ID, "ada@example.com", True)


def test_a_period_that_has_not_begun_is_shown_as_such(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["ReturnService.GetWithdrawalRight"] = pb.GetWithdrawalRightResponse(right=RIGHT)

    assert "May withdraw until its last parcel came and 14 days more" in crossdock("withdraw", ID).out


def test_a_withdrawal_is_confirmed_with_its_receipt(hub: PretendHub, crossdock: Crossdock) -> None:
    done = [pb.WithdrawalResult(withdrawal=pb.Withdrawal(receipt="Receipt of your withdrawal"))]
    hub.answers["ReturnService.ConfirmWithdrawals"] = pb.ConfirmWithdrawalsResponse(results=done)

    ran = crossdock("withdraw", ID, "1:2", "--confirm", "--email", "ada@example.com")

    assert (ran.code, ran.out.strip()) == (0, "Receipt of your withdrawal")
    (asked,) = hub.requests("ReturnService.ConfirmWithdrawals")
    assert [(line.line_number, line.quantity) for line in asked.drafts[0].lines] == [(1, 2)]


def test_a_refused_withdrawal_ends_with_exit_code_1(hub: PretendHub, crossdock: Crossdock) -> None:
    refused = [pb.WithdrawalResult(refusal=refusal_pb2.Refusal(message="The period is over."))]
    hub.answers["ReturnService.ConfirmWithdrawals"] = pb.ConfirmWithdrawalsResponse(results=refused)

    assert crossdock("withdraw", ID, "--confirm").code == 1


@pytest.mark.parametrize("text", ["one:two", "1:x", "x", ":2"])
def test_what_is_no_line_is_refused_by_name(crossdock: Crossdock, text: str) -> None:
    printed = crossdock("withdraw", ID, text, "--confirm")

    assert printed.code == 2
    assert "is not LINE or LINE:UNITS" in " ".join(printed.err.split())
