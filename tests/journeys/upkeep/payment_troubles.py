"""Troubles of payments, for the exceptions that they raise."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from crossdock.payments.v1 import payments_pb2
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
