"""The rpcs that change balances, each with its flow, and how a repeat is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from hub.balances import operations as balances
from hub.balances.model import Balance
from hub.cases.context import FlowContext
from hub.flows.money.keep_balances import Adjustment, BalanceDraft, adjust_balances, issue_balances, not_found
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.kernel.errors import Refusal


def _balance(balance: Balance) -> Stored:
    return {"balance_id": str(balance.balance_id)}


async def _balances(flow: FlowContext, stored: Sequence[Stored]) -> list[Balance | Refusal]:
    """What repeats get: the balances as they stand."""
    ids = [UUID(one["balance_id"]) for one in stored]
    known = await balances.read(flow.tx, set(ids))
    return [known.get(balance_id) or not_found() for balance_id in ids]


ISSUE_BALANCE: Final[Change[BalanceDraft, Balance]] = Change("IssueBalance", issue_balances, _balance, _balances)
ADJUST_BALANCE: Final[Change[Adjustment, Balance]] = Change("AdjustBalance", adjust_balances, _balance, _balances)
