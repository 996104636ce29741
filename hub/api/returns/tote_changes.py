"""The changing rpcs about totes, each with its flow, and how a repeat is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from hub.cases.context import FlowContext
from hub.flows.returns.fill_totes import Issued, close_totes, issue_codes, open_totes, scan_returns, ship_totes
from hub.flows.returns.receive_totes import receive_totes
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.kernel.errors import Refusal
from hub.totes import operations as totes
from hub.totes.errors import ToteNotFound
from hub.totes.model import ReturnScan, Tote, ToteClosing, ToteDraft, ToteReceipt, ToteShipment


def _tote(tote: Tote) -> Stored:
    return {"tote_id": str(tote.tote_id)}


async def _totes(flow: FlowContext, stored: Sequence[Stored]) -> list[Tote | Refusal]:
    found = await totes.load(flow.tx, flow.scope, [UUID(one["tote_id"]) for one in stored], lock=False)
    return [
        found.get(UUID(one["tote_id"])) or ToteNotFound(f"There is no tote {one['tote_id']}.", tote_id=one["tote_id"])
        for one in stored
    ]


async def _issued(flow: FlowContext, stored: Sequence[Stored]) -> list[Issued | Refusal]:
    return await issue_codes(flow, [UUID(one["return_id"]) for one in stored])


ISSUE_RETURN_CODES: Final[Change[UUID, Issued]] = Change(
    "IssueReturnCodes", issue_codes, lambda issued: {"return_id": str(issued.return_id)}, _issued
)
OPEN_TOTES: Final[Change[ToteDraft, Tote]] = Change("OpenTotes", open_totes, _tote, _totes)
SCAN_RETURNS: Final[Change[ReturnScan, Tote]] = Change("ScanReturns", scan_returns, _tote, _totes)
CLOSE_TOTES: Final[Change[ToteClosing, Tote]] = Change("CloseTotes", close_totes, _tote, _totes)
SHIP_TOTES: Final[Change[ToteShipment, Tote]] = Change("ShipTotes", ship_totes, _tote, _totes)
RECEIVE_TOTES: Final[Change[ToteReceipt, Tote]] = Change("ReceiveTotes", receive_totes, _tote, _totes)
