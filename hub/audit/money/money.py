"""Money of orders: what shipped is paid for exactly once, and nobody pays more than was granted."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant
from hub.audit.progress.units import ORDERED
from hub.audit.states import LEFT


def first_units(amount: str, count: str) -> str:
    """Return SQL for what the first `count` of a line's `quantity` units cost of an amount: its proportion, half up."""
    return f"div(2 * {amount}::numeric * {count} + quantity, 2 * quantity)"


SHIPPED_WORTH: Final = f"""
WITH gone AS (
    SELECT order_id, line_number, sum(quantity) AS units FROM slice
    WHERE state IN ({LEFT}) GROUP BY order_id, line_number
), goods AS (
    SELECT order_id,
        sum({first_units("total_minor", "gone.units")}) AS worth, sum({first_units("tax_minor", "gone.units")}) AS tax
    FROM ({ORDERED}) AS ordered JOIN gone USING (order_id, line_number) GROUP BY order_id
), charged AS (
    SELECT order_id, sum(charge.total_minor) AS worth, sum(charge.tax_minor) AS tax
    FROM orders CROSS JOIN LATERAL jsonb_to_recordset(document -> 'charges')
        AS charge(total_minor bigint, tax_minor bigint)
    GROUP BY order_id
)
SELECT order_id, goods.worth + coalesce(charged.worth, 0) AS worth, goods.tax + coalesce(charged.tax, 0) AS tax
FROM goods LEFT JOIN charged USING (order_id)
"""
"""Per order with shipped units: what they cost with all charges, and the tax in that.

Units of a line cost the cumulative proportion of its amount, half up.
"""

