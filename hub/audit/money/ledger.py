"""The ledger: double entry, and the same story as shipments and transactions."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant
from hub.audit.money.money import SHIPPED_WORTH

INVARIANTS: Final = (
    Invariant(
        "postings_balance",
        "Every posting has entries, and they sum to zero.",
        """
        SELECT posting_id::text AS subject,
            count(entry.posting_id) > 1 AND count(posting.posting_id) > 0 AND sum(amount_minor) = 0 AS sound,
            format('%s entries sum to %s', count(entry.posting_id), coalesce(sum(amount_minor), 0)) AS found
        FROM posting FULL JOIN entry USING (posting_id) GROUP BY posting_id
        """,
    ),
    Invariant(
        "shipments_booked",
        "Every shipment is posted: the customer owes its value, and the tax of its units is posted as tax.",
        f"""
        WITH worth AS ({SHIPPED_WORTH}), booked AS (
            SELECT order_id, coalesce(sum(amount_minor) FILTER (WHERE account = 'customer'), 0) AS owed,
                -coalesce(sum(amount_minor) FILTER (WHERE account = 'tax'), 0) AS tax
            FROM posting JOIN entry USING (posting_id) WHERE cause = 'shipment' GROUP BY order_id
        )
        SELECT order_id::text AS subject,
            coalesce(worth.worth, 0) = coalesce(booked.owed, 0) AND coalesce(worth.tax, 0) = coalesce(booked.tax, 0)
                AS sound,
            format('worth %s with tax %s, booked %s with tax %s', coalesce(worth.worth, 0), coalesce(worth.tax, 0),
                coalesce(booked.owed, 0), coalesce(booked.tax, 0)) AS found
        FROM worth FULL JOIN booked USING (order_id)
        """,
    ),
    Invariant(
        "money_booked",
        "Per order and kind, successful transactions are posted to the account of their kind.",
        """
        WITH kinds(kind, account) AS (
            VALUES ('CAPTURE', 'cash'), ('CAPTURE', 'store_credit'),
                ('RECEIVABLE', 'receivable'), ('APPLICATION', 'prepayment'),
                ('PREPAYMENT_REFUND', 'prepayment'),
                ('PREPAYMENT', 'channel_clearing'), ('UNCOLLECTABLE', 'uncollectable'), ('REFUND', 'customer'),
                ('CHANNEL_REFUND', 'customer'), ('CREDIT_NOTE', 'customer'), ('STORE_CREDIT', 'customer'),
                ('EXCHANGED', 'customer'), ('OFFSET', 'customer'), ('UNREFUNDED', 'customer'), ('TRADE_IN', 'exchange'),
                ('REMITTANCE', 'cash'), ('WRITE_OFF', 'bad_debt')
        ), moved AS (
            SELECT order_id, kind, sum(amount_minor) AS amount
            FROM payment_transaction WHERE kind IN (SELECT kind FROM kinds) AND state = 'SUCCEEDED'
            GROUP BY order_id, kind
        ), booked AS (
            SELECT order_id, kind, sum(amount_minor) AS amount
            FROM posting JOIN entry USING (posting_id)
            JOIN kinds ON kinds.kind = posting.cause AND kinds.account = entry.account
            GROUP BY order_id, kind
        )
        SELECT order_id || ' ' || kind AS subject,
            coalesce(moved.amount, 0) = coalesce(booked.amount, 0) AS sound,
            format('moved %s, booked %s', coalesce(moved.amount, 0), coalesce(booked.amount, 0)) AS found
        FROM moved FULL JOIN booked USING (order_id, kind)
        """,
    ),
)
