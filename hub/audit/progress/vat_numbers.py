"""VAT numbers of payers who owe the tax: none is forgotten, and one out of force keeps its order from going on."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant

INVARIANTS: Final = (
    Invariant(
        "vat_numbers_looked_up",
        "An order whose payer owes the tax has a check of the payer's number: of the party that the order is billed to,"
        " PENDING exactly while a question about it is on its way or was refused, and answered at an instant.",
        """
        SELECT orders.order_id::text AS subject,
            party_id IS NOT NULL AND party_id = bill_to_party_id
                AND (checked.state IN ('IN_FORCE', 'NOT_IN_FORCE')) = (checked_at IS NOT NULL)
                AND (checked.state = 'NOT_ASKED') = (attempt = 0)
                AND (checked.state <> 'PENDING' OR EXISTS (SELECT FROM message WHERE message.kind = 'vat.check'
                    AND message.payload ->> 'order_id' = orders.order_id::text
                    AND (message.payload ->> 'attempt')::integer = attempt)) AS sound,
            format('check %s, attempt %s', coalesce(checked.state, 'is missing'), coalesce(attempt, 0)) AS found
        FROM orders LEFT JOIN vat_number_check AS checked USING (order_id)
        WHERE document ->> 'tax_treatment' = 'REVERSE_CHARGE' OR party_id IS NOT NULL
        """,
    ),
)
