"""The rpcs that change returns, each with its flow, and how a repeat is answered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final
from uuid import UUID

from hub.cases.context import FlowContext
from hub.cases.returns.permissions import PlannedReturn, plan_returns
from hub.cases.returns.return_cases import ReturnResult, read_returns
from hub.cases.store import read
from hub.flows.money.refund_orders import Credited, grant_credits
from hub.flows.returns.authorize_returns import authorize_returns, cancel_returns, record_returns_in_transit
from hub.flows.returns.confirm_withdrawals import WithdrawalDraft, confirm_withdrawals
from hub.flows.returns.decide_claims import decide_claims, open_claims
from hub.flows.returns.dispose_returns import dispose_returns
from hub.flows.returns.receive_returns import inspect_returns, receive_returns
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.kernel.errors import Refusal
from hub.network.errors import ConfigurationInvalid
from hub.orders.errors import OrderNotFound
from hub.returns import operations as returns
from hub.returns.errors import ClaimNotFound, ReturnNotFound
from hub.returns.model import (
    Credit,
    CreditRequest,
    DispositionReport,
    Inspection,
    Receipt,
    ReturnPolicies,
    ReturnRequest,
    Withdrawal,
)
from hub.returns.policy.claims import Claim, ClaimDecision, ClaimDraft
from hub.returns.policy.credits import problems
from hub.rules.cel import Rules
from hub.wire.setup.rules import return_vocabulary


@cache
def return_rules() -> Rules:
    """Compiles the rules of return policies; each text once in a process."""
    return Rules(return_vocabulary())


async def plan(flow: FlowContext, requests: Sequence[ReturnRequest]) -> list[PlannedReturn | Refusal]:
    """What rules and people say to returns, before the transaction."""
    return await plan_returns(flow, requests, rules=return_rules())


def _back(back: ReturnResult) -> Stored:
    return {"return_id": str(back.rma.return_id)}


async def _backs(flow: FlowContext, stored: Sequence[Stored]) -> list[ReturnResult | Refusal]:
    """What repeats get: the returns as they stand."""
    ids = [UUID(one["return_id"]) for one in stored]
    found = await read_returns(flow.tx, await returns.orders_of(flow.tx, flow.scope, ids))
    return [found.get(id_) or ReturnNotFound(f"There is no return {id_}.", return_id=id_) for id_ in ids]


def _credit(credited: Credited) -> Stored:
    return {"order_id": str(credited.case.order_id), "credit_id": str(credited.credit.credit_id)}


async def _credits(flow: FlowContext, stored: Sequence[Stored]) -> list[Credited | Refusal]:
    """What repeats about credits get: the credits as they were granted."""
    order_ids = [UUID(one["order_id"]) for one in stored]
    cases = await read(flow.tx, flow.scope, order_ids)
    granted = await returns.load_credits(flow.tx, list(cases))
    by_id: dict[UUID, Credit] = {one.credit_id: one for several in granted.values() for one in several}
    answers: list[Credited | Refusal] = []
    for one, order_id in zip(stored, order_ids, strict=True):
        case, credit = cases.get(order_id), by_id.get(UUID(one["credit_id"]))
        if case is None or credit is None:
            answers.append(OrderNotFound(f"There is no order {order_id}.", order_id=order_id))
        else:
            answers.append(Credited(case, credit))
    return answers


def _withdrawal(withdrawal: Withdrawal) -> Stored:
    return {"order_id": str(withdrawal.order_id), "withdrawal_id": str(withdrawal.withdrawal_id)}


async def _withdrawals(flow: FlowContext, stored: Sequence[Stored]) -> list[Withdrawal | Refusal]:
    """What repeats about withdrawals get: the withdrawals as they were confirmed, of orders that are seen."""
    cases = await read(flow.tx, flow.scope, [UUID(one["order_id"]) for one in stored])
    known = {str(one.withdrawal_id): one for one in await returns.load_withdrawals(flow.tx, list(cases))}
    return [
        known.get(one["withdrawal_id"])
        or OrderNotFound(f"There is no order {one['order_id']}.", order_id=one["order_id"])
        for one in stored
    ]


def _claim(claim: Claim) -> Stored:
    return {"order_id": str(claim.order_id), "claim_id": str(claim.claim_id)}


async def _claims(flow: FlowContext, stored: Sequence[Stored]) -> list[Claim | Refusal]:
    """What repeats about claims get: the claims as they stand, about orders that are seen."""
    cases = await read(flow.tx, flow.scope, [UUID(one["order_id"]) for one in stored])
    known = await returns.load_claims(flow.tx, list(cases))
    return [
        known.get(UUID(one["claim_id"]))
        or ClaimNotFound(f"There is no claim {one['claim_id']}.", claim_id=UUID(one["claim_id"]))
        for one in stored
    ]


async def _checked(_: FlowContext, given: Sequence[ReturnPolicies]) -> list[ReturnPolicies | Refusal]:
    """Compiles the rules and looks for contradictions, before the transaction."""
    answers: list[ReturnPolicies | Refusal] = []
    for policies in given:
        try:
            if found := problems(policies):
                raise ConfigurationInvalid(found)
            for policy in policies.policies:
                for refusal in policy.refusals:
                    return_rules().compile(refusal.when)
            answers.append(policies)
        except Refusal as refused:
            answers.append(refused)
    return answers


async def _put_policies(flow: FlowContext, given: Sequence[ReturnPolicies]) -> list[ReturnPolicies | Refusal]:
    answers: list[ReturnPolicies | Refusal] = []
    for policies in given:
        try:
            answers.append(await returns.put_policies(flow.tx, flow.scope, policies, at=flow.at))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


async def _policies(flow: FlowContext, stored: Sequence[Stored]) -> list[ReturnPolicies | Refusal]:
    current = await returns.policies(flow.tx)
    return [current for _ in stored]


AUTHORIZE_RETURNS: Final[Change[ReturnRequest, ReturnResult]] = Change(
    "AuthorizeReturns", authorize_returns, _back, _backs, prepare=plan, order_of=lambda one: one.order_id
)
CANCEL_RETURNS: Final[Change[UUID, ReturnResult]] = Change("CancelReturns", cancel_returns, _back, _backs)
RECORD_RETURNS_IN_TRANSIT: Final[Change[UUID, ReturnResult]] = Change(
    "RecordReturnsInTransit", record_returns_in_transit, _back, _backs
)
RECEIVE_RETURNS: Final[Change[Receipt, ReturnResult]] = Change("ReceiveReturns", receive_returns, _back, _backs)
INSPECT_RETURNS: Final[Change[Inspection, ReturnResult]] = Change("InspectReturns", inspect_returns, _back, _backs)
DISPOSE_RETURNS: Final[Change[DispositionReport, ReturnResult]] = Change(
    "DisposeReturns", dispose_returns, _back, _backs
)
CONFIRM_WITHDRAWALS: Final[Change[WithdrawalDraft, Withdrawal]] = Change(
    "ConfirmWithdrawals", confirm_withdrawals, _withdrawal, _withdrawals, order_of=lambda one: one.order_id
)
OPEN_CLAIMS: Final[Change[ClaimDraft, Claim]] = Change("OpenClaims", open_claims, _claim, _claims)
DECIDE_CLAIMS: Final[Change[ClaimDecision, Claim]] = Change("DecideClaims", decide_claims, _claim, _claims)
GRANT_CREDITS: Final[Change[CreditRequest, Credited]] = Change(
    "GrantCredits", grant_credits, _credit, _credits, order_of=lambda one: one.order_id
)
PUT_RETURN_POLICIES: Final[Change[ReturnPolicies, ReturnPolicies]] = Change(
    "PutReturnPolicies", _put_policies, lambda one: {"version": one.version}, _policies, prepare=_checked
)
