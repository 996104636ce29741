"""Claims on the wire: what is read of a request, and what is told."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from msgspec.structs import replace

from crossdock.returns.v1 import returns_pb2 as pb
from hub.returns.policy.claims import Claim, ClaimDecision, ClaimDraft, ClaimKind, ClaimLine, ClaimState, ClaimVerdict
from hub.wire.returns.claims import claim_decision_from_pb, claim_draft_from_pb, claim_to_pb

AT = datetime(2026, 11, 17, 9, tzinfo=UTC)
OPEN = Claim(UUID(int=1), UUID(int=2), UUID(int=3), ClaimKind.MISSING, (ClaimLine(1, 2),), AT)


def test_a_claim_and_its_decision_are_read() -> None:
    lines = [pb.ClaimLine(line_number=1, quantity=2)]
    draft = pb.ClaimDraft(shipment_id=str(UUID(int=3)), kind=pb.CLAIM_KIND_LOST, lines=lines)
    refund = pb.ClaimDecision(claim_id=str(UUID(int=1)), verdict=pb.CLAIM_VERDICT_REFUND, reason="Lost.")
    reject = pb.ClaimDecision(claim_id=str(UUID(int=1)), verdict=pb.CLAIM_VERDICT_REJECT, reason="Found.")

    assert claim_draft_from_pb(draft) == ClaimDraft(UUID(int=3), ClaimKind.LOST, (ClaimLine(1, 2),))
    assert claim_decision_from_pb(refund) == ClaimDecision(UUID(int=1), ClaimVerdict.REFUND, "Lost.")
    assert claim_decision_from_pb(reject) == ClaimDecision(UUID(int=1), ClaimVerdict.REJECT, "Found.")


def test_an_open_claim_is_told_without_a_decision() -> None:
    told = claim_to_pb(OPEN)

    assert (told.state, told.kind, told.lines[0].quantity) == (pb.CLAIM_STATE_OPEN, pb.CLAIM_KIND_MISSING, 2)
    assert not told.HasField("decide_time")
    assert (told.reason, told.return_id) == ("", "")


def test_a_refunded_claim_is_told_with_its_return() -> None:
    told = claim_to_pb(replace(OPEN, state=ClaimState.REFUNDED, decided_at=AT, reason="Lost.", return_id=UUID(int=4)))

    assert (told.state, told.reason, told.return_id) == (pb.CLAIM_STATE_REFUNDED, "Lost.", str(UUID(int=4)))
    assert told.decide_time.ToDatetime(UTC) == AT
