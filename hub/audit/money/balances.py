"""Balances: what is on them is what moved, they are never overdrawn, and orders tell the same story."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant

INVARIANTS: Final = (
    Invariant(
        "balances_moved",
        "What is free and what is reserved of a balance is the sum of its movements, which are numbered without a gap;"
        " neither is below zero.",
        """
        WITH moved AS (
            SELECT balance_id, count(*) AS movements, max(number) AS last, sum(free_minor) AS free,
                sum(reserved_minor) AS reserved, -sum(outside_minor) AS amount
            FROM balance_movement GROUP BY balance_id
        )
        SELECT balance_id::text AS subject,
            free = free_minor AND reserved = reserved_minor AND amount = free_minor + reserved_minor
                AND free_minor >= 0 AND reserved_minor >= 0
                AND moved.movements = balance.movements AND last = balance.movements AS sound,
            format('%s free and %s reserved after %s movements, which sum to %s and %s and are %s',
                free_minor, reserved_minor, balance.movements, free, reserved, moved.movements) AS found
        FROM balance FULL JOIN moved USING (balance_id)
        """,
    ),
    Invariant(
        "balance_movements_double",
        "Every movement has two sides, which sum to zero; each kind moves what its name says.",
        """
        SELECT balance_id || ' ' || number AS subject,
            free_minor + reserved_minor + outside_minor = 0 AND CASE kind
                WHEN 'ISSUED' THEN free_minor > 0 AND reserved_minor = 0
                WHEN 'ADJUSTED' THEN free_minor <> 0 AND reserved_minor = 0
                WHEN 'RESERVED' THEN reserved_minor > 0 AND outside_minor = 0
                WHEN 'RELEASED' THEN reserved_minor < 0 AND outside_minor = 0
                WHEN 'CAPTURED' THEN reserved_minor < 0 AND free_minor = 0
                WHEN 'REFUNDED' THEN free_minor > 0 AND reserved_minor = 0
                WHEN 'EXPIRED' THEN free_minor < 0 AND reserved_minor = 0
                ELSE false END AS sound,
            format('%s: free %s, reserved %s, outside %s', kind, free_minor, reserved_minor, outside_minor) AS found
        FROM balance_movement
        """,
    ),
    Invariant(
        "balances_reserved",
        "What is reserved of a balance is what instruments of orders have authorized on it, less what of that is"
        " captured or given back.",
        """
        WITH held AS (
            SELECT balance_id,
                sum(CASE step.kind WHEN 'AUTHORIZATION' THEN step.amount_minor ELSE -step.amount_minor END) AS amount
            FROM payment_transaction step JOIN instrument USING (instrument_id)
            WHERE balance_id IS NOT NULL AND state = 'SUCCEEDED'
                AND step.kind IN ('AUTHORIZATION', 'CAPTURE', 'REVERSAL')
            GROUP BY balance_id
        )
        SELECT balance_id::text AS subject, coalesce(held.amount, 0) = coalesce(reserved_minor, 0) AS sound,
            format('orders hold %s, %s is reserved', coalesce(held.amount, 0), coalesce(reserved_minor, 0)) AS found
        FROM balance FULL JOIN held USING (balance_id)
        """,
    ),
    Invariant(
        "balance_transactions",
        "A transaction of an order that is paid from a balance, or pays out store credit, has one movement of its"
        " amount, and each movement about an order such a transaction; store credit has it once its message is done.",
        """
        WITH asked AS (
            SELECT transaction_id, payment_transaction.order_id, payment_transaction.kind, balance_id,
                payment_transaction.amount_minor
            FROM payment_transaction LEFT JOIN instrument USING (instrument_id)
            WHERE state = 'SUCCEEDED' AND (balance_id IS NOT NULL
                    AND payment_transaction.kind IN ('AUTHORIZATION', 'CAPTURE', 'REVERSAL', 'REFUND')
                OR payment_transaction.kind = 'STORE_CREDIT' AND provider_reference <> 'UNKEPT')
        ), moved AS (
            SELECT transaction_id, order_id, balance_id, CASE kind WHEN 'RESERVED' THEN 'AUTHORIZATION'
                    WHEN 'CAPTURED' THEN 'CAPTURE' WHEN 'RELEASED' THEN 'REVERSAL' WHEN 'REFUNDED' THEN 'REFUND'
                    WHEN 'ISSUED' THEN 'STORE_CREDIT' END AS kind,
                greatest(abs(free_minor), abs(reserved_minor)) AS amount_minor
            FROM balance_movement WHERE transaction_id IS NOT NULL AND kind <> 'EXPIRED'
        )
        SELECT transaction_id::text AS subject,
            coalesce(asked.amount_minor = moved.amount_minor AND asked.kind = moved.kind
                AND asked.order_id = moved.order_id
                AND coalesce(asked.balance_id, moved.balance_id) = moved.balance_id, false)
                OR moved.transaction_id IS NULL AND asked.kind = 'STORE_CREDIT' AND EXISTS (
                    SELECT FROM message WHERE message_id = asked.transaction_id) AS sound,
            format('%s of %s, moved %s of %s', asked.kind, asked.amount_minor, moved.kind, moved.amount_minor) AS found
        FROM asked FULL JOIN moved USING (transaction_id)
        """,
    ),
    Invariant(
        "balances_booked",
        "Per order, what the ledger has on store credit is what orders took from balances and gave to them.",
        """
        WITH moved AS (
            SELECT order_id, sum(outside_minor) AS amount FROM balance_movement
            WHERE order_id IS NOT NULL AND kind <> 'EXPIRED' GROUP BY order_id
        ), booked AS (
            SELECT order_id, sum(amount_minor) AS amount FROM posting JOIN entry USING (posting_id)
            WHERE account = 'store_credit' GROUP BY order_id
        ), coming AS (
            SELECT order_id, sum(amount_minor) AS amount FROM payment_transaction
            WHERE kind = 'STORE_CREDIT' AND state = 'SUCCEEDED' AND NOT EXISTS (
                SELECT FROM balance_movement WHERE balance_movement.transaction_id = payment_transaction.transaction_id)
            GROUP BY order_id
        )
        SELECT order_id::text AS subject,
            coalesce(booked.amount, 0) = coalesce(moved.amount, 0) - coalesce(coming.amount, 0) AS sound,
            format('booked %s, moved %s, still to be issued %s', coalesce(booked.amount, 0), coalesce(moved.amount, 0),
                coalesce(coming.amount, 0)) AS found
        FROM booked FULL JOIN moved USING (order_id) LEFT JOIN coming USING (order_id)
        """,
    ),
)
