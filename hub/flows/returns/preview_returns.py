"""Says what returns would bring if all their units are accepted; changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.returns.credits import credit_lines
from hub.cases.returns.permissions import PlannedReturn, case_of, returnable
from hub.cases.returns.requests import made, require_agreed
from hub.cases.returns.return_cases import read_orders
from hub.kernel.errors import Refusal
from hub.payments.policy import Payout, payouts
from hub.returns.model import CreditLine, Resolution, Return
from hub.returns.policy.lines import merged


class Preview(Struct, frozen=True):
    """What a return would bring: what it is credited with, and how that would be paid out now."""

    case: Case
    rma: Return
    lines: tuple[CreditLine, ...]
    payouts: tuple[Payout, ...]


async def preview_returns(flow: FlowContext, planned: Sequence[PlannedReturn]) -> list[Preview | Refusal]:
    """Works out planned returns from what is read. Refuses as `authorize_returns` does."""
    cases = await read_orders(flow, [one.request.order_id for one in planned])
    answers: list[Preview | Refusal] = []
    for one in planned:
        try:
            case = case_of({order_id: found.case for order_id, found in cases.items()}, one.request.order_id)
            for line in merged(one.request.lines):
                returnable(case, line, one.policy, flow.at)
            found, rma = cases[one.request.order_id], made(flow, case, one)
            require_agreed(found, rma, one)
            lines = credit_lines(found, rma, {line.line_number: line.quantity for line in rma.lines})
            paid = rma.resolution is Resolution.REFUND
            total = sum(line.amount_minor for line in lines)
            shares = payouts(case.payments, total) if paid else []
            answers.append(Preview(case, rma, tuple(lines), tuple(shares)))
        except Refusal as refusal:
            answers.append(refusal)
    return answers
