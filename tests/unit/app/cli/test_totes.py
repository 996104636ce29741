"""`crossdock totes`: what it asks of the hub, and what it shows."""

from __future__ import annotations

from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.common.v1 import refusal_pb2
from crossdock.returns.v1 import totes_pb2 as pb
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ID = "01a204dc-af31-70aa-acb0-4c71b22f38d5"
RETURN = "01a204dc-af31-70aa-acb0-4c71b22f38d6"
TOTE = pb.Tote(
    tote_id=ID,
    drop_off_node_id="ST-BER",
    to_node_id="DC-NL",
    state=pb.TOTE_STATE_RECEIVED,
    quantity=12,
    received_quantity=11,
    units=[pb.ToteUnits(return_id=RETURN, line_number=1, sku="COAT", quantity=1, missing_quantity=1)],
    differences=[pb.ToteDifference(kind=pb.TOTE_DIFFERENCE_KIND_MISSING, return_id=RETURN, sku="COAT", quantity=1)],
    open_time=Timestamp(seconds=1_794_902_400),
)


def test_a_tote_is_shown_with_what_is_missing(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["ToteService.GetTote"] = pb.GetToteResponse(tote=TOTE)

    shown = crossdock("totes", "show", ID).out

    assert "ST-BER to DC-NL: RECEIVED, 11 of 12 units came" in shown
    assert f"MISSING  {RETURN}  COAT" in shown
    assert crossdock("totes", "show", ID, "--json").json()["tote"]["quantity"] == "12"


def test_totes_are_listed_by_node_and_state(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["ToteService.ListTotes"] = pb.ListTotesResponse(totes=[TOTE])

    ran = crossdock("totes", "list", "--node", "DC-NL", "--state", "received")

    assert ID in ran.out
    (asked,) = hub.requests("ToteService.ListTotes")
    assert (asked.node_id, asked.state) == ("DC-NL", pb.TOTE_STATE_RECEIVED)


def test_a_tote_is_opened_filled_closed_sent_and_unpacked(hub: PretendHub, crossdock: Crossdock) -> None:
    done = pb.ToteResult(tote=TOTE)
    hub.answers["ToteService.OpenTotes"] = pb.OpenTotesResponse(results=[done])
    hub.answers["ToteService.ScanReturns"] = pb.ScanReturnsResponse(results=[done, done])
    hub.answers["ToteService.CloseTotes"] = pb.CloseTotesResponse(results=[done])
    hub.answers["ToteService.ShipTotes"] = pb.ShipTotesResponse(results=[done])
    hub.answers["ToteService.ReceiveTotes"] = pb.ReceiveTotesResponse(results=[done])

    ran = [
        crossdock("totes", "open", "ST-BER", "--to", "DC-NL"),
        crossdock("totes", "scan", ID, "AAA", "BBB", "--reference", "till-7"),
        crossdock("totes", "close", ID, "--counted", "2"),
        crossdock("totes", "ship", ID, "--tracking", "T-1"),
        crossdock("totes", "receive", ID, "AAA", "BBB:2", "--reference", "dock-3"),
    ]

    assert [one.code for one in ran] == [0] * 5
    (scans,) = hub.requests("ToteService.ScanReturns")
    assert [(one.code, one.scan_reference) for one in scans.scans] == [("AAA", "till-7-1"), ("BBB", "till-7-2")]
    assert hub.requests("ToteService.CloseTotes")[0].totes[0].counted_quantity == 2
    (receipts,) = hub.requests("ToteService.ReceiveTotes")
    assert [(one.code, one.quantity) for one in receipts.receipts[0].units] == [("AAA", 1), ("BBB", 2)]


def test_codes_are_shown_and_a_refused_one_is_said(hub: PretendHub, crossdock: Crossdock) -> None:
    issued = pb.IssueReturnCodeResult(code=pb.ReturnCode(return_id=RETURN, code="0123ABCD"))
    refused = pb.IssueReturnCodeResult(
        refusal=refusal_pb2.Refusal(reason="ERROR_REASON_RETURN_NOT_FOUND", message="There is no return.")
    )
    hub.answers["ToteService.IssueReturnCodes"] = pb.IssueReturnCodesResponse(results=[issued])
    assert "0123ABCD" in crossdock("totes", "codes", RETURN).out

    hub.answers["ToteService.IssueReturnCodes"] = pb.IssueReturnCodesResponse(results=[issued, refused])
    ran = crossdock("totes", "codes", RETURN, ID)

    assert (ran.code, ran.err.split(":")[0]) == (1, "RETURN_NOT_FOUND")


def test_what_was_found_must_be_a_code_and_units(hub: PretendHub, crossdock: Crossdock) -> None:
    ran = crossdock("totes", "receive", ID, "AAA:none")

    assert (ran.code, hub.asked) == (2, [])
