"""ReturnService: goods that come back, and what customers are owed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from crossdock.returns.v1 import returns_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.edge.elements import read_each
from hub.api.pages import Page
from hub.api.returns.return_changes import (
    AUTHORIZE_RETURNS,
    CANCEL_RETURNS,
    CONFIRM_WITHDRAWALS,
    DECIDE_CLAIMS,
    DISPOSE_RETURNS,
    GRANT_CREDITS,
    INSPECT_RETURNS,
    OPEN_CLAIMS,
    PUT_RETURN_POLICIES,
    RECEIVE_RETURNS,
    RECORD_RETURNS_IN_TRANSIT,
    plan,
)
from hub.cases.context import FlowContext
from hub.cases.returns.permissions import case_of
from hub.cases.returns.return_cases import ReturnResult, read_returns
from hub.cases.returns.withdrawal_rights import withdrawal_rights
from hub.cases.store import read
from hub.flows.money.refund_orders import Credited
from hub.flows.returns.preview_returns import Preview, preview_returns
from hub.gate.change import Change
from hub.kernel.errors import InvalidField, Refusal, inside
from hub.kernel.instant import Instant
from hub.returns import operations as returns
from hub.returns.errors import ReturnNotFound
from hub.returns.model import ReturnFilter, Withdrawal
from hub.returns.policy.claims import Claim
from hub.trade.policy.exact import Conversion, conversion
from hub.wire.codes import currency_from_text
from hub.wire.refusals import refusal_to_pb
from hub.wire.returns.claims import claim_decision_from_pb, claim_draft_from_pb, claim_to_pb
from hub.wire.returns.return_drafts import (
    credit_request_from_pb,
    disposition_from_pb,
    inspection_from_pb,
    policies_from_pb,
    receipt_from_pb,
    request_from_pb,
)
from hub.wire.returns.returns import RETURN_STATES, credit_to_pb, policies_to_pb, preview_to_pb, return_to_pb
from hub.wire.returns.withdrawals import (
    right_request_from_pb,
    right_to_pb,
    withdrawal_draft_from_pb,
    withdrawal_to_pb,
)

C = TypeVar("C")


class ReturnService:
    """Takes goods back and settles what customers are owed."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def PreviewReturn(self, request: pb.PreviewReturnRequest, call: Call) -> pb.PreviewReturnResponse:
        """Says what a return would bring; changes nothing."""
        with inside("draft"):
            asked = request_from_pb(request.draft)
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            (planned,) = await plan(flow, [asked])
            if isinstance(planned, Refusal):
                raise planned
            (preview,) = await preview_returns(flow, [planned])
            if isinstance(preview, Refusal):
                raise preview
            shown = await _shown(flow, preview, request.shown_currency_code)
        return preview_to_pb(preview, shown)

    async def GetWithdrawalRight(
        self, request: pb.GetWithdrawalRightRequest, call: Call
    ) -> pb.GetWithdrawalRightResponse:
        """Says until when the customer may withdraw; changes nothing."""
        asked = right_request_from_pb(request)
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            (right,) = await withdrawal_rights(flow, [asked])
            if isinstance(right, Refusal):
                raise right
            withdrawals = await returns.load_withdrawals(tx, [right.order_id])
        return pb.GetWithdrawalRightResponse(right=right_to_pb(right, withdrawals))

    async def ConfirmWithdrawals(
        self, request: pb.ConfirmWithdrawalsRequest, call: Call
    ) -> pb.ConfirmWithdrawalsResponse:
        """Records that customers withdrew."""
        drafts = read_each("drafts", request.drafts, withdrawal_draft_from_pb)
        answers = await self._deps.gate.run_many(CONFIRM_WITHDRAWALS, call.asked(request, request.request_id), drafts)
        return pb.ConfirmWithdrawalsResponse(results=[_withdrawal_result(answer) for answer in answers])

    async def OpenClaims(self, request: pb.OpenClaimsRequest, call: Call) -> pb.OpenClaimsResponse:
        """Opens claims for customers."""
        drafts = read_each("drafts", request.drafts, claim_draft_from_pb)
        answers = await self._deps.gate.run_many(OPEN_CLAIMS, call.asked(request, request.request_id), drafts)
        return pb.OpenClaimsResponse(results=[_claim_result(answer) for answer in answers])

    async def DecideClaims(self, request: pb.DecideClaimsRequest, call: Call) -> pb.DecideClaimsResponse:
        """Refunds or rejects claims."""
        decisions = read_each("decisions", request.decisions, claim_decision_from_pb)
        answers = await self._deps.gate.run_many(DECIDE_CLAIMS, call.asked(request, request.request_id), decisions)
        return pb.DecideClaimsResponse(results=[_claim_result(answer) for answer in answers])

    async def ListClaims(self, request: pb.ListClaimsRequest, call: Call) -> pb.ListClaimsResponse:
        """The claims about an order."""
        order_id = UUID(request.order_id)
        async with self._deps.database.reading() as tx:
            case = case_of(await read(tx, call.scope, [order_id]), order_id)
            claims = await returns.load_claims(tx, [case.order_id])
        return pb.ListClaimsResponse(claims=[claim_to_pb(claim) for claim in claims.values()])

    async def AuthorizeReturns(self, request: pb.AuthorizeReturnsRequest, call: Call) -> pb.AuthorizeReturnsResponse:
        """Gives permission to send units back."""
        asked = read_each("drafts", request.drafts, request_from_pb)
        return pb.AuthorizeReturnsResponse(results=await self._backs(AUTHORIZE_RETURNS, request, call, asked))

    async def CancelReturns(self, request: pb.CancelReturnsRequest, call: Call) -> pb.CancelReturnsResponse:
        """Takes permission back."""
        asked = [UUID(return_id_) for return_id_ in request.return_ids]
        return pb.CancelReturnsResponse(results=await self._backs(CANCEL_RETURNS, request, call, asked))

    async def RecordReturnsInTransit(
        self, request: pb.RecordReturnsInTransitRequest, call: Call
    ) -> pb.RecordReturnsInTransitResponse:
        """Units were handed in."""
        asked = [UUID(return_id_) for return_id_ in request.return_ids]
        results = await self._backs(RECORD_RETURNS_IN_TRANSIT, request, call, asked)
        return pb.RecordReturnsInTransitResponse(results=results)

    async def ReceiveReturns(self, request: pb.ReceiveReturnsRequest, call: Call) -> pb.ReceiveReturnsResponse:
        """What came."""
        now = await self._deps.now(call.scope)
        asked = read_each("receipts", request.receipts, lambda receipt: receipt_from_pb(receipt, now))
        return pb.ReceiveReturnsResponse(results=await self._backs(RECEIVE_RETURNS, request, call, asked))

    async def InspectReturns(self, request: pb.InspectReturnsRequest, call: Call) -> pb.InspectReturnsResponse:
        """What was found."""
        now = await self._deps.now(call.scope)
        asked = read_each("inspections", request.inspections, lambda inspection: inspection_from_pb(inspection, now))
        return pb.InspectReturnsResponse(results=await self._backs(INSPECT_RETURNS, request, call, asked))

    async def DisposeReturns(self, request: pb.DisposeReturnsRequest, call: Call) -> pb.DisposeReturnsResponse:
        """What happens to it."""
        now = await self._deps.now(call.scope)
        asked = read_each("dispositions", request.dispositions, lambda stated: disposition_from_pb(stated, now))
        return pb.DisposeReturnsResponse(results=await self._backs(DISPOSE_RETURNS, request, call, asked))

    async def GrantCredits(self, request: pb.GrantCreditsRequest, call: Call) -> pb.GrantCreditsResponse:
        """Money without goods."""
        asked = read_each("credits", request.credits, credit_request_from_pb)
        answers = await self._deps.gate.run_many(GRANT_CREDITS, call.asked(request, request.request_id), asked)
        return pb.GrantCreditsResponse(results=[_credit_result(answer) for answer in answers])

    async def GetReturn(self, request: pb.GetReturnRequest, call: Call) -> pb.GetReturnResponse:
        """Reads one return."""
        known = UUID(request.return_id)
        async with self._deps.database.reading() as tx:
            found = await read_returns(tx, await returns.orders_of(tx, call.scope, [known]))
        if known not in found:
            raise ReturnNotFound(f"There is no return {known}.", return_id=known)
        return pb.GetReturnResponse(rma=return_to_pb(found[known]))

    async def ListReturns(self, request: pb.ListReturnsRequest, call: Call) -> pb.ListReturnsResponse:
        """Lists returns, newest first."""
        page = Page(request)
        after = page.by_instant()
        wanted = ReturnFilter(
            order_id=_optional_id(request.order_id),
            state=RETURN_STATES.optional(request.state, "state"),
            node_id=request.node_id,
        )
        async with self._deps.database.reading() as tx:
            found = await returns.find(tx, call.scope, wanted, after=after, size=page.size + 1)
            rows, token = page.cut(found, _place)
            backs = await read_returns(tx, {return_id: order_id for _, return_id, order_id in rows})
        shown = [return_to_pb(backs[return_id]) for _, return_id, _ in rows if return_id in backs]
        return pb.ListReturnsResponse(returns=shown, next_page_token=token)

    async def GetReturnPolicies(self, request: pb.GetReturnPoliciesRequest, call: Call) -> pb.GetReturnPoliciesResponse:
        """Reads the policies in force."""
        async with self._deps.database.reading() as tx:
            return policies_to_pb(await returns.policies(tx))

    async def PutReturnPolicies(self, request: pb.PutReturnPoliciesRequest, call: Call) -> pb.PutReturnPoliciesResponse:
        """Puts all policies in force."""
        asked = call.asked(request, request.request_id)
        policies = await self._deps.gate.run(PUT_RETURN_POLICIES, asked, policies_from_pb(request))
        return pb.PutReturnPoliciesResponse(version=policies.version)

    async def _backs(
        self, change: Change[C, ReturnResult], request: Any, call: Call, commands: Sequence[C]
    ) -> list[pb.ReturnResult]:
        answers = await self._deps.gate.run_many(change, call.asked(request, request.request_id), commands)
        return [_result(answer) for answer in answers]


