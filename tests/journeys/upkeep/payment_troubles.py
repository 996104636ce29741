"""Troubles of payments and refunds, for the exceptions that they raise."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from crossdock.payments.v1 import payments_pb2
from hub.api.orders.changes import REPORT_PAYMENTS
from hub.api.returns.return_changes import CONFIRM_WITHDRAWALS, OPEN_CLAIMS
from hub.flows.returns.confirm_withdrawals import WithdrawalDraft
from hub.payments.model import PaymentEventKind, PaymentReport, TransactionKind
from hub.returns.policy.claims import ClaimDraft, ClaimKind, ClaimLine
from hub.returns.policy.withdrawals import INFORMED
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
