"""The right to withdraw on the wire."""

from __future__ import annotations

from uuid import UUID

from crossdock.returns.v1 import returns_pb2 as pb
from hub.flows.returns.withdrawal_rights import LineRight, RightRequest, WithdrawalRight
from hub.kernel.errors import InvalidField
from hub.returns.policy.withdrawals import Information
from hub.wire.instants import instant_to_pb, optional_instant


def right_request_from_pb(message: pb.GetWithdrawalRightRequest) -> RightRequest:
    """What is asked. Raises InvalidField where it says when the customer was informed, and not that this was late."""
    given_at = optional_instant(message, "information_time")
    if given_at is not None and not message.information_missing:
        raise InvalidField(
            "information_time goes with information_missing; state both or neither.",
            information_time="goes with information_missing",
        )
    information = Information(message.information_missing, given_at)
    return RightRequest(UUID(message.order_id), message.customer_email, information)


def right_to_pb(right: WithdrawalRight) -> pb.WithdrawalRight:
    """The right as a message."""
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
    )


def _line(line: LineRight) -> pb.WithdrawalRightLine:
    message = pb.WithdrawalRightLine(line_number=line.line_number, sku=line.sku, quantity=line.quantity)
    if line.exemption is not None:
        message.exemption = line.exemption.code
        message.exemption_detail = f"{line.exemption.source}, {line.exemption.article}: {line.exemption.sentence}"
    return message
