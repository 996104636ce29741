"""Disputes: never more is taken back than was captured, nothing is refunded twice, and the ledger agrees."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant

INVARIANTS: Final = (
    Invariant(
        "chargeback_limits",
        "Per capture that succeeded, chargebacks that are open or lost do not exceed what it took.",
        """
        WITH lost AS (
            SELECT capture_id, instrument_id, sum(amount_minor) AS amount FROM payment_transaction
            WHERE kind = 'CHARGEBACK' AND state <> 'FAILED' GROUP BY capture_id, instrument_id
        )
        SELECT coalesce(lost.capture_id::text, 'no capture') AS subject, lost.amount <= capture.amount_minor AS sound,
            format('%s charged back of %s', lost.amount, coalesce(capture.amount_minor, 0)) AS found
        FROM lost LEFT JOIN payment_transaction capture ON capture.transaction_id = lost.capture_id
            AND capture.kind = 'CAPTURE' AND capture.state = 'SUCCEEDED'
            AND capture.instrument_id = lost.instrument_id
        """,
    ),
    Invariant(
        "disputed_not_refunded",
        "Per capture, a refund that was asked after a chargeback that was never won leaves that chargeback uncovered.",
        """
        WITH refunded AS (
            SELECT capture_id, sum(amount_minor) AS amount, max(created_at) AS last_at FROM payment_transaction
            WHERE kind = 'REFUND' AND state <> 'FAILED' GROUP BY capture_id
        ), lost AS (
            SELECT refunded.capture_id, refunded.amount + sum(back.amount_minor) AS amount
            FROM refunded JOIN payment_transaction back ON back.capture_id = refunded.capture_id
                AND back.kind = 'CHARGEBACK' AND back.state <> 'FAILED' AND back.created_at < refunded.last_at
            WHERE NOT EXISTS (SELECT FROM posting WHERE posting.order_id = back.order_id AND cause = 'CHARGEBACK_WON')
            GROUP BY refunded.capture_id, refunded.amount
        )
        SELECT lost.capture_id::text AS subject, lost.amount <= capture.amount_minor AS sound,
            format('%s refunded and charged back of %s', lost.amount, capture.amount_minor) AS found
        FROM lost JOIN payment_transaction capture ON capture.transaction_id = lost.capture_id
        """,
    ),
    Invariant(
        "chargebacks_booked",
        "Per order, the account of disputed amounts is what its open chargebacks hold, and the account of chargebacks"
        " what the lost ones took.",
        """
        WITH moved AS (
            SELECT order_id, coalesce(sum(amount_minor) FILTER (WHERE state = 'REQUESTED'), 0) AS held,
                coalesce(sum(amount_minor) FILTER (WHERE state = 'SUCCEEDED'), 0) AS lost
            FROM payment_transaction WHERE kind = 'CHARGEBACK' GROUP BY order_id
        ), booked AS (
            SELECT order_id, coalesce(sum(amount_minor) FILTER (WHERE account = 'disputed'), 0) AS held,
                coalesce(sum(amount_minor) FILTER (WHERE account = 'chargeback'), 0) AS lost
            FROM posting JOIN entry USING (posting_id) WHERE account IN ('disputed', 'chargeback') GROUP BY order_id
        )
        SELECT order_id::text AS subject,
            coalesce(moved.held, 0) = coalesce(booked.held, 0) AND coalesce(moved.lost, 0) = coalesce(booked.lost, 0)
                AS sound,
            format('%s disputed and %s lost, booked %s and %s',
                moved.held, moved.lost, booked.held, booked.lost) AS found
        FROM moved FULL JOIN booked USING (order_id)
        """,
    ),
)
