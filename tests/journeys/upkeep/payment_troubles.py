"""Troubles of payments and refunds, for the exceptions that they raise."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from crossdock.payments.v1 import payments_pb2
from hub.api.orders.changes import REPORT_PAYMENTS
from hub.api.returns.return_changes import CONFIRM_WITHDRAWALS, OPEN_CLAIMS
from hub.api.setup.screening import DECIDE_MATCH, LOAD_LIST
from hub.flows.returns.confirm_withdrawals import WithdrawalDraft
from hub.flows.upkeep.load_lists import NewList
from hub.network.model import ScreeningTerms
from hub.payments.model import PaymentEventKind, PaymentReport, TransactionKind
from hub.returns.policy.claims import ClaimDraft, ClaimKind, ClaimLine
from hub.returns.policy.withdrawals import INFORMED
from hub.screening.model import DeniedEntry, MatchDecision, MatchState
from tests.support.drafts import draft, line
from tests.support.returns import receive, sold, withdrawn
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, euros


async def settled_by_nobody(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Import a settlement report with an entry that the ledger does not know."""
    entry = payments_pb2.SettlementEntry(
        reference="E-1", kind=payments_pb2.SETTLEMENT_KIND_CAPTURE, operation_key="nobody's", amount=euros(1)
    )
    request = payments_pb2.ImportSettlementRequest(
        request_id=str(uuid4()), account_id="cards", reference="R-1", entries=[entry]
    )
    await hub.rpc("PaymentService.ImportSettlement")(request)


async def withdrawal_unrefunded(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Have goods come back that a customer withdrew from, and leave them lying."""
    case = await sold(hub.world, 1)
    await hub.world.ask(CONFIRM_WITHDRAWALS, WithdrawalDraft(case.order_id, "ada@example.com", (), INFORMED))
    await receive(hub.world, await withdrawn(hub.world, case.order_id))
    await hub.world.advance(timedelta(days=12))


async def disputed(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Have a customer dispute what a delivered order cost."""
    case = await sold(hub.world, 1)
    (capture,) = [one for one in case.payments.transactions if one.kind is TransactionKind.CAPTURE]
    report = PaymentReport(capture.transaction_id, PaymentEventKind.DISPUTED, TUESDAY, "dp_1", "fraudulent")
    await hub.world.ask(REPORT_PAYMENTS, report)


async def claim_undecided(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Open a claim about a unit that came damaged, and leave it."""
    case = await sold(hub.world, 1)
    claimed = ClaimDraft(case.shipments[0].shipment_id, ClaimKind.DAMAGED, (ClaimLine(1, 1),))
    await hub.world.ask(OPEN_CLAIMS, claimed)
    await hub.world.advance(timedelta(days=2))


async def denied(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Have an order placed by whom a list denies, and a person say that it is so."""
    await hub.world.network(channel={"screening_terms": ScreeningTerms()})
    await hub.world.ask(LOAD_LIST, NewList("LIST", (DeniedEntry("7", ("Ada Visser",)),)))
    await hub.world.stock("CUP", "DC-NL", 1)
    await hub.world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await hub.world.settle()
    (match,) = await hub.world.rows("SELECT match_id FROM screening_match")
    await hub.world.ask(DECIDE_MATCH, MatchDecision(match["match_id"], MatchState.CONFIRMED, "it is she"))
    await hub.world.settle()
