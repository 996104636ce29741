"""`crossdock claim`: what it asks of the hub, and what it shows."""

from __future__ import annotations

from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.common.v1 import refusal_pb2
from crossdock.returns.v1 import returns_pb2 as pb
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ID = "01a204dc-af31-70aa-acb0-4c71b22f38d5"
CLAIM = pb.Claim(
    claim_id=ID,
    kind=pb.CLAIM_KIND_DAMAGED,
    state=pb.CLAIM_STATE_REJECTED,
    lines=[pb.ClaimLine(line_number=1, quantity=2)],
    open_time=Timestamp(seconds=1_794_902_400),
    reason="Seen on a photo.",
)


def test_a_claim_is_opened_about_units_of_a_shipment(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["ReturnService.OpenClaims"] = pb.OpenClaimsResponse(results=[pb.ClaimResult(claim=CLAIM)])

    ran = crossdock("claim", "open", ID, "wrong_item", "1:2", "3")

    assert ran.code == 0
    assert f"Claim {ID} is REJECTED." in ran.out
    (asked,) = hub.requests("ReturnService.OpenClaims")
    assert (asked.drafts[0].shipment_id, asked.drafts[0].kind) == (ID, pb.CLAIM_KIND_WRONG_ITEM)
    assert [(line.line_number, line.quantity) for line in asked.drafts[0].lines] == [(1, 2), (3, 1)]


def test_units_that_cannot_be_read_are_not_asked_for(hub: PretendHub, crossdock: Crossdock) -> None:
    assert crossdock("claim", "open", ID, "lost", "one").code == 2
    assert hub.requests("ReturnService.OpenClaims") == []


def test_a_claim_is_decided_with_its_reason(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["ReturnService.DecideClaims"] = pb.DecideClaimsResponse(results=[pb.ClaimResult(claim=CLAIM)])

    assert crossdock("claim", "decide", ID, "reject", "Seen on a photo.").code == 0

    (asked,) = hub.requests("ReturnService.DecideClaims")
    (decision,) = asked.decisions
    assert (decision.claim_id, decision.verdict, decision.reason) == (
        ID,
        pb.CLAIM_VERDICT_REJECT,
        "Seen on a photo.",
    )


def test_a_refused_decision_ends_with_exit_code_1(hub: PretendHub, crossdock: Crossdock) -> None:
    refused = [pb.ClaimResult(refusal=refusal_pb2.Refusal(message="It is decided already."))]
    hub.answers["ReturnService.DecideClaims"] = pb.DecideClaimsResponse(results=refused)

    ran = crossdock("claim", "decide", ID, "refund", "Lost.")

    assert ran.code == 1
    assert "It is decided already." in ran.out


def test_claims_of_an_order_are_listed(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["ReturnService.ListClaims"] = pb.ListClaimsResponse(claims=[CLAIM])

    shown = crossdock("claim", "list", ID).out

    assert "DAMAGED" in shown
    assert "Seen on a photo." in shown
    assert hub.requests("ReturnService.ListClaims")[0].order_id == ID
