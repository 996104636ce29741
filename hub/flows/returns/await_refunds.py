"""Refunds of withdrawals against their day: a refund that may not be withheld any more is named before it is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.returns.return_cases import load_returns, save_returning
from hub.exceptions.model import ExceptionReason
from hub.messages.timers import RefundDue
from hub.returns.lifecycle import OPEN, ReturnState
from hub.returns.model import Return
from hub.returns.policy.credits import undecided_units

FLOW: Final = "await_refunds"
_AGAIN: Final = timedelta(days=1)


async def await_refunds(flow: FlowContext, return_ids: Sequence[UUID]) -> list[None]:
    """Names returns of which goods are there, or sent, and not refunded; looks again in a day until a return ends."""
    returning = await load_returns(flow, FLOW, return_ids)
    for return_id in return_ids:
        found = returning.of(return_id)
        rma = found.returns[return_id]
        if rma.state not in OPEN:
            continue
        found.case.set_timer(RefundDue(return_id, flow.at + _AGAIN))
        if rma.state is ReturnState.IN_TRANSIT or undecided_units(rma):
            _name(flow, found.case, rma)
    await save_returning(flow, FLOW, returning)
    return [None] * len(return_ids)


def _name(flow: FlowContext, case: Case, rma: Return) -> None:
    words = "".join(f" {number}:{units}:accepted" for number, units in undecided_units(rma).items())
    command = f"crossdock returns {'inspect' if words else 'show'} {rma.return_id}{words}"
    detail = "The customer withdrew and sent the goods, so the refund may not be withheld. Inspect them to refund them."
    case.open_exception(ExceptionReason.WITHDRAWAL_REFUND_DUE, str(rma.return_id), detail, command, flow.at)
