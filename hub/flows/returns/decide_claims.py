"""Claims of customers about units that were sent: opened, decided by a person, and named while nobody decides them.

A refund is a return that nobody sends: its units are lost or kept, and are credited by the rules of all returns. Units
that are sent again are new demand: the return is exchanged for an order of the same units, which its credit pays for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.deadlines import CLAIM
from hub.cases.fulfillment.arrivals import arrived
from hub.cases.returns.credits import credit_lines
from hub.cases.returns.permissions import ordered_line
from hub.cases.returns.receipts import receive
from hub.cases.returns.return_cases import ReturnCase, Returning, in_return, load_orders, reopen, save_returning
from hub.exceptions.model import ExceptionReason
from hub.fulfillment import operations as fulfillment
from hub.fulfillment.errors import ShipmentNotFound
from hub.fulfillment.model import Shipment
from hub.holds.errors import BlockedByHold
from hub.holds.model import Operation
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.messages.events.returns import ClaimDecided, ClaimOpened
from hub.messages.tasks import PlaceExchange
from hub.messages.timers import ClaimDue
from hub.orders.model import LineDraft
from hub.orders.policy import line_again
from hub.returns import operations as returns
from hub.returns.errors import ClaimAlreadyDecided, ClaimNotFound, UnitsNotClaimable
from hub.returns.lifecycle import OPEN, ReturnState
from hub.returns.model import (
    Exchange,
    Receipt,
    Received,
    Resolution,
    Return,
    ReturnLine,
    ReturnPolicies,
    ShippingRefund,
)
from hub.returns.policy.claims import (
    DECIDED,
    OUTCOMES,
    REASONS,
    STATES,
    Claim,
    ClaimDecision,
    ClaimDraft,
    ClaimLine,
    ClaimState,
    ClaimVerdict,
    claimed,
)
from hub.returns.policy.credits import policy_for
from hub.returns.policy.lines import merged
from hub.slices.lifecycle import SliceAction, SliceState

FLOW: Final = "decide_claims"


class _Claims(Struct, frozen=True):
    """Orders with their returns, all claims about them, and the return policies in force."""

    returning: Returning
    claims: dict[UUID, Claim]
    policies: ReturnPolicies


async def open_claims(flow: FlowContext, drafts: Sequence[ClaimDraft]) -> list[Claim | Refusal]:
    """Opens claims in order, each whole or not at all.

    Refuses SHIPMENT_NOT_FOUND, ORDER_LINE_NOT_FOUND, UNITS_NOT_CLAIMABLE.
    """
    shipment_ids = sorted({draft.shipment_id for draft in drafts})
    order_of, _ = await fulfillment.orders_of_parcels(flow.tx, flow.scope, shipment_ids, [])
    loaded = await _loaded(flow, list(order_of.values()))
    answers: list[Claim | Refusal] = []
    for draft in drafts:
        try:
            answers.append(_opened(flow, loaded, draft, order_of.get(draft.shipment_id)))
        except Refusal as refusal:
            answers.append(refusal)
    await _save(flow, loaded, answers)
    return answers


async def decide_claims(flow: FlowContext, decisions: Sequence[ClaimDecision]) -> list[Claim | Refusal]:
    """Decides claims in order, each once.

    Refuses CLAIM_NOT_FOUND, CLAIM_ALREADY_DECIDED, UNITS_NOT_CLAIMABLE, BLOCKED_BY_HOLD.
    """
    order_of = await returns.orders_of_claims(flow.tx, {one.claim_id for one in decisions})
    loaded = await _loaded(flow, list(order_of.values()))
    answers: list[Claim | Refusal] = []
    for decision in decisions:
        try:
            answers.append(_decided(flow, loaded, decision))
        except Refusal as refusal:
            answers.append(refusal)
    await _save(flow, loaded, answers)
    return answers


async def name_undecided(flow: FlowContext, due: Sequence[tuple[UUID, UUID]]) -> list[None]:
    """Opens an exception for each claim (order id, claim id) that is still open."""
    loaded = await _loaded(flow, [order_id for order_id, _ in due])
    for order_id, claim_id in due:
        claim = loaded.claims[claim_id]
        if claim.state is ClaimState.OPEN:
            detail = f"A customer claims {claim.quantity} units as {claim.kind.value}, and nobody decided it."
            command = f"crossdock claim decide {claim_id} refund 'checked with the carrier'"
            case = loaded.returning.cases[order_id].case
            case.open_exception(ExceptionReason.CLAIM_UNDECIDED, str(claim_id), detail, command, flow.at)
    await save_returning(flow, FLOW, loaded.returning)
    return [None] * len(due)


async def settle_claims(flow: FlowContext, settled: Sequence[tuple[UUID, UUID]]) -> list[None]:
    """Ends the returns (order id, return id) of claims whose units are sent again; where no order could be placed, the
    customer is refunded and the claim says so.
    """
    loaded = await _loaded(flow, [order_id for order_id, _ in settled])
    changed: list[Claim | Refusal] = []
    for order_id, return_id in settled:
        found = loaded.returning.cases[order_id]
        claim = next(one for one in loaded.claims.values() if one.return_id == return_id)
        if found.returns[return_id].exchange_order_id is None and claim.state is ClaimState.RESHIPPED:
            claim = replace(claim, state=ClaimState.REFUNDED)
            facts = ClaimDecided(
                claim_id=claim.claim_id,
                state=claim.state.value,
                quantity=claim.quantity,
                reason="no order could be placed for the units",
            )
            found.case.happened(facts, flow.at)
            changed.append(claim)
        _end(flow, found, claim)
    await _save(flow, loaded, changed)
    return [None] * len(settled)


async def _loaded(flow: FlowContext, order_ids: Sequence[UUID]) -> _Claims:
    returning = await load_orders(flow, FLOW, order_ids)
    claims = await returns.load_claims(flow.tx, returning.cases)
    return _Claims(returning, claims, await returns.policies(flow.tx))


async def _save(flow: FlowContext, loaded: _Claims, answers: Sequence[Claim | Refusal]) -> None:
    await save_returning(flow, FLOW, loaded.returning)
    changed = {answer.claim_id: answer for answer in answers if isinstance(answer, Claim)}
    await returns.put_claims(flow.tx, list(changed.values()))


def _opened(flow: FlowContext, loaded: _Claims, draft: ClaimDraft, order_id: UUID | None) -> Claim:
    found = loaded.returning.cases.get(order_id) if order_id else None
    if found is None:
        raise ShipmentNotFound(f"There is no shipment {draft.shipment_id}.", shipment=draft.shipment_id)
    case = found.case
    claim = Claim(
        claim_id=derived(case.order_id, "claim", case.order.version),
        order_id=case.order_id,
        shipment_id=draft.shipment_id,
        kind=draft.kind,
        lines=merged(draft.lines),
        opened_at=flow.at,
    )
    for line in claim.lines:
        ordered_line(case, line.line_number)
        _require_claimable(case, claim, line, claimed(loaded.claims.values(), claim.shipment_id, line.line_number))
    loaded.claims[claim.claim_id] = claim
    facts = ClaimOpened(
        claim_id=claim.claim_id, shipment_id=claim.shipment_id, kind=claim.kind.value, quantity=claim.quantity
    )
    case.happened(facts, flow.at)
    case.set_timer(ClaimDue(claim.claim_id, flow.at + CLAIM.span, case.order_id))
    return claim


def _require_claimable(case: Case, claim: Claim, line: ClaimLine, taken: int) -> None:
    """Raises UnitsNotClaimable where the shipment has too few units of a line beside those that are claimed already."""
    possible = sum(
        one.quantity
        for one in case.slices
        if one.shipment_id == claim.shipment_id
        and one.line_number == line.line_number
        and one.state in STATES[claim.kind]
    )
    if line.quantity > possible - taken:
        raise UnitsNotClaimable(
            f"{max(possible - taken, 0)} of {line.quantity} units of line {line.line_number} in this shipment can be"
            f" claimed as {claim.kind.value}; the others are not there yet, come back, were credited or are claimed.",
            order_id=case.order_id,
            line_number=line.line_number,
            possible=max(possible - taken, 0),
        )


def _decided(flow: FlowContext, loaded: _Claims, decision: ClaimDecision) -> Claim:
    claim = loaded.claims.get(decision.claim_id)
    if claim is None:
        raise ClaimNotFound(f"There is no claim {decision.claim_id}.", claim_id=decision.claim_id)
    if claim.state is not ClaimState.OPEN:
        raise ClaimAlreadyDecided(
            f"The claim is {claim.state.value} already; open another one if there is more to settle.",
            claim_id=claim.claim_id,
        )
    found = loaded.returning.cases[claim.order_id]
    if decision.verdict is not ClaimVerdict.REJECT:
        _require_refundable(found, claim)
    state = DECIDED[decision.verdict]
    claim = replace(claim, state=state, decided_at=flow.at, reason=decision.reason)
    facts = ClaimDecided(claim_id=claim.claim_id, state=state.value, quantity=claim.quantity, reason=decision.reason)
    cause = found.case.happened(facts, flow.at)
    if decision.verdict is ClaimVerdict.REFUND:
        claim = replace(claim, return_id=_taken_back(flow, found, claim, loaded.policies, cause))
        _end(flow, found, claim)
    elif decision.verdict is ClaimVerdict.RESHIP:
        claim = replace(claim, return_id=_taken_back(flow, found, claim, loaded.policies, cause))
        _send_again(found, claim)
    found.case.clear_timer(ClaimDue, claim.claim_id)
    found.case.resolve_exception(ExceptionReason.CLAIM_UNDECIDED, str(claim.claim_id))
    loaded.claims[claim.claim_id] = claim
    return claim


def _require_refundable(found: ReturnCase, claim: Claim) -> None:
    """Raises BlockedByHold, and UnitsNotClaimable where units came back or were credited since the claim was opened."""
    if held := found.case.blocked(Operation.REFUND):
        raise BlockedByHold(f"A {held.type.value} hold blocks refunds: {held.reason}.", hold_id=held.hold_id)
    for line in claim.lines:
        _require_claimable(found.case, claim, line, 0)


def _taken_back(flow: FlowContext, found: ReturnCase, claim: Claim, policies: ReturnPolicies, cause: UUID) -> UUID:
    """Puts the units of a claim under a return that nobody sends; answers its id."""
    case = found.case
    shipment = next(one for one in case.shipments if one.shipment_id == claim.shipment_id)
    rma = _return(flow, found, claim, policies, shipment)
    found.put(rma)
    reopen(case, rma.return_id, flow.at)
    for line in claim.lines:
        _take(case, claim, line, rma.return_id, cause, flow)
    if not any(one.shipment_id == claim.shipment_id and one.state is SliceState.SHIPPED for one in case.slices):
        arrived(case, shipment)
    return rma.return_id


def _end(flow: FlowContext, found: ReturnCase, claim: Claim) -> None:
    """Ends the return of a claim, which credits its units: to the customer, or to the order of its exchange."""
    rma = found.returns[claim.return_id] if claim.return_id else None
    if rma is None or rma.state not in OPEN:
        return
    reference = f"claim {claim.claim_id}"
    units = tuple(
        Received(reference, entry, line.line_number, line.quantity, OUTCOMES[claim.kind], rma.node_id, flow.at)
        for entry, line in enumerate(claim.lines, 1)
    )
    receive(flow, found, Receipt(rma.return_id, reference, rma.node_id, units, flow.at))


def _send_again(found: ReturnCase, claim: Claim) -> None:
    """Has an order of the units of a claim placed, at what they are credited with, so that nothing more is due."""
    rma = found.returns[claim.return_id] if claim.return_id else None
    if rma is None:
        return
    rma = replace(rma, claim_id=claim.claim_id, shipping=ShippingRefund.NEVER)
    found.put(replace(rma, exchange=Exchange(_lines_again(found, rma), currency=found.case.order.currency)))
    found.case.task(PlaceExchange(claim.order_id, rma.return_id))


def _lines_again(found: ReturnCase, rma: Return) -> tuple[LineDraft, ...]:
    """The units of a return as lines that cost what they are credited with; what is taken off in all, off the first."""
    quantities = {line.line_number: line.quantity for line in rma.lines}
    credited = credit_lines(found, rma, quantities)
    goods = {one.line_number: one for one in credited if one.line_number}
    off = -sum(one.amount_minor for one in credited if not one.line_number)
    drafts = []
    for line_number, quantity in quantities.items():
        amount, tax = goods[line_number].amount_minor, goods[line_number].tax_minor
        taken, off = min(off, amount), off - min(off, amount)
        ordered = ordered_line(found.case, line_number)
        drafts.append(
            line_again(ordered, quantity, amount - taken, min(tax, amount - taken), found.case.order.currency)
        )
    return tuple(drafts)


def _take(case: Case, claim: Claim, line: ClaimLine, return_id: UUID, cause: UUID, flow: FlowContext) -> None:
    """Puts units of a line under the return: those that are under way first, then those delivered."""
    left = line.quantity
    for action in (SliceAction.TURN_BACK, SliceAction.AUTHORIZE_RETURN):
        units = case.taking(
            action,
            left,
            where=lambda one: (
                one.shipment_id == claim.shipment_id
                and one.line_number == line.line_number
                and one.state in STATES[claim.kind]
            ),
        )
        case.move(units, action, cause, flow.at, in_return(return_id))
        left -= sum(quantity for _, quantity in units)


def _return(flow: FlowContext, found: ReturnCase, claim: Claim, policies: ReturnPolicies, shipment: Shipment) -> Return:
    order = found.case.order
    policy = policy_for(policies, order.channel_id)
    return Return(
        return_id=derived(claim.claim_id, "return"),
        order_id=claim.order_id,
        state=ReturnState.IN_TRANSIT,
        lines=tuple(
            ReturnLine(
                line.line_number,
                line.quantity,
                ordered_line(found.case, line.line_number).sku,
                REASONS[claim.kind],
            )
            for line in claim.lines
        ),
        resolution=Resolution.REFUND,
        policy_id=policy.policy_id,
        policy_version=policies.version,
        created_at=flow.at,
        return_by=flow.at,
        node_id=shipment.node_id,
        promotions=policy.promotions,
        shipping=policy.shipping,
    )
