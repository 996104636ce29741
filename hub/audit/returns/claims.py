"""Claims of customers: never about more than was sent, credited once by a return of their own, and decided some day."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant
from hub.slices.lifecycle import GONE

_GONE: Final = ", ".join(sorted(f"'{state.value}'" for state in GONE))
"""States of units that have left, as SQL lists them."""
_UNITS: Final = "line(line_number integer, quantity bigint)"

INVARIANTS: Final = (
    Invariant(
        "claims_within_shipped",
        "Per order line, claims that are open or refunded name no more units than have left.",
        f"""
        WITH named AS (
            SELECT order_id, line_number, sum(quantity) AS units
            FROM claim CROSS JOIN LATERAL jsonb_to_recordset(document -> 'lines') AS {_UNITS}
            WHERE state <> 'REJECTED' GROUP BY order_id, line_number
        ), gone AS (
            SELECT order_id, line_number, sum(quantity) AS units FROM slice
            WHERE state IN ({_GONE}) GROUP BY order_id, line_number
        )
        SELECT format('order %s line %s', order_id, line_number) AS subject,
            named.units <= coalesce(gone.units, 0) AS sound,
            format('%s claimed of %s', named.units, coalesce(gone.units, 0)) AS found
        FROM named LEFT JOIN gone USING (order_id, line_number)
        """,
    ),
    Invariant(
        "claims_credited_once",
        "A claim that is refunded or reshipped has a closed return of its own with exactly its units, while its new"
        " order is not placed yet an open one; of a reshipped one it names that order. Any other claim has none.",
        f"""
        WITH told AS (
            SELECT claim_id, order_id, state, (document ->> 'return_id')::uuid AS return_id,
                (SELECT array_agg((line_number, quantity)::text ORDER BY line_number)
                    FROM jsonb_to_recordset(document -> 'lines') AS {_UNITS}) AS units FROM claim
        ), back AS (
            SELECT return_id, order_id, state, exchange_order_id,
                (SELECT array_agg((line_number, quantity)::text ORDER BY line_number)
                FROM jsonb_to_recordset(document -> 'lines') AS {_UNITS}) AS units FROM return_authorization
        )
        SELECT told.claim_id::text AS subject,
            CASE WHEN told.state IN ('REFUNDED', 'RESHIPPED') THEN (
                        back.state IS NOT DISTINCT FROM 'CLOSED'
                            AND (told.state = 'REFUNDED' OR back.exchange_order_id IS NOT NULL)
                        OR told.state = 'RESHIPPED' AND EXISTS (SELECT FROM message
                            WHERE kind IN ('return.exchange', 'claim.settle') AND message.state <> 'SETTLED'
                            AND payload ->> 'return_id' = told.return_id::text))
                    AND back.order_id = told.order_id AND back.units = told.units
                    AND 1 = (SELECT count(*) FROM told AS other WHERE other.return_id = told.return_id)
                ELSE told.return_id IS NULL END AS sound,
            format('%s with %s, its return %s with %s', told.state, told.units, back.state, back.units) AS found
        FROM told LEFT JOIN back USING (return_id)
        """,
    ),
    Invariant(
        "claims_awaited",
        "An open claim has a deadline, or an exception was opened that names it.",
        """
        SELECT claim_id::text AS subject, state <> 'OPEN' OR EXISTS (
                SELECT FROM timer WHERE timer.kind = 'claim' AND timer.subject = claim_id::text
                UNION ALL SELECT FROM message WHERE message.kind = 'timer.claim'
                    AND message.state <> 'SETTLED' AND message.payload ->> 'subject' = claim_id::text
                UNION ALL SELECT FROM exception_record WHERE exception_record.subject = claim_id::text) AS sound,
            format('%s, and nobody waits for its decision', state) AS found
        FROM claim
        """,
    ),
)
