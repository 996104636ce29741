"""Claims of customers on the wire."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from crossdock.returns.v1 import returns_pb2 as pb
from hub.returns.policy.claims import (
    Claim,
    ClaimDecision,
    ClaimDraft,
    ClaimKind,
    ClaimLine,
    ClaimState,
    ClaimVerdict,
)
from hub.wire.enums import Names
from hub.wire.instants import instant_to_pb

KINDS: Final = Names(ClaimKind, pb.ClaimKind, "CLAIM_KIND")
STATES: Final = Names(ClaimState, pb.ClaimState, "CLAIM_STATE")
VERDICTS: Final = Names(ClaimVerdict, pb.ClaimVerdict, "CLAIM_VERDICT")


def claim_draft_from_pb(message: pb.ClaimDraft) -> ClaimDraft:
    """A claim as it is opened."""
    lines = tuple(ClaimLine(line.line_number, line.quantity) for line in message.lines)
    return ClaimDraft(UUID(message.shipment_id), KINDS.from_pb(message.kind, "kind"), lines)


def claim_decision_from_pb(message: pb.ClaimDecision) -> ClaimDecision:
    """How a claim is decided; raises InvalidField for a verdict that there is none of."""
    return ClaimDecision(UUID(message.claim_id), VERDICTS.from_pb(message.verdict, "verdict"), message.reason)


def claim_to_pb(claim: Claim) -> pb.Claim:
    """The claim as a message."""
    return pb.Claim(
        claim_id=str(claim.claim_id),
        order_id=str(claim.order_id),
        shipment_id=str(claim.shipment_id),
        kind=KINDS.to_pb(claim.kind),
        state=STATES.to_pb(claim.state),
        lines=[pb.ClaimLine(line_number=line.line_number, quantity=line.quantity) for line in claim.lines],
        open_time=instant_to_pb(claim.opened_at),
        decide_time=None if claim.decided_at is None else instant_to_pb(claim.decided_at),
        reason=claim.reason,
        return_id=str(claim.return_id or ""),
    )
