"""The right to withdraw on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from crossdock.returns.v1 import returns_pb2 as pb
from hub.cases.returns.withdrawal_rights import LineRight, RightRequest, WithdrawalRight
from hub.flows.returns.confirm_withdrawals import WithdrawalDraft
from hub.kernel.errors import InvalidField
from hub.returns.model import Withdrawal
from hub.returns.policy.withdrawals import Information
from hub.wire.instants import instant_to_pb, optional_instant


def right_request_from_pb(message: pb.GetWithdrawalRightRequest) -> RightRequest:
    """What is asked. Raises InvalidField where it says when the customer was informed, and not that this was late."""
    return RightRequest(UUID(message.order_id), message.customer_email, _information(message))


def withdrawal_draft_from_pb(message: pb.WithdrawalDraft) -> WithdrawalDraft:
    """What a customer confirms. Raises InvalidField as `right_request_from_pb`."""
    lines = tuple((line.line_number, line.quantity) for line in message.lines)
    return WithdrawalDraft(UUID(message.order_id), message.customer_email, lines, _information(message))


def withdrawal_to_pb(withdrawal: Withdrawal) -> pb.Withdrawal:
    """The withdrawal as a message."""
    return pb.Withdrawal(
        withdrawal_id=str(withdrawal.withdrawal_id),
        order_id=str(withdrawal.order_id),
        lines=[
            pb.WithdrawalLine(line_number=line.line_number, quantity=line.quantity, sku=line.sku)
            for line in withdrawal.lines
        ],
        state_time=instant_to_pb(withdrawal.stated_at),
        refund_time=instant_to_pb(withdrawal.refund_by),
        canceled_quantity=withdrawal.canceled,
        requested_quantity=withdrawal.requested,
        under_way_quantity=withdrawal.under_way,
        return_id=str(withdrawal.return_id or ""),
        receipt=withdrawal.receipt,
    )


def _information(message: pb.GetWithdrawalRightRequest | pb.WithdrawalDraft) -> Information:
    given_at = optional_instant(message, "information_time")
    if given_at is not None and not message.information_missing:
        raise InvalidField(
            "information_time goes with information_missing; state both or neither.",
            information_time="goes with information_missing",
        )
    return Information(message.information_missing, given_at)


def right_to_pb(right: WithdrawalRight, withdrawals: Sequence[Withdrawal]) -> pb.WithdrawalRight:
    """The right as a message, with what the customer withdrew from so far."""
    rule = right.rule
    return pb.WithdrawalRight(
        order_id=str(right.order_id),
        country_code=rule.country_code,
        open=right.open,
        end_time=None if right.ends_at is None else instant_to_pb(right.ends_at),
        days=rule.days,
        refund_days=rule.refund_days,
        article=rule.article,
        source=rule.source,
        lines=[_line(line) for line in right.lines],
        withdrawals=[withdrawal_to_pb(one) for one in withdrawals],
    )


def _line(line: LineRight) -> pb.WithdrawalRightLine:
    message = pb.WithdrawalRightLine(line_number=line.line_number, sku=line.sku, quantity=line.quantity)
    if line.exemption is not None:
        message.exemption = line.exemption.code
        message.exemption_detail = f"{line.exemption.source}, {line.exemption.article}: {line.exemption.sentence}"
    return message