def _result(answer: ReturnResult | Refusal) -> pb.ReturnResult:
    if isinstance(answer, Refusal):
        return pb.ReturnResult(refusal=refusal_to_pb(answer))
    return pb.ReturnResult(rma=return_to_pb(answer))


def _credit_result(answer: Credited | Refusal) -> pb.CreditResult:
    if isinstance(answer, Refusal):
        return pb.CreditResult(refusal=refusal_to_pb(answer))
    return pb.CreditResult(credit=credit_to_pb(answer.credit, answer.case.order.currency))


def _place(row: tuple[Instant, UUID, UUID]) -> tuple[object, ...]:
    created_at, return_id, _ = row
    return created_at, return_id


def _optional_id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise InvalidField("order_id is not a UUID.", order_id="not a UUID") from error


def _withdrawal_result(answer: Withdrawal | Refusal) -> pb.WithdrawalResult:
    if isinstance(answer, Refusal):
        return pb.WithdrawalResult(refusal=refusal_to_pb(answer))
    return pb.WithdrawalResult(withdrawal=withdrawal_to_pb(answer))


def _claim_result(answer: Claim | Refusal) -> pb.ClaimResult:
    if isinstance(answer, Refusal):
        return pb.ClaimResult(refusal=refusal_to_pb(answer))
    return pb.ClaimResult(claim=claim_to_pb(answer))


async def _shown(flow: FlowContext, preview: Preview, currency: str) -> Conversion | None:
    """How a total is shown in another currency, by the rate of the day; None where none is asked for.

    Raises InvalidField, and ExchangeRateMissing.
    """
    if not currency:
        return None
    known = currency_from_text(currency, field="shown_currency_code")
    rules = await flow.trade_rules.load(flow.tx, flow.trade_version)
    return conversion(rules.exchange_rates, preview.case.order.currency, known, flow.at.date())
