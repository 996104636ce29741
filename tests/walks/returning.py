"""Returns as nodes and drop-off points report them over gRPC, alone and in a tote."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from crossdock.orders.v1 import orders_pb2
from crossdock.returns.v1 import returns_pb2 as pb
from crossdock.returns.v1 import totes_pb2
from tests.unit.api.serving import Served, placing
from tests.walks.shown_reports import state


async def delivered(hub: Served, quantity: int = 2) -> orders_pb2.Order:
    """Return an order that was delivered."""
    placed = await hub.rpc("OrderService.PlaceOrder", "channel")(placing(str(uuid4()), quantity=quantity))
    await hub.world.advance(timedelta(days=2))
    order: orders_pb2.Order = placed.order
    return order


async def sent(hub: Served, rpc: str, request: Any) -> Any:
    """Send a request under an id of its own and return its one result, which is no refusal."""
    request.request_id = str(uuid4())
    (result,) = (await hub.rpc(rpc)(request)).results
    assert not result.HasField("refusal"), result
    return result


async def permitted(hub: Served, order_id: str, quantity: int = 1, **changes: Any) -> str:
    """Return the id of a return of the first line."""
    request = pb.AuthorizeReturnsRequest()
    request.drafts.add(order_id=order_id, **changes).lines.add(line_number=1, quantity=quantity)
    return str((await sent(hub, "ReturnService.AuthorizeReturns", request)).rma.return_id)


async def received(
    hub: Served, return_id: str, outcome: pb.ReceiptOutcome = pb.RECEIPT_OUTCOME_AS_EXPECTED, found_sku: str = ""
) -> None:
    """A unit of a return comes to DC-NL."""
    request = pb.ReceiveReturnsRequest()
    receipt = request.receipts.add(return_id=return_id, receipt_reference="R-1", node_id="DC-NL")
    state(receipt)
    receipt.units.add(line_number=1, quantity=1, outcome=outcome, found_sku=found_sku)
    await sent(hub, "ReturnService.ReceiveReturns", request)


async def put_away(hub: Served, return_id: str, disposition: pb.Disposition = pb.DISPOSITION_RESTOCK) -> None:
    """A unit that came is inspected, accepted and disposed of."""
    looked, put = pb.InspectReturnsRequest(), pb.DisposeReturnsRequest()
    inspection = looked.inspections.add(return_id=return_id, report_reference="I-1")
    inspected = inspection.units.add(line_number=1, quantity=1, verdict=pb.INSPECTION_VERDICT_ACCEPTED)
    inspected.condition = pb.ITEM_CONDITION_USED
    report = put.dispositions.add(return_id=return_id, report_reference="D-1")
    report.units.add(line_number=1, quantity=1, disposition=disposition)
    for message in (inspection, report):
        state(message)
    await sent(hub, "ReturnService.InspectReturns", looked)
    await sent(hub, "ReturnService.DisposeReturns", put)


async def collected(hub: Served, return_id: str) -> tuple[str, str]:
    """Return the id of a tote that is open, and the code of a return."""
    draft, asked = totes_pb2.OpenTotesRequest(), totes_pb2.IssueReturnCodesRequest(return_ids=[return_id])
    draft.totes.add(node_id="ST-AMS", to_node_id="DC-NL")
    tote = (await sent(hub, "ToteService.OpenTotes", draft)).tote
    return tote.tote_id, (await sent(hub, "ToteService.IssueReturnCodes", asked)).code.code


async def scanned(hub: Served, tote_id: str, code: str, reference: str) -> totes_pb2.Tote:
    """Return a tote after one unit was scanned into it."""
    scans = totes_pb2.ScanReturnsRequest()
    scan = scans.scans.add(tote_id=tote_id, code=code, scan_reference=reference)
    state(scan)
    scan.units.add(line_number=1, quantity=1)
    tote: totes_pb2.Tote = (await sent(hub, "ToteService.ScanReturns", scans)).tote
    return tote


async def back(hub: Served) -> None:
    """One unit of an order comes back alone, another in a tote."""
    order = await delivered(hub)
    alone, together = [await permitted(hub, order.order_id) for _ in range(2)]
    await received(hub, alone)
    await put_away(hub, alone)
    tote_id, code = await collected(hub, together)
    await scanned(hub, tote_id, code, "S-1")
    closed, left, came = (
        totes_pb2.CloseTotesRequest(),
        totes_pb2.ShipTotesRequest(),
        totes_pb2.ReceiveTotesRequest(),
    )
    closed.totes.add(tote_id=tote_id)
    state(left.totes.add(tote_id=tote_id))
    receipt = came.receipts.add(tote_id=tote_id, receipt_reference="UNPACKED-77")
    state(receipt)
    receipt.units.add(code=code, quantity=1)
    await sent(hub, "ToteService.CloseTotes", closed)
    await sent(hub, "ToteService.ShipTotes", left)
    await sent(hub, "ToteService.ReceiveTotes", came)
