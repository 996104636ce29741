"""`crossdock returns`: what is asked of the hub, and what people are told."""

from __future__ import annotations

from uuid import uuid4

from google.type import money_pb2

from crossdock.common.v1 import errors_pb2, refusal_pb2
from crossdock.orders.v1 import orders_pb2
from crossdock.returns.v1 import returns_pb2 as pb
from hub.api.returns.return_changes import return_rules
from tests.architecture.sources import ROOT
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ORDER, RETURN = str(uuid4()), str(uuid4())
RMA = pb.Return(
    return_id=RETURN,
    order_id=ORDER,
    state=pb.RETURN_STATE_RECEIVED,
    lines=[
        pb.ReturnLine(
            line_number=1,
            sku="SHIRT",
            quantity=2,
            slices=[orders_pb2.LineSlice(state=orders_pb2.SLICE_STATE_RETURN_RECEIVED, quantity=2)],
        )
    ],
    credits=[
        pb.Credit(
            total=money_pb2.Money(currency_code="EUR", units=50),
            lines=[
                pb.CreditLine(
                    kind=pb.CREDIT_KIND_GOODS,
                    line_number=1,
                    quantity=1,
                    amount=money_pb2.Money(currency_code="EUR", units=50),
                )
            ],
        )
    ],
)


def test_returns_are_listed_by_state_and_shown_with_their_units_and_credits(
    crossdock: Crossdock, hub: PretendHub
) -> None:
    hub.answers["ReturnService.ListReturns"] = pb.ListReturnsResponse(returns=[RMA])
    hub.answers["ReturnService.GetReturn"] = pb.GetReturnResponse(rma=RMA)

    listed = crossdock("returns", "list", "--state", "received")
    shown = crossdock("returns", "show", RETURN)

    assert hub.requests("ReturnService.ListReturns")[0].state == pb.RETURN_STATE_RECEIVED
    assert RETURN in listed.out
    assert "50.00 EUR" in listed.out
    assert "RETURN_RECEIVED" in shown.out.upper().replace(" ", "_")
    assert "goods" in shown.out.lower()


def test_a_return_is_asked_for_line_by_line_with_units_and_reason(crossdock: Crossdock, hub: PretendHub) -> None:
    hub.answers["ReturnService.AuthorizeReturns"] = pb.AuthorizeReturnsResponse(results=[pb.ReturnResult(rma=RMA)])

    crossdock("returns", "authorize", ORDER, "1:2", "3", "--reason", "wrong_size", "--resolution", "store_credit")

    (draft,) = hub.requests("ReturnService.AuthorizeReturns")[0].drafts
    assert [(one.line_number, one.quantity) for one in draft.lines] == [(1, 2), (3, 1)]
    assert draft.lines[0].reason == pb.RETURN_REASON_WRONG_SIZE
    assert draft.resolution == pb.MONEY_RESOLUTION_STORE_CREDIT


def test_receipt_inspection_and_disposition_say_a_word_of_each_line(crossdock: Crossdock, hub: PretendHub) -> None:
    done = [pb.ReturnResult(rma=RMA)]
    hub.answers["ReturnService.ReceiveReturns"] = pb.ReceiveReturnsResponse(results=done)
    hub.answers["ReturnService.InspectReturns"] = pb.InspectReturnsResponse(results=done)
    hub.answers["ReturnService.DisposeReturns"] = pb.DisposeReturnsResponse(results=done)

    crossdock("returns", "receive", RETURN, "DC-NL", "1:2", "2:1:lost_in_transit")
    crossdock("returns", "inspect", RETURN, "1:1:accepted_reduced", "--reduction", "12.50 EUR")
    crossdock("returns", "dispose", RETURN, "1", "--node", "ST-AMS")

    (receipt,) = hub.requests("ReturnService.ReceiveReturns")[0].receipts
    assert [one.outcome for one in receipt.units] == [
        pb.RECEIPT_OUTCOME_AS_EXPECTED,
        pb.RECEIPT_OUTCOME_LOST_IN_TRANSIT,
    ]
    (inspection,) = hub.requests("ReturnService.InspectReturns")[0].inspections
    assert (inspection.units[0].reduction.units, inspection.units[0].reduction.nanos) == (12, 500_000_000)
    (disposition,) = hub.requests("ReturnService.DisposeReturns")[0].dispositions
    assert (disposition.units[0].disposition, disposition.units[0].node_id) == (pb.DISPOSITION_RESTOCK, "ST-AMS")


def test_what_is_refused_is_said_with_its_reason(crossdock: Crossdock, hub: PretendHub) -> None:
    refusal = refusal_pb2.Refusal(
        reason=errors_pb2.ERROR_REASON_RETURN_WINDOW_CLOSED, message="30 days are over; grant a credit instead."
    )
    hub.answers["ReturnService.AuthorizeReturns"] = pb.AuthorizeReturnsResponse(
        results=[pb.ReturnResult(refusal=refusal)]
    )

    said = crossdock("returns", "authorize", ORDER, "1")

    assert said.code == 1
    assert "grant a credit instead" in said.err
    assert "RETURN_WINDOW_CLOSED" in said.err


def test_a_preview_and_a_credit_are_told_in_money(crossdock: Crossdock, hub: PretendHub) -> None:
    total = money_pb2.Money(currency_code="EUR", units=20)
    hub.answers["ReturnService.PreviewReturn"] = pb.PreviewReturnResponse(total=total, policy_id="usual")
    hub.answers["ReturnService.GrantCredits"] = pb.GrantCreditsResponse(
        results=[pb.CreditResult(credit=pb.Credit(total=total))]
    )

    shown = crossdock("returns", "preview", ORDER, "1")
    given = crossdock("returns", "credit", ORDER, "20.00 EUR", "--reason", "late")

    assert "20.00 EUR if all is accepted" in shown.out
    assert "20.00 EUR credited" in given.out
    assert hub.requests("ReturnService.GrantCredits")[0].credits[0].reason == "late"


def test_the_example_of_policies_is_put_and_shown_and_its_rules_compile(crossdock: Crossdock, hub: PretendHub) -> None:
    policy = pb.ReturnPolicy(policy_id="standard", window_days=30, return_days=21)
    hub.answers["ReturnService.PutReturnPolicies"] = pb.PutReturnPoliciesResponse(version=1)
    hub.answers["ReturnService.GetReturnPolicies"] = pb.GetReturnPoliciesResponse(version=1, policies=[policy])

    shown = crossdock("returns", "policies", "--put", ROOT / "examples" / "return-policies.json")

    (put,) = hub.requests("ReturnService.PutReturnPolicies")[0].policies
    assert (put.window_days, len([return_rules().compile(one.when) for one in put.refusals])) == (30, 3)
    assert "standard" in shown.out
    assert "all others" in shown.out


def test_an_amount_without_currency_is_not_sent(crossdock: Crossdock, hub: PretendHub) -> None:
    said = crossdock("returns", "credit", ORDER, "20.00", "--reason", "late")

    assert said.code == 2
    assert hub.requests("ReturnService.GrantCredits") == []
