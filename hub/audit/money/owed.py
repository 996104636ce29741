"""What customers are owed: credits are what their lines say, paid out once, and never more than was paid."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant
from hub.audit.money.money import first_units
from hub.audit.progress.units import ORDERED
from hub.audit.states import LEFT

PAYING_OUT: Final = "'REFUND', 'CHANNEL_REFUND', 'CREDIT_NOTE', 'STORE_CREDIT', 'EXCHANGED', 'OFFSET', 'UNREFUNDED'"
"""Kinds of transactions by which a credit is paid out."""

INVARIANTS: Final = (
    Invariant(
        "credits_whole",
        "Every credit has one transaction of its order, and equals the sum of its lines.",
        """
        WITH made AS (
            SELECT credit_id, order_id, coalesce(sum(amount_minor), 0) AS amount
            FROM credit LEFT JOIN credit_line USING (credit_id) GROUP BY credit_id, order_id
        ), owed AS (
            SELECT transaction_id AS credit_id, order_id, amount_minor FROM payment_transaction WHERE kind = 'CREDIT'
        )
        SELECT credit_id::text AS subject, made.amount = owed.amount_minor AS sound,
            format('lines sum to %s, the transaction says %s', made.amount, owed.amount_minor) AS found
        FROM made FULL JOIN owed USING (credit_id, order_id)
        """,
    ),
    Invariant(
        "credits_paid",
        "A credit = its payouts, pending ones included. Payouts may be less only while a capture is pending, a"
        " dispute is open or a hold blocks refunds.",
        f"""
        WITH paid AS (
            SELECT credit_id, order_id, sum(amount_minor) AS amount FROM payment_transaction
            WHERE kind IN ({PAYING_OUT}) AND state <> 'FAILED' GROUP BY credit_id, order_id
        ), owed AS (
            SELECT transaction_id AS credit_id, order_id, amount_minor FROM payment_transaction WHERE kind = 'CREDIT'
        )
        SELECT coalesce(credit_id::text, 'no credit') AS subject,
            coalesce(paid.amount, 0) = owed.amount_minor
                OR coalesce(paid.amount, 0) < owed.amount_minor AND (
                    EXISTS (SELECT FROM payment_transaction asked WHERE asked.order_id = owed.order_id
                        AND asked.kind IN ('CAPTURE', 'CHARGEBACK') AND asked.state IN ('REQUESTED', 'UNKNOWN'))
                    OR EXISTS (SELECT FROM hold WHERE hold.order_id = owed.order_id AND hold.status = 'ACTIVE'
                        AND hold.blocks ? 'refund')) AS sound,
            format('%s owed, %s paid out', coalesce(owed.amount_minor, 0), coalesce(paid.amount, 0)) AS found
        FROM owed FULL JOIN paid USING (credit_id, order_id)
        """,
    ),
    Invariant(
        "credits_within_paid",
        "Per order, credits, however they are paid out, do not exceed what its shipments were paid with or still owe.",
        """
        WITH sums AS (
            SELECT order_id, sum(amount_minor) FILTER (WHERE kind = 'CREDIT') AS credited,
                coalesce(sum(amount_minor) FILTER (WHERE state <> 'FAILED' AND kind IN
                    ('CAPTURE', 'APPLICATION', 'RECEIVABLE', 'TRADE_IN', 'UNCOLLECTABLE')), 0) AS paid
            FROM payment_transaction GROUP BY order_id
        )
        SELECT order_id::text AS subject, credited <= paid AS sound,
            format('credited with %s, paid %s', credited, paid) AS found
        FROM sums WHERE credited IS NOT NULL
        """,
    ),
    Invariant(
        "refund_limits",
        "Per capture and per instrument, refunds, including pending ones, do not exceed what was taken.",
        """
        WITH given AS (
            SELECT capture_id, instrument_id, sum(amount_minor) AS amount FROM payment_transaction
            WHERE kind = 'REFUND' AND state <> 'FAILED' GROUP BY capture_id, instrument_id
        ), by_capture AS (
            SELECT 'capture ' || coalesce(given.capture_id::text, 'none') AS subject, capture.amount_minor AS most,
                given.amount
            FROM given LEFT JOIN payment_transaction capture ON capture.transaction_id = given.capture_id
                AND capture.kind = 'CAPTURE' AND capture.state = 'SUCCEEDED'
                AND capture.instrument_id = given.instrument_id
        ), by_instrument AS (
            SELECT 'instrument ' || instrument_id AS subject,
                coalesce(sum(amount_minor) FILTER (WHERE kind IN ('CAPTURE', 'APPLICATION', 'RECEIVABLE')), 0) AS most,
                coalesce(sum(amount_minor) FILTER (WHERE kind IN ('REFUND', 'CHANNEL_REFUND', 'CREDIT_NOTE')), 0)
                    AS amount
            FROM payment_transaction WHERE instrument_id IS NOT NULL AND state <> 'FAILED' GROUP BY instrument_id
        ), by_order AS (
            SELECT 'order ' || order_id AS subject,
                coalesce(sum(amount_minor) FILTER (WHERE kind = 'UNCOLLECTABLE'), 0) AS most,
                coalesce(sum(amount_minor) FILTER (WHERE kind = 'OFFSET'), 0) AS amount
            FROM payment_transaction WHERE kind IN ('UNCOLLECTABLE', 'OFFSET') GROUP BY order_id
        )
        SELECT subject, amount <= most AS sound, format('%s given back of %s', amount, coalesce(most, 0)) AS found
        FROM (SELECT * FROM by_capture UNION ALL SELECT * FROM by_instrument UNION ALL SELECT * FROM by_order) AS limits
        """,
    ),
    Invariant(
        "credited_goods",
        "Per line, only units that were accepted, lost on the way back or kept are credited, for at most the price of"
        " the shipped units; if all are credited, for exactly that price.",
        f"""
        WITH ordered AS ({ORDERED}), gone AS (
            SELECT order_id, line_number, sum(quantity) AS units FROM slice WHERE state IN ({LEFT})
            GROUP BY order_id, line_number
        ), given AS (
            SELECT order_id, line_number, sum(quantity) AS units, sum(amount_minor) AS amount, sum(tax_minor) AS tax
            FROM credit JOIN credit_line USING (credit_id) WHERE kind = 'GOODS' GROUP BY order_id, line_number
        ), due AS (
            SELECT order_id, line_number, sum(quantity) AS units FROM (
                SELECT rma.order_id, line_number, quantity, document FROM return_inspection
                JOIN return_authorization rma USING (return_id) WHERE verdict IN ('ACCEPTED', 'ACCEPTED_REDUCED')
                UNION ALL
                SELECT rma.order_id, line_number, quantity, document FROM return_receipt
                JOIN return_authorization rma USING (return_id)
                WHERE outcome IN ('LOST_IN_TRANSIT', 'KEPT_BY_CUSTOMER')
                UNION ALL
                SELECT rma.order_id, line.line_number, line.quantity, document FROM return_authorization rma
                CROSS JOIN LATERAL jsonb_to_recordset(document -> 'lines') AS line(line_number integer, quantity bigint)
                WHERE (document ->> 'keep')::boolean
            ) AS taken WHERE document ->> 'resolution' <> 'NONE' GROUP BY order_id, line_number
        ), cost AS (
            SELECT order_id, line_number, gone.units,
                {first_units("total_minor", "gone.units")} AS amount, {first_units("tax_minor", "gone.units")} AS tax
            FROM ordered JOIN gone USING (order_id, line_number)
        )
        SELECT order_id || ' line ' || line_number AS subject,
            coalesce(given.units, 0) = coalesce(due.units, 0) AND given.units <= cost.units
                AND given.amount <= cost.amount AND given.tax <= cost.tax
                AND (given.units < cost.units OR given.amount = cost.amount AND given.tax = cost.tax) AS sound,
            format('%s units credited with %s (tax %s), %s to be credited; %s shipped for %s (tax %s)',
                given.units, given.amount, given.tax, due.units, cost.units, cost.amount, cost.tax) AS found
        FROM given FULL JOIN due USING (order_id, line_number) LEFT JOIN cost USING (order_id, line_number)
        """,
    ),
    Invariant(
        "credits_proportional",
        "Per line, where no return takes discounts back, goods are credited with the cumulative proportion of the line,"
        " half up, however they came back.",
        f"""
        WITH given AS (
            SELECT order_id, line_number, sum(credit_line.quantity) AS units, sum(amount_minor) AS amount,
                sum(credit_line.tax_minor) AS tax
            FROM credit JOIN credit_line USING (credit_id) WHERE kind = 'GOODS' GROUP BY order_id, line_number
        )
        SELECT order_id || ' line ' || line_number AS subject,
            EXISTS (SELECT FROM return_authorization rma WHERE rma.order_id = given.order_id
                AND document ->> 'promotions' = 'CLAW_BACK')
            OR given.amount = {first_units("total_minor", "given.units")}
                AND given.tax = {first_units("tax_minor", "given.units")} AS sound,
            format('%s of %s units of %s (tax %s) credited with %s (tax %s)',
                given.units, quantity, total_minor, tax_minor, given.amount, given.tax) AS found
        FROM given JOIN ({ORDERED}) AS ordered USING (order_id, line_number)
        """,
    ),
    Invariant(
        "credits_booked",
        "Every credit is posted: the customer is owed its amount, and the tax of its lines is posted as tax.",
        """
        WITH made AS (
            SELECT order_id, sum(amount_minor) AS amount, sum(tax_minor) AS tax
            FROM credit JOIN credit_line USING (credit_id) GROUP BY order_id
        ), booked AS (
            SELECT order_id, -coalesce(sum(amount_minor) FILTER (WHERE account = 'customer'), 0) AS amount,
                coalesce(sum(amount_minor) FILTER (WHERE account = 'tax'), 0) AS tax
            FROM posting JOIN entry USING (posting_id) WHERE cause = 'credit' GROUP BY order_id
        )
        SELECT order_id::text AS subject,
            coalesce(made.amount, 0) = coalesce(booked.amount, 0) AND coalesce(made.tax, 0) = coalesce(booked.tax, 0)
                AS sound,
            format('credited %s with tax %s, booked %s with tax %s', made.amount, made.tax, booked.amount, booked.tax)
                AS found
        FROM made FULL JOIN booked USING (order_id)
        """,
    ),
)
