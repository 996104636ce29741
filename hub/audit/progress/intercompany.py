"""Intercompany entries: goods change their owner as often as they leave and come back, at what was paid for them."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant

INVARIANTS: Final = (
    Invariant(
        "owners_follow_units",
        "What changed its owner with a parcel are units of that parcel, and with a return units that it disposed of:"
        " never more, and each line at no more than was paid for it without tax.",
        """
        WITH handed AS (
            SELECT order_id, cause, subject_id, line_number, sum(quantity) AS units, sum(value_minor) AS value
            FROM intercompany_entry GROUP BY order_id, cause, subject_id, line_number
        ), moved AS (
            SELECT order_id, 'SHIPPED' AS cause, shipment_id AS subject_id, line_number, sum(quantity) AS units
            FROM slice WHERE shipment_id IS NOT NULL GROUP BY order_id, shipment_id, line_number
            UNION ALL
            SELECT order_id, 'RETURNED', return_id, line_number, sum(quantity)
            FROM slice WHERE return_id IS NOT NULL AND state = 'RETURN_CLOSED' GROUP BY order_id, return_id, line_number
        )
        SELECT format('%s %s, line %s', lower(handed.cause), handed.subject_id, handed.line_number) AS subject,
            handed.units <= coalesce(moved.units, 0) AND handed.value BETWEEN 0 AND (
                SELECT (line ->> 'total_minor')::bigint - (line ->> 'tax_minor')::bigint
                FROM orders, jsonb_array_elements(document -> 'lines') AS line
                WHERE orders.order_id = handed.order_id AND (line ->> 'line_number')::integer = handed.line_number
            ) AS sound,
            format('%s units worth %s changed their owner, %s moved', handed.units, handed.value,
                coalesce(moved.units, 0)) AS found
        FROM handed LEFT JOIN moved USING (order_id, cause, subject_id, line_number)
        """,
    ),
)
