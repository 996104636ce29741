"""Effects outside: each thing asked of a partner has exactly one message."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant

INVARIANTS: Final = (
    Invariant(
        "payments_asked_once",
        "Every authorization, capture, reversal and refund that was not adopted, and that somebody can be asked for,"
        " has exactly one message, with its id, order and amount; with more where only a part of it was moved. What a"
        " balance pays, and store credit that is paid out, has one to the hub itself.",
        """
        WITH kinds(kind, message_kind) AS (
            VALUES ('AUTHORIZATION', 'payment.authorize'), ('CAPTURE', 'payment.capture'),
                ('REVERSAL', 'payment.reverse'), ('REFUND', 'payment.refund'), ('CHANNEL_REFUND', 'channel.refund'),
                ('PREPAYMENT_REFUND', 'channel.refund'), ('STORE_CREDIT', 'balance.settle')
        ), asked AS (
            SELECT transaction_id, step.order_id, step.amount_minor, failure_code = 'PARTLY_MOVED' AS partly,
                CASE WHEN balance_id IS NULL THEN message_kind ELSE 'balance.settle' END AS message_kind
            FROM payment_transaction step JOIN kinds USING (kind) LEFT JOIN instrument USING (instrument_id)
            WHERE NOT adopted AND failure_code NOT IN ('NO_ACCOUNT', 'NOT_MOVED')
                AND (step.kind <> 'STORE_CREDIT' OR state = 'SUCCEEDED' AND provider_reference <> 'UNKEPT')
        ), sent AS (
            SELECT message_id AS transaction_id, order_id, kind, (payload ->> 'amount_minor')::bigint AS amount_minor
            FROM every_message WHERE kind IN (SELECT message_kind FROM kinds)
        )
        SELECT transaction_id::text AS subject,
            sent.kind = asked.message_kind AND sent.order_id = asked.order_id
                AND (asked.message_kind = 'balance.settle'
                    OR sent.amount_minor = asked.amount_minor OR partly AND sent.amount_minor > asked.amount_minor)
                AS sound,
            format('asked for %s of %s, sent %s of %s',
                asked.message_kind, asked.amount_minor, sent.kind, sent.amount_minor) AS found
        FROM asked FULL JOIN sent USING (transaction_id)
        """,
    ),
    Invariant(
        "releases_sent_once",
        "Every fulfillment order that was not adopted was sent to its node by exactly one message.",
        """
        WITH sent AS (
            SELECT (payload ->> 'fulfillment_order_id')::uuid AS fulfillment_order_id, count(*) AS messages
            FROM every_message WHERE kind = 'warehouse.release' GROUP BY 1
        )
        SELECT fulfillment_order_id::text AS subject,
            fulfillment_order.state IS NOT NULL
                AND coalesce(messages, 0) = CASE WHEN adopted OR fulfillment_order.state = 'CREATED' THEN 0 ELSE 1 END
                AS sound,
            format('%s with %s messages', coalesce(fulfillment_order.state, 'unknown'), coalesce(messages, 0)) AS found
        FROM fulfillment_order FULL JOIN sent USING (fulfillment_order_id)
        """,
    ),
)
