"""The rpcs that change credit accounts and what orders take of them: their flows, and how a repeat is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hub.api.repeats import order_outcome, standing_cases
from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.credit import operations as credit
from hub.credit.model import AccountKey, CreditAccount
from hub.flows.money.keep_credit import (
    CreditDraft,
    CreditRelease,
    account_not_found,
    put_credit_accounts,
    release_credit_holds,
)
from hub.flows.money.settle_receivables import Settled, settle_receivables
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.kernel.errors import Refusal


def _account(account: CreditAccount) -> Stored:
    return {"seller_id": account.seller_id, "credit_account_id": account.credit_account_id}


async def _accounts(flow: FlowContext, stored: Sequence[Stored]) -> list[CreditAccount | Refusal]:
    """What repeats get: the accounts as they stand."""
    keys: list[AccountKey] = [(one["seller_id"], one["credit_account_id"]) for one in stored]
    known = await credit.read(flow.tx, set(keys))
    return [known.get(key) or account_not_found(key) for key in keys]


async def _cases(flow: FlowContext, stored: Sequence[Stored]) -> list[Case | Refusal]:
    return await standing_cases(flow, stored, lambda case, _: case)


PUT_CREDIT_ACCOUNT: Final[Change[CreditDraft, CreditAccount]] = Change(
    "PutCreditAccount", put_credit_accounts, _account, _accounts
)
RELEASE_CREDIT_HOLD: Final[Change[CreditRelease, Case]] = Change(
    "ReleaseCreditHold", release_credit_holds, order_outcome, _cases
)
SETTLE_RECEIVABLE: Final[Change[Settled, Case]] = Change("SettleReceivable", settle_receivables, order_outcome, _cases)
