"""TransferService over gRPC."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import grpc
import pytest

from crossdock.common.v1 import errors_pb2
from crossdock.inventory.v1 import supply_pb2
from crossdock.inventory.v1 import transfers_pb2 as pb
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, refusal

DAY = timedelta(days=1)


def units(sku: str = "SHIRT", quantity: int = 3) -> pb.TransferUnits:
    return pb.TransferUnits(sku=sku, quantity=quantity)


def requesting(*drafts: pb.TransferDraft) -> pb.RequestTransfersRequest:
    return pb.RequestTransfersRequest(request_id=str(uuid4()), transfers=drafts)


def wanted(reference: str = "T-1", **changes: Any) -> pb.TransferDraft:
    values: dict[str, Any] = {"from_node_id": "DC-NL", "to_node_id": "ST-AMS", "units": [units()]} | changes
    return pb.TransferDraft(reference=reference, **values)


def shipping(transfer_id: str, **changes: Any) -> pb.ShipTransfersRequest:
    shipment = pb.TransferShipment(transfer_id=transfer_id, **changes)
    return pb.ShipTransfersRequest(request_id=str(uuid4()), shipments=[shipment])


def receiving(
    transfer_id: str, receipt_reference: str, quantity: int = 0, damaged_quantity: int = 0, **changes: Any
) -> pb.ReceiveTransfersRequest:
    came = [pb.ReceivedUnits(sku="SHIRT", quantity=quantity, damaged_quantity=damaged_quantity)]
    receipt = pb.TransferReceipt(
        transfer_id=transfer_id,
        receipt_reference=receipt_reference,
        units=came if quantity or damaged_quantity else [],
        **changes,
    )
    return pb.ReceiveTransfersRequest(request_id=str(uuid4()), receipts=[receipt])


async def stocked(hub: Served) -> None:
    """Nine trousers at DC-NL, beside its shirts."""
    await hub.world.stock("TROUSERS", "DC-NL", 9)


async def requested(hub: Served, **changes: Any) -> pb.Transfer:
    await stocked(hub)
    answer = await hub.rpc("TransferService.RequestTransfers")(requesting(wanted(**changes)))
    transfer: pb.Transfer = answer.results[0].transfer
    return transfer


def reason(answer: Any) -> int:
    number: int = answer.results[0].refusal.reason
    return number


async def test_transfers_are_answered_one_by_one_and_requested_once(hub: Served) -> None:
    await stocked(hub)
    request = requesting(
        wanted(),
        wanted(),
        wanted("T-2", from_node_id="MOON"),
        wanted("T-3", to_node_id="MOON"),
        wanted("T-4", units=[units("NONE")]),
        wanted("T-5", units=[units("TROUSERS", 100)]),
        wanted("T-1", units=[units(quantity=2)]),
    )
    ask = hub.rpc("TransferService.RequestTransfers", "service")

    first, second = await ask(request), await ask(request)

    assert list(first.results) == list(second.results)
    once, again = [one.transfer for one in first.results[:2]]
    assert once.transfer_id == again.transfer_id
    assert (once.state, once.lines[0].quantity) == (pb.TRANSFER_STATE_REQUESTED, 3)
    assert [one.refusal.reason for one in first.results[2:]] == [
        errors_pb2.ERROR_REASON_UNKNOWN_NODE,
        errors_pb2.ERROR_REASON_UNKNOWN_NODE,
        errors_pb2.ERROR_REASON_UNKNOWN_SKU,
        errors_pb2.ERROR_REASON_INSUFFICIENT_STOCK,
        errors_pb2.ERROR_REASON_REFERENCE_REUSED,
    ]
    assert (await hub.world.on_shelf("SHIRT", "DC-NL"))[1:] == (0, 3)


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (wanted(units=[units(), units()]), "SHIRT is named twice"),
        (wanted(units=[]), "units"),
        (wanted(""), "reference"),
    ],
)
async def test_what_makes_no_transfer_is_refused_with_its_field(
    hub: Served, draft: pb.TransferDraft, said: str
) -> None:
    with pytest.raises(grpc.aio.AioRpcError, match=said):
        await hub.rpc("TransferService.RequestTransfers")(requesting(draft))


async def test_a_transfer_to_its_own_origin_is_refused(hub: Served) -> None:
    await stocked(hub)
    answer = await hub.rpc("TransferService.RequestTransfers")(requesting(wanted(to_node_id="DC-NL")))
    assert "another node" in answer.results[0].refusal.message


async def test_a_transfer_states_when_it_leaves_and_is_expected(hub: Served) -> None:
    draft = wanted(service_code="STANDARD")
    draft.ship_by_time.FromDatetime(TUESDAY + 3 * DAY)
    await stocked(hub)
    transfer = (await hub.rpc("TransferService.RequestTransfers")(requesting(draft))).results[0].transfer
    assert transfer.ship_by_time.ToDatetime(TUESDAY.tzinfo) == TUESDAY + 3 * DAY
    assert transfer.service_code == "STANDARD"

    request = shipping(transfer.transfer_id, tracking_number="TRK-1", units=[units(quantity=2)])
    request.shipments[0].occur_time.FromDatetime(TUESDAY - timedelta(hours=1))
    request.shipments[0].expect_time.FromDatetime(TUESDAY + 4 * DAY)
    left = (await hub.rpc("TransferService.ShipTransfers", "warehouse")(request)).results[0].transfer

    assert (left.state, left.tracking_number) == (pb.TRANSFER_STATE_IN_TRANSIT, "TRK-1")
    assert left.ship_time.ToDatetime(TUESDAY.tzinfo) == TUESDAY - timedelta(hours=1)
    assert left.expect_time.ToDatetime(TUESDAY.tzinfo) == TUESDAY + 4 * DAY
    assert (left.lines[0].shipped_quantity, left.lines[0].in_transit_quantity) == (2, 2)
    listed = await hub.rpc("SupplyService.ListSupply")(
        supply_pb2.ListSupplyRequest(reference=transfer.transfer_id, node_ids=["ST-AMS"])
    )
    assert [(one.kind, one.remaining) for one in listed.supplies] == [(supply_pb2.SUPPLY_KIND_IN_TRANSIT, 2)]
    assert listed.supplies[0].expect_time == left.expect_time


async def test_what_came_is_told_by_its_receipts(hub: Served) -> None:
    transfer = await requested(hub)
    await hub.rpc("TransferService.ShipTransfers")(shipping(transfer.transfer_id))
    receive = hub.rpc("TransferService.ReceiveTransfers", "warehouse")
    first = receiving(transfer.transfer_id, "R-1", quantity=1, damaged_quantity=1)
    first.receipts[0].occur_time.FromDatetime(TUESDAY + timedelta(minutes=5))

    part = (await receive(first)).results[0].transfer
    assert part.lines[0].in_transit_quantity == 1
    other = await receive(receiving(transfer.transfer_id, "R-1", quantity=2))
    assert reason(other) == errors_pb2.ERROR_REASON_REFERENCE_REUSED
    with pytest.raises(grpc.aio.AioRpcError, match="R-2 has no units"):
        await receive(receiving(transfer.transfer_id, "R-2"))
    whole = (await receive(receiving(transfer.transfer_id, "R-2", final=True))).results[0].transfer

    assert whole.state == pb.TRANSFER_STATE_RECEIVED
    known = whole.lines[0]
    assert (known.received_quantity, known.damaged_quantity, known.missing_quantity) == (1, 1, 1)
    assert [(one.receipt_reference, one.sku, one.quantity, one.damaged_quantity) for one in whole.receipts] == [
        ("R-2", "", 0, 0),
        ("R-1", "SHIRT", 1, 1),
    ]
    assert whole.receipts[1].occur_time.ToDatetime(TUESDAY.tzinfo) == TUESDAY + timedelta(minutes=5)
    wrong = receiving(transfer.transfer_id, "R-3", quantity=1)
    wrong.receipts[0].units[0].sku = "TROUSERS"
    assert reason(await receive(wrong)) == errors_pb2.ERROR_REASON_TRANSFER_UNITS_EXCEEDED


async def test_transfers_are_canceled_shown_and_listed(hub: Served) -> None:
    transfer = await requested(hub)
    other = await requested(hub, reference="T-2", to_node_id="ST-BER")
    cancel = pb.CancelTransfersRequest(request_id=str(uuid4()), transfer_ids=[transfer.transfer_id])

    canceled = (await hub.rpc("TransferService.CancelTransfers")(cancel)).results[0].transfer

    assert canceled.state == pb.TRANSFER_STATE_CANCELED
    assert canceled.HasField("end_time")
    found = await hub.rpc("TransferService.GetTransfer")(pb.GetTransferRequest(transfer_id=transfer.transfer_id))
    assert found.transfer == canceled
    ask = hub.rpc("TransferService.ListTransfers")
    assert [one.transfer_id for one in (await ask(pb.ListTransfersRequest(node_id="ST-BER"))).transfers] == [
        other.transfer_id
    ]
    wanted_state = pb.ListTransfersRequest(state=pb.TRANSFER_STATE_CANCELED)
    assert [one.transfer_id for one in (await ask(wanted_state)).transfers] == [transfer.transfer_id]
    left = await hub.rpc("TransferService.ShipTransfers")(shipping(transfer.transfer_id))
    assert reason(left) == errors_pb2.ERROR_REASON_TRANSFER_ACTION_NOT_ALLOWED


async def test_who_works_at_neither_end_sees_no_transfer(hub: Served) -> None:
    transfer = await requested(hub)
    cancel = pb.CancelTransfersRequest(request_id=str(uuid4()), transfer_ids=[transfer.transfer_id])

    for rpc, request in (
        ("ShipTransfers", shipping(transfer.transfer_id)),
        ("ReceiveTransfers", receiving(transfer.transfer_id, "R-1", quantity=1)),
        ("CancelTransfers", cancel),
    ):
        answer = await hub.rpc(f"TransferService.{rpc}", "other-node")(request)
        assert reason(answer) == errors_pb2.ERROR_REASON_TRANSFER_NOT_FOUND, rpc
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("TransferService.GetTransfer", "other-node")(
            pb.GetTransferRequest(transfer_id=transfer.transfer_id)
        )
    assert refusal(refused.value)[1] == "TRANSFER_NOT_FOUND"
    asked = await hub.rpc("TransferService.RequestTransfers", "other-node")(requesting(wanted("T-9")))
    assert reason(asked) == errors_pb2.ERROR_REASON_UNKNOWN_NODE
