"""TransferService: goods that move between nodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from crossdock.inventory.v1 import transfers_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.edge.elements import read_each
from hub.api.pages import Page
from hub.api.stock.transfer_changes import (
    CANCEL_TRANSFERS,
    RECEIVE_TRANSFERS,
    REQUEST_TRANSFERS,
    SHIP_TRANSFERS,
    transfer_not_found,
)
from hub.flows.stock.move_transfers import TransferCancellation
from hub.gate.change import Change
from hub.kernel.errors import Refusal
from hub.transfers import operations as transfers
from hub.transfers.model import Transfer, TransferFilter
from hub.wire.refusals import refusal_to_pb
from hub.wire.stock.transfers import TRANSFER_STATES, draft_from_pb, receipt_from_pb, shipment_from_pb, transfer_to_pb


class TransferService:
    """Moves goods between nodes, from the request until the last unit is accounted for."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def RequestTransfers(self, request: pb.RequestTransfersRequest, call: Call) -> pb.RequestTransfersResponse:
        """Requests transfers."""
        drafts = read_each("transfers", request.transfers, draft_from_pb)
        return pb.RequestTransfersResponse(results=await self._done(REQUEST_TRANSFERS, request, call, drafts))

    async def ShipTransfers(self, request: pb.ShipTransfersRequest, call: Call) -> pb.ShipTransfersResponse:
        """Records what left."""
        now = await self._deps.now(call.scope)
        shipments = read_each("shipments", request.shipments, lambda shipment: shipment_from_pb(shipment, now))
        return pb.ShipTransfersResponse(results=await self._done(SHIP_TRANSFERS, request, call, shipments))

    async def ReceiveTransfers(self, request: pb.ReceiveTransfersRequest, call: Call) -> pb.ReceiveTransfersResponse:
        """Records what came."""
        now = await self._deps.now(call.scope)
        receipts = read_each("receipts", request.receipts, lambda receipt: receipt_from_pb(receipt, now))
        return pb.ReceiveTransfersResponse(results=await self._done(RECEIVE_TRANSFERS, request, call, receipts))

    async def CancelTransfers(self, request: pb.CancelTransfersRequest, call: Call) -> pb.CancelTransfersResponse:
        """Cancels transfers of which nothing has left."""
        asked = [TransferCancellation(UUID(transfer_id)) for transfer_id in request.transfer_ids]
        return pb.CancelTransfersResponse(results=await self._done(CANCEL_TRANSFERS, request, call, asked))

    async def GetTransfer(self, request: pb.GetTransferRequest, call: Call) -> pb.GetTransferResponse:
        """Reads one transfer."""
        transfer_id = UUID(request.transfer_id)
        async with self._deps.database.reading() as tx:
            found = await transfers.load(tx, call.scope, [transfer_id], lock=False)
        if transfer_id not in found:
            raise transfer_not_found(transfer_id)
        return pb.GetTransferResponse(transfer=transfer_to_pb(found[transfer_id]))

    async def ListTransfers(self, request: pb.ListTransfersRequest, call: Call) -> pb.ListTransfersResponse:
        """Lists transfers."""
        page = Page(request)
        after = page.by_instant()
        wanted = TransferFilter(TRANSFER_STATES.optional(request.state, "state"), request.node_id)
        async with self._deps.database.reading() as tx:
            rows = await transfers.page(tx, call.scope, wanted, after=after, size=page.size + 1)
        shown, token = page.cut(rows, lambda one: (one.requested_at, one.transfer_id))
        return pb.ListTransfersResponse(transfers=[transfer_to_pb(one) for one in shown], next_page_token=token)

    async def _done(
        self, change: Change[Any, Transfer], request: Any, call: Call, commands: Sequence[Any]
    ) -> list[pb.TransferResult]:
        answers = await self._deps.gate.run_many(change, call.asked(request, request.request_id), commands)
        return [_result(answer) for answer in answers]


def _result(answer: Transfer | Refusal) -> pb.TransferResult:
    if isinstance(answer, Refusal):
        return pb.TransferResult(refusal=refusal_to_pb(answer))
    return pb.TransferResult(transfer=transfer_to_pb(answer))
