"""Runs every invariant in the transaction given: one statement each, nothing changed."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import AuditResult, Invariant
from hub.audit.money import balances, credit, disputes, erp_documents, ledger, money, owed
from hub.audit.outbox import effects, past
from hub.audit.progress import (
    declarations,
    history,
    intercompany,
    labels,
    parcels,
    progress,
    requests,
    screening,
    units,
    vat_numbers,
)
from hub.audit.returns import claims, returns, totes
from hub.audit.stock import capacity, free_units, reservations, stock, supply, transfers
from hub.database.tx import Tx

INVARIANTS: Final[tuple[Invariant, ...]] = (
    *units.INVARIANTS,
    *stock.INVARIANTS,
    *reservations.INVARIANTS,
    *supply.INVARIANTS,
    *transfers.INVARIANTS,
    *free_units.INVARIANTS,
    *capacity.INVARIANTS,
    *parcels.INVARIANTS,
    *labels.INVARIANTS,
    *money.INVARIANTS,
    *balances.INVARIANTS,
    *credit.INVARIANTS,
    *ledger.INVARIANTS,
    *returns.INVARIANTS,
    *claims.INVARIANTS,
    *totes.INVARIANTS,
    *owed.INVARIANTS,
    *disputes.INVARIANTS,
    *history.INVARIANTS,
    *effects.INVARIANTS,
    *progress.INVARIANTS,
    *requests.INVARIANTS,
    *declarations.INVARIANTS,
    *vat_numbers.INVARIANTS,
    *intercompany.INVARIANTS,
    *screening.INVARIANTS,
    *past.INVARIANTS,
    *erp_documents.INVARIANTS,
)

_COUNTED: Final = """
SELECT count(*) AS checked, count(*) FILTER (WHERE sound IS NOT TRUE) AS violations,
    (array_agg(subject || ': ' || found ORDER BY subject) FILTER (WHERE sound IS NOT TRUE))[1:10] AS examples
FROM ({sql}) AS looked_at
"""


async def run(tx: Tx) -> list[AuditResult]:
    """Looks at all rows; answers one result per invariant. Hand in a transaction that sees one instant (`reading`)."""
    results = []
    for invariant in INVARIANTS:
        (row,) = await tx.fetch(_COUNTED.format(sql=invariant.sql))
        examples = tuple(row["examples"] or ())
        results.append(AuditResult(invariant.name, invariant.statement, row["checked"], row["violations"], examples))
    return results