INVARIANTS: Final = (
    Invariant(
        "shipment_values",
        "The values of an order's shipments sum to the price of its shipped units, plus charges once one has left.",
        f"""
        WITH worth AS ({SHIPPED_WORTH}), billed AS (
            SELECT order_id, sum(value_minor) AS worth FROM shipment GROUP BY order_id
        )
        SELECT order_id::text AS subject, worth.worth = billed.worth AS sound,
            format('units cost %s, shipments %s', coalesce(worth.worth, 0), coalesce(billed.worth, 0)) AS found
        FROM worth FULL JOIN billed USING (order_id)
        """,
    ),
    Invariant(
        "shipments_paid",
        "A shipment's value = its captures that are pending or succeeded + receivables + applied prepayments"
        " + goods that come back + the uncovered rest; less only while a hold blocks captures.",
        """
        WITH paid AS (
            SELECT order_id, shipment_id, sum(amount_minor) AS amount FROM payment_transaction
            WHERE kind IN ('CAPTURE', 'RECEIVABLE', 'APPLICATION', 'TRADE_IN', 'UNCOLLECTABLE') AND state <> 'FAILED'
            GROUP BY order_id, shipment_id
        )
        SELECT order_id || ' shipment ' || coalesce(shipment_id::text, 'none') AS subject,
            coalesce(shipment.value_minor, 0) = coalesce(paid.amount, 0)
                OR coalesce(paid.amount, 0) < shipment.value_minor AND EXISTS (
                    SELECT FROM hold WHERE hold.order_id = shipment.order_id AND hold.status = 'ACTIVE'
                        AND hold.blocks ? 'capture') AS sound,
            format('worth %s, paid %s', coalesce(shipment.value_minor, 0), coalesce(paid.amount, 0)) AS found
        FROM shipment FULL JOIN paid USING (order_id, shipment_id)
        """,
    ),
    Invariant(
        "instrument_limits",
        "Per instrument: captured <= authorized - reversed, applied <= prepaid - given back, invoiced <= granted.",
        """
        WITH used AS (
            SELECT instrument_id,
                coalesce(sum(amount_minor) FILTER (WHERE kind = 'AUTHORIZATION' AND state = 'SUCCEEDED'), 0)
                - coalesce(sum(amount_minor) FILTER (WHERE kind = 'REVERSAL' AND state <> 'FAILED'), 0) AS authorized,
                coalesce(sum(amount_minor) FILTER (WHERE kind = 'CAPTURE' AND state <> 'FAILED'), 0) AS captured,
                coalesce(sum(amount_minor) FILTER (WHERE kind = 'PREPAYMENT' AND state = 'SUCCEEDED'), 0)
                - coalesce(sum(amount_minor) FILTER (WHERE kind = 'PREPAYMENT_REFUND' AND state <> 'FAILED'), 0)
                    AS prepaid,
                coalesce(sum(amount_minor) FILTER (WHERE kind = 'APPLICATION' AND state <> 'FAILED'), 0) AS applied,
                coalesce(sum(amount_minor) FILTER (WHERE kind = 'RECEIVABLE' AND state <> 'FAILED'), 0) AS invoiced,
                coalesce(sum(amount_minor) FILTER (WHERE kind = 'TRADE_IN' AND state <> 'FAILED'), 0) AS traded
            FROM payment_transaction WHERE instrument_id IS NOT NULL GROUP BY instrument_id
        )
        SELECT instrument_id::text AS subject,
            captured <= authorized AND applied <= prepaid AND invoiced <= amount_minor AND traded <= amount_minor
                AND CASE holder
                    WHEN 'HUB' THEN prepaid + applied + invoiced + traded
                    WHEN 'CHANNEL' THEN captured + invoiced + traded
                    WHEN 'RETURN' THEN captured + prepaid + applied + invoiced
                    ELSE captured + applied + traded END = 0 AS sound,
            format('%s: authorized %s, captured %s, prepaid %s, applied %s, granted %s, invoiced %s',
                holder, authorized, captured, prepaid, applied, amount_minor, invoiced) AS found
        FROM used LEFT JOIN instrument USING (instrument_id)
        """,
    ),
    Invariant(
        "authorizations_watched",
        "What is left of an authorization that ends by itself, of an order that has not ended, has a timer before that"
        " end, or the order a PAYMENT hold or an authorization being asked for.",
        """
        WITH left_over AS (
            SELECT granted.transaction_id, granted.order_id, granted.expires_at,
                granted.amount_minor - coalesce(sum(drawn.amount_minor), 0) AS amount
            FROM payment_transaction granted LEFT JOIN payment_transaction drawn
                ON drawn.authorization_id = granted.transaction_id AND drawn.state <> 'FAILED'
            WHERE granted.kind = 'AUTHORIZATION' AND granted.state = 'SUCCEEDED' AND granted.expires_at IS NOT NULL
            GROUP BY granted.transaction_id
        )
        SELECT left_over.transaction_id::text AS subject,
            amount <= 0
                OR EXISTS (SELECT FROM timer WHERE kind = 'authorization'
                    AND subject = left_over.transaction_id::text AND due_at < left_over.expires_at)
                OR EXISTS (SELECT FROM message WHERE kind = 'timer.authorization' AND order_id = left_over.order_id)
                OR EXISTS (SELECT FROM hold WHERE hold.order_id = left_over.order_id AND hold.status = 'ACTIVE'
                    AND hold.type = 'PAYMENT')
                OR EXISTS (SELECT FROM payment_transaction asked WHERE asked.order_id = left_over.order_id
                    AND asked.kind = 'AUTHORIZATION' AND asked.state IN ('REQUESTED', 'UNKNOWN')) AS sound,
            format('%s left until %s', amount, left_over.expires_at) AS found
        FROM left_over JOIN orders USING (order_id) WHERE orders.state IN ('PLACED', 'CONFIRMED')
        """,
    ),
    Invariant(
        "prepayments_used",
        "What a channel took for an order that ended is used for its shipments, given back or being given back; what it"
        " refused to give back has an exception.",
        """
        WITH refused AS (
            SELECT transaction_id FROM payment_transaction
            JOIN exception_record ON subject = transaction_id::text AND reason = 'REFUND_FAILED'
            WHERE kind = 'PREPAYMENT_REFUND' AND state = 'FAILED'
        ), sums AS (
            SELECT order_id,
                coalesce(sum(amount_minor) FILTER (WHERE kind = 'PREPAYMENT' AND NOT adopted), 0) AS taken,
                coalesce(sum(amount_minor) FILTER (WHERE kind = 'APPLICATION' AND NOT adopted), 0) AS used,
                coalesce(sum(amount_minor) FILTER (WHERE kind = 'PREPAYMENT_REFUND'
                    AND (state <> 'FAILED' OR transaction_id IN (SELECT transaction_id FROM refused))), 0) AS back
            FROM payment_transaction GROUP BY order_id
        )
        SELECT orders.order_id::text AS subject, coalesce(taken <= used + back, true) AS sound,
            format('%s, the channel took %s, %s is used, %s given back', orders.state, taken, used, back) AS found
        FROM orders LEFT JOIN sums USING (order_id) WHERE orders.state IN ('CLOSED', 'CANCELED', 'REJECTED')
        """,
    ),
)
