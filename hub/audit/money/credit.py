"""Credit accounts: their exposure is what their orders take, which is what invoices and goods say."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant
from hub.audit.money.money import first_units
from hub.audit.progress.units import ORDERED
from hub.audit.states import LEFT

_TO_INVOICE: Final = f"""
SELECT order_id, sum(amount) AS amount FROM (
    SELECT order_id, sum({first_units("total_minor", "(gone + live)")} - {first_units("total_minor", "gone")})
        + CASE WHEN sum(live) > 0 AND NOT EXISTS (SELECT FROM shipment WHERE shipment.order_id = counted.order_id)
            THEN coalesce((SELECT sum(charge.total_minor) FROM orders CROSS JOIN LATERAL
                jsonb_to_recordset(document -> 'charges') AS charge(total_minor bigint)
                WHERE orders.order_id = counted.order_id), 0) ELSE 0 END AS amount
    FROM (
        SELECT ordered.order_id, ordered.line_number, ordered.total_minor, ordered.quantity,
            coalesce(sum(slice.quantity) FILTER (WHERE state IN ({LEFT})), 0) AS gone,
            coalesce(sum(slice.quantity) FILTER (WHERE state NOT IN ({LEFT}) AND state <> 'CANCELED'), 0) AS live
        FROM ({ORDERED}) AS ordered JOIN slice USING (order_id, line_number)
        GROUP BY ordered.order_id, ordered.line_number, ordered.total_minor, ordered.quantity
    ) AS counted GROUP BY order_id
    UNION ALL
    SELECT order_id, sum(greatest(0, value_minor - drawn)) FROM (
        SELECT shipment.order_id, shipment_id, value_minor, coalesce(sum(amount_minor), 0) AS drawn
        FROM shipment LEFT JOIN payment_transaction step USING (shipment_id)
        WHERE step.transaction_id IS NULL OR step.state <> 'FAILED'
            AND step.kind IN ('CAPTURE', 'RECEIVABLE', 'APPLICATION', 'TRADE_IN', 'UNCOLLECTABLE')
        GROUP BY shipment.order_id, shipment_id, value_minor
    ) AS parcels GROUP BY order_id
) AS parts GROUP BY order_id
"""
"""Per order, what its units cost that neither left nor are canceled, and what is not drawn of its shipments."""

INVARIANTS: Final = (
    Invariant(
        "credit_exposure",
        "The exposure of a credit account is what its orders owe and have been granted, in its currency.",
        """
        WITH taken AS (
            SELECT seller_id, credit_account_id, currency, sum(owed_minor + granted_minor) AS amount
            FROM credit_use GROUP BY seller_id, credit_account_id, currency
        )
        SELECT seller_id || ' ' || credit_account_id AS subject, exposure_minor = coalesce(amount, 0) AS sound,
            format('exposure %s, orders take %s', exposure_minor, coalesce(amount, 0)) AS found
        FROM credit_account LEFT JOIN taken USING (seller_id, credit_account_id, currency)
        """,
    ),
    Invariant(
        "credit_uses",
        "Every order that names a credit account takes of it what is invoiced and not settled, and what its instruments"
        " on terms pay of what it is still to be invoiced for.",
        f"""
        WITH named AS (
            SELECT order_id, credit_account_id, sum(amount_minor) AS pledged FROM instrument
            WHERE credit_account_id <> '' GROUP BY order_id, credit_account_id
        ), moved AS (
            SELECT instrument.order_id,
                coalesce(sum(step.amount_minor) FILTER (WHERE step.kind = 'RECEIVABLE'), 0) AS invoiced,
                coalesce(sum(step.amount_minor)
                    FILTER (WHERE step.kind IN ('CREDIT_NOTE', 'REMITTANCE', 'WRITE_OFF')), 0) AS settled
            FROM payment_transaction step JOIN instrument USING (instrument_id)
            WHERE credit_account_id <> '' AND state = 'SUCCEEDED' GROUP BY instrument.order_id
        ), to_invoice AS ({_TO_INVOICE}), due AS (
            SELECT order_id, credit_account_id,
                greatest(0, coalesce(invoiced, 0) - coalesce(settled, 0)) AS owed,
                greatest(0, least(pledged - coalesce(invoiced, 0), coalesce(to_invoice.amount, 0))) AS open
            FROM named LEFT JOIN moved USING (order_id) LEFT JOIN to_invoice USING (order_id)
        )
        SELECT order_id::text AS subject,
            coalesce(due.credit_account_id = credit_use.credit_account_id AND owed = owed_minor AND open = open_minor
                AND credit_use.seller_id = orders.seller_id, false) AS sound,
            format('owes %s with %s open, counted %s and %s', owed, open, owed_minor, open_minor) AS found
        FROM due FULL JOIN credit_use USING (order_id) LEFT JOIN orders USING (order_id)
        """,
    ),
    Invariant(
        "credit_waiting",
        "An order that waits for its credit account is on a CREDIT_LIMIT hold, or its account is about to be reviewed;"
        " of one that does not wait, all counts.",
        """
        SELECT order_id::text AS subject,
            CASE WHEN waits THEN granted_minor <= open_minor AND (
                EXISTS (SELECT FROM hold WHERE hold.order_id = credit_use.order_id AND type = 'CREDIT_LIMIT'
                    AND hold.status = 'ACTIVE')
                OR EXISTS (SELECT FROM message WHERE kind = 'credit.review'
                    AND lane = 'credit:' || seller_id || ':' || credit_account_id))
            ELSE granted_minor = open_minor END AS sound,
            format('waits: %s, granted %s of %s', waits, granted_minor, open_minor) AS found
        FROM credit_use
        """,
    ),
)
