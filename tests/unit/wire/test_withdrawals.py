"""Withdrawals on the wire: what customers confirm, and what they are answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from google.protobuf.json_format import ParseDict

from crossdock.returns.v1 import returns_pb2 as pb
from hub.flows.returns.confirm_withdrawals import WithdrawalDraft
from hub.kernel.errors import InvalidField
from hub.returns.model import Withdrawal, WithdrawnLine
from hub.returns.policy.withdrawals import Information
from hub.wire.returns.withdrawals import withdrawal_draft_from_pb, withdrawal_to_pb

ORDER = "01a204dc-af31-70aa-acb0-4c71b22f38d5"
AT = datetime(2026, 11, 17, 9, tzinfo=UTC)


def test_what_a_customer_confirms_is_read() -> None:
    stated = {
        "order_id": ORDER,
        "customer_email": "ada@example.com",
        "lines": [{"line_number": 1, "quantity": 2}],
        "information_missing": True,
        "information_time": "2026-11-17T09:00:00Z",
    }

    read = withdrawal_draft_from_pb(ParseDict(stated, pb.WithdrawalDraft()))

    late = Information(missing=True, given_at=AT)
    assert read == WithdrawalDraft(UUID(ORDER), "ada@example.com", ((1, 2),), late)
    assert "ada" not in repr(read)


def test_when_somebody_was_informed_goes_with_that_it_was_late() -> None:
    stated = {"order_id": ORDER, "information_time": "2026-11-17T09:00:00Z"}

    with pytest.raises(InvalidField):
        withdrawal_draft_from_pb(ParseDict(stated, pb.WithdrawalDraft()))


def test_a_withdrawal_is_told_with_all_that_it_did() -> None:
    refund_by = AT + timedelta(days=14)
    withdrawal = Withdrawal(
        UUID(ORDER), UUID(ORDER), (WithdrawnLine(1, 2, "SHIRT"),), AT, refund_by, "Receipt", 1, 2, 3, UUID(int=4)
    )

    told = withdrawal_to_pb(withdrawal)

    assert (told.canceled_quantity, told.requested_quantity, told.under_way_quantity) == (1, 2, 3)
    assert (told.return_id, told.receipt, told.lines[0].sku) == (str(UUID(int=4)), "Receipt", "SHIRT")
    assert told.refund_time.ToDatetime(UTC) == refund_by
