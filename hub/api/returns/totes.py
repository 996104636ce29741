"""ToteService: codes of returns, and totes from drop-off to where they are unpacked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from crossdock.returns.v1 import totes_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.edge.elements import read_each
from hub.api.pages import Page
from hub.api.returns.tote_changes import (
    CLOSE_TOTES,
    ISSUE_RETURN_CODES,
    OPEN_TOTES,
    RECEIVE_TOTES,
    SCAN_RETURNS,
    SHIP_TOTES,
)
from hub.gate.change import Change
from hub.kernel.errors import Refusal
from hub.totes import operations as totes
from hub.totes.errors import ToteNotFound
from hub.totes.model import Tote, ToteClosing, ToteDraft, ToteFilter
from hub.wire.refusals import refusal_to_pb
from hub.wire.returns.totes import TOTE_STATES, code_to_pb, receipt_from_pb, scan_from_pb, shipment_from_pb, tote_to_pb


class ToteService:
    """Gathers units that customers hand in, and says what came of each."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def IssueReturnCodes(self, request: pb.IssueReturnCodesRequest, call: Call) -> pb.IssueReturnCodesResponse:
        """Gives returns their codes."""
        asked = call.asked(request, request.request_id)
        answers = await self._deps.gate.run_many(
            ISSUE_RETURN_CODES, asked, [UUID(return_id_) for return_id_ in request.return_ids]
        )
        return pb.IssueReturnCodesResponse(
            results=[
                pb.IssueReturnCodeResult(refusal=refusal_to_pb(answer))
                if isinstance(answer, Refusal)
                else pb.IssueReturnCodeResult(code=code_to_pb(answer.return_id, answer.code))
                for answer in answers
            ]
        )

    async def OpenTotes(self, request: pb.OpenTotesRequest, call: Call) -> pb.OpenTotesResponse:
        """Opens totes."""
        drafts = [ToteDraft(tote.node_id, tote.to_node_id) for tote in request.totes]
        return pb.OpenTotesResponse(results=await self._done(OPEN_TOTES, request, call, drafts))

    async def ScanReturns(self, request: pb.ScanReturnsRequest, call: Call) -> pb.ScanReturnsResponse:
        """Takes handed-in units into totes."""
        now = await self._deps.now(call.scope)
        scans = read_each("scans", request.scans, lambda scan: scan_from_pb(scan, now))
        return pb.ScanReturnsResponse(results=await self._done(SCAN_RETURNS, request, call, scans))

    async def CloseTotes(self, request: pb.CloseTotesRequest, call: Call) -> pb.CloseTotesResponse:
        """Makes manifests final."""
        closings = [ToteClosing(UUID(tote.tote_id), tote.counted_quantity or None) for tote in request.totes]
        return pb.CloseTotesResponse(results=await self._done(CLOSE_TOTES, request, call, closings))

    async def ShipTotes(self, request: pb.ShipTotesRequest, call: Call) -> pb.ShipTotesResponse:
        """Sends totes off."""
        now = await self._deps.now(call.scope)
        shipments = read_each("totes", request.totes, lambda tote: shipment_from_pb(tote, now))
        return pb.ShipTotesResponse(results=await self._done(SHIP_TOTES, request, call, shipments))

    async def ReceiveTotes(self, request: pb.ReceiveTotesRequest, call: Call) -> pb.ReceiveTotesResponse:
        """Says what was found in totes."""
        now = await self._deps.now(call.scope)
        receipts = read_each("receipts", request.receipts, lambda receipt: receipt_from_pb(receipt, now))
        return pb.ReceiveTotesResponse(results=await self._done(RECEIVE_TOTES, request, call, receipts))

    async def GetTote(self, request: pb.GetToteRequest, call: Call) -> pb.GetToteResponse:
        """Reads one tote."""
        tote_id = UUID(request.tote_id)
        async with self._deps.database.reading() as tx:
            found = await totes.load(tx, call.scope, [tote_id], lock=False)
        if tote_id not in found:
            raise ToteNotFound(f"There is no tote {tote_id}; name one of your node.", tote_id=tote_id)
        return pb.GetToteResponse(tote=tote_to_pb(found[tote_id]))

    async def ListTotes(self, request: pb.ListTotesRequest, call: Call) -> pb.ListTotesResponse:
        """Lists totes."""
        page = Page(request)
        after = page.by_instant()
        wanted = ToteFilter(TOTE_STATES.optional(request.state, "state"), request.node_id)
        async with self._deps.database.reading() as tx:
            rows = await totes.page(tx, call.scope, wanted, after=after, size=page.size + 1)
        shown, token = page.cut(rows, lambda tote: (tote.opened_at, tote.tote_id))
        return pb.ListTotesResponse(totes=[tote_to_pb(one) for one in shown], next_page_token=token)

    async def _done(
        self, change: Change[Any, Tote], request: Any, call: Call, commands: Sequence[Any]
    ) -> list[pb.ToteResult]:
        answers = await self._deps.gate.run_many(change, call.asked(request, request.request_id), commands)
        return [_result(answer) for answer in answers]


def _result(answer: Tote | Refusal) -> pb.ToteResult:
    if isinstance(answer, Refusal):
        return pb.ToteResult(refusal=refusal_to_pb(answer))
    return pb.ToteResult(tote=tote_to_pb(answer))
