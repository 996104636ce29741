"""`crossdock withdraw`: what it asks of the hub, and what it shows."""

from __future__ import annotations

from google.protobuf.timestamp_pb2 import Timestamp

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
