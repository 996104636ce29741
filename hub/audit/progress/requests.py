"""What nodes are asked: every request comes to an end, and what a node did not do is named."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant

INVARIANTS: Final = (
    Invariant(
        "requests_end",
        "Every request to a node is answered or has a deadline to come; its units to be canceled are canceled, or"
        " an exception was opened that names it.",
        """
        WITH asked AS (
            SELECT request ->> 'request_id' AS request_id, request ->> 'kind' AS kind, request ->> 'state' AS state,
                (SELECT sum((line ->> 'left')::bigint) FROM jsonb_array_elements(request -> 'lines') AS line) AS units
            FROM fulfillment_order CROSS JOIN LATERAL jsonb_array_elements(requests) AS request
        )
        SELECT request_id AS subject,
            CASE
                WHEN state = 'ASKED' THEN EXISTS (
                    SELECT FROM timer WHERE timer.kind = 'node_answer' AND timer.subject = request_id
                    UNION ALL SELECT FROM message WHERE message.kind = 'timer.node_answer'
                        AND message.state <> 'SETTLED' AND message.payload ->> 'subject' = request_id)
                WHEN asked.kind = 'CANCEL' AND units > 0 THEN EXISTS (
                    SELECT FROM exception_record WHERE exception_record.subject = request_id)
                ELSE true END AS sound,
            format('%s to %s with %s units left, and nothing to come', state, asked.kind, units) AS found
        FROM asked
        """,
    ),
)
