"""`crossdock transfer`: what it asks of the hub, and what it shows."""

from __future__ import annotations

from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.inventory.v1 import transfers_pb2 as pb
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ID = "01a204dc-af31-70aa-acb0-4c71b22f38d5"
TRANSFER = pb.Transfer(
    transfer_id=ID,
    reference="T-1",
    from_node_id="DC-NL",
    to_node_id="ST-BER",
    state=pb.TRANSFER_STATE_IN_TRANSIT,
    lines=[pb.TransferLine(sku="COAT", quantity=3, shipped_quantity=3, received_quantity=1, in_transit_quantity=2)],
    expect_time=Timestamp(seconds=1_794_902_400),
)


def test_a_transfer_is_shown_and_listed(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["TransferService.GetTransfer"] = pb.GetTransferResponse(transfer=TRANSFER)
    hub.answers["TransferService.ListTransfers"] = pb.ListTransfersResponse(transfers=[TRANSFER])

    assert "DC-NL to ST-BER: IN_TRANSIT" in crossdock("transfer", "show", ID).out
    assert crossdock("transfer", "show", ID, "--json").json()["transfer"]["reference"] == "T-1"
    assert ID in crossdock("transfer", "list", "--node", "ST-BER", "--state", "in_transit").out
    (asked,) = hub.requests("TransferService.ListTransfers")
    assert (asked.node_id, asked.state) == ("ST-BER", pb.TRANSFER_STATE_IN_TRANSIT)


def test_a_transfer_is_requested_shipped_received_and_canceled(hub: PretendHub, crossdock: Crossdock) -> None:
    done = [pb.TransferResult(transfer=TRANSFER)]
    hub.answers["TransferService.RequestTransfers"] = pb.RequestTransfersResponse(results=done)
    hub.answers["TransferService.ShipTransfers"] = pb.ShipTransfersResponse(results=done)
    hub.answers["TransferService.ReceiveTransfers"] = pb.ReceiveTransfersResponse(results=done)
    hub.answers["TransferService.CancelTransfers"] = pb.CancelTransfersResponse(results=done)

    ran = [
        crossdock("transfer", "request", "COAT:3", "A:B:2", "--from", "DC-NL", "--to", "ST-BER", "--reference", "T-1"),
        crossdock("transfer", "ship", ID, "COAT:2", "--tracking", "TRK-1"),
        crossdock("transfer", "receive", ID, "COAT:1:1", "A:B:2", "--reference", "R-1", "--final"),
        crossdock("transfer", "cancel", ID),
    ]

    assert [one.code for one in ran] == [0] * 4
    (wanted,) = hub.requests("TransferService.RequestTransfers")[0].transfers
    assert (wanted.reference, wanted.from_node_id, wanted.to_node_id) == ("T-1", "DC-NL", "ST-BER")
    assert [(one.sku, one.quantity) for one in wanted.units] == [("COAT", 3), ("A:B", 2)]
    (left,) = hub.requests("TransferService.ShipTransfers")[0].shipments
    assert (left.tracking_number, left.units[0].quantity) == ("TRK-1", 2)
    (came,) = hub.requests("TransferService.ReceiveTransfers")[0].receipts
    assert [(one.sku, one.quantity, one.damaged_quantity) for one in came.units] == [("COAT", 1, 1), ("A:B", 2, 0)]
    assert came.final
    assert list(hub.requests("TransferService.CancelTransfers")[0].transfer_ids) == [ID]


def test_units_that_cannot_be_read_are_said(crossdock: Crossdock) -> None:
    for words in (
        ("request", "COAT", "--from", "A", "--to", "B"),
        ("ship", ID, "COAT:0"),
        ("receive", ID, "COAT:x"),
    ):
        ran = crossdock("transfer", *words)
        assert ran.code == 2
        assert "is not SKU:UNITS" in ran.err
