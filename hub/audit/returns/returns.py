"""What comes back: units are where their records say, stock is what was disposed of, and orders reopen for a reason."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant
from hub.returns.lifecycle import OPEN

_OPEN: Final = ", ".join(sorted(f"'{state.value}'" for state in OPEN))
"""States of returns in which something is still to come, as SQL lists them."""

INVARIANTS: Final = (
    Invariant(
        "returned_units",
        "Per return and line, units that came, were kept, lost, not sent or disposed of equal its records, and an open"
        " return accounts for all its units.",
        """
        WITH named AS (
            SELECT rma.return_id, rma.order_id, rma.state, line.line_number, line.quantity
            FROM return_authorization rma CROSS JOIN LATERAL jsonb_to_recordset(document -> 'lines')
                AS line(line_number integer, quantity bigint)
        ), held AS (
            SELECT return_id, order_id, line_number, sum(quantity) AS units,
                coalesce(sum(quantity) FILTER (WHERE state IN ('RETURN_RECEIVED', 'RETURN_CLOSED')), 0) AS came,
                coalesce(sum(quantity) FILTER (WHERE state = 'RETURN_CLOSED'), 0) AS closed,
                coalesce(sum(quantity) FILTER (WHERE state = 'LOST'), 0) AS lost
            FROM slice WHERE return_id IS NOT NULL GROUP BY return_id, order_id, line_number
        ), told AS (
            SELECT return_id, line_number,
                coalesce(sum(quantity) FILTER (WHERE outcome = 'AS_EXPECTED'), 0) AS came,
                coalesce(sum(quantity) FILTER (WHERE outcome = 'LOST_IN_TRANSIT'), 0) AS lost,
                coalesce(sum(quantity) FILTER (WHERE outcome = 'NOT_RETURNED'), 0) AS unsent
            FROM return_receipt GROUP BY return_id, line_number
        ), done AS (
            SELECT return_id, line_number, sum(quantity) AS units FROM return_disposition
            GROUP BY return_id, line_number
        )
        SELECT format('return %s line %s', return_id, line_number) AS subject,
            named.quantity IS NOT NULL AND coalesce(held.came, 0) = coalesce(told.came, 0)
                AND coalesce(held.lost, 0) = coalesce(told.lost, 0)
                AND coalesce(held.closed, 0) = coalesce(done.units, 0)
                AND CASE WHEN named.state IN ('CANCELED', 'EXPIRED') THEN coalesce(held.units, 0) = 0
                    ELSE coalesce(held.units, 0) + coalesce(told.unsent, 0) = named.quantity END AS sound,
            format('%s of %s units: %s came, %s lost, %s closed; records say %s came, %s lost, %s not sent, %s closed',
                held.units, named.quantity, held.came, held.lost, held.closed, told.came, told.lost, told.unsent,
                done.units) AS found
        FROM named FULL JOIN held USING (return_id, order_id, line_number)
            FULL JOIN told USING (return_id, line_number) FULL JOIN done USING (return_id, line_number)
        """,
    ),
    Invariant(
        "returns_awaited",
        "A return that has not ended has a deadline, or an exception was opened that names it.",
        f"""
        SELECT return_id::text AS subject, state NOT IN ({_OPEN}) OR EXISTS (
                SELECT FROM timer WHERE timer.kind = 'return_deadline' AND timer.subject = return_id::text
                UNION ALL SELECT FROM message WHERE message.kind = 'timer.return_deadline'
                    AND message.state <> 'SETTLED' AND message.payload ->> 'subject' = return_id::text
                UNION ALL SELECT FROM exception_record WHERE exception_record.subject = return_id::text) AS sound,
            format('%s, and nobody waits for its goods', state) AS found
        FROM return_authorization
        """,
    ),
    Invariant(
        "returned_stock",
        "Per SKU and node, stock from returns, arrived or on its way, equals what dispositions sent into stock there.",
        """
        WITH disposed AS (
            SELECT slice.sku, done.node_id, done.quantity FROM return_disposition done
            CROSS JOIN LATERAL (SELECT sku FROM slice WHERE slice.return_id = done.return_id
                AND slice.line_number = done.line_number LIMIT 1) AS slice
            WHERE disposition <> 'SEND_BACK'
        ), wanted AS (
            SELECT sku, node_id, sum(quantity) AS units FROM disposed GROUP BY sku, node_id
        ), came AS (
            SELECT sku, node_id, sum(delta) AS units FROM (
                SELECT sku, node_id, on_hand_delta AS delta FROM stock_move WHERE cause = 'return' UNION ALL
                SELECT sku, node_id, on_hand_delta FROM conditioned_move WHERE cause = 'return' UNION ALL
                SELECT sku, node_id, quantity FROM supply WHERE source = 'returns'
            ) AS moves GROUP BY sku, node_id
        )
        SELECT sku || ' at ' || node_id AS subject, coalesce(wanted.units, 0) = coalesce(came.units, 0) AS sound,
            format('%s disposed of, %s came in', coalesce(wanted.units, 0), coalesce(came.units, 0)) AS found
        FROM wanted FULL JOIN came USING (sku, node_id)
        """,
    ),
    Invariant(
        "closed_once_more_than_reopened",
        "An order is CLOSED if and only if it was closed once more often than a return reopened it.",
        """
        WITH told AS (
            SELECT order_id, count(*) FILTER (WHERE type = 'OrderClosed') AS closed,
                count(*) FILTER (WHERE type = 'OrderReopened') AS opened
            FROM event WHERE type IN ('OrderClosed', 'OrderReopened') GROUP BY order_id
        )
        SELECT order_id::text AS subject,
            told.closed - told.opened = CASE orders.state WHEN 'CLOSED' THEN 1 ELSE 0 END AS sound,
            format('%s, closed %s times and opened again %s times', orders.state, told.closed, told.opened) AS found
        FROM told JOIN orders USING (order_id)
        """,
    ),
)
