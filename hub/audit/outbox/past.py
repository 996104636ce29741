"""The past: what was moved away is there once, lanes still know their numbers, the feed has no gap."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant

INVARIANTS: Final = (
    Invariant(
        "messages_kept_once",
        "Every message is either among the current ones or archived, never both.",
        """
        SELECT message_id::text AS subject, count(*) = 1 AS sound, format('kept %s times', count(*)) AS found
        FROM every_message GROUP BY message_id
        """,
    ),
    Invariant(
        "lanes_counted",
        "No unsettled message has a number higher than the last one of its lane.",
        """
        SELECT message_id::text AS subject, coalesce(lane_number <= last_number, false) AS sound,
            format('number %s of %s, which counted to %s', lane_number, lane, coalesce(last_number::text, 'nothing'))
                AS found
        FROM message LEFT JOIN lane USING (lane) WHERE state <> 'SETTLED'
        """,
    ),
    Invariant(
        "feed_without_gaps",
        "The positions of all events, including archived ones, run from 1 to the last without a gap.",
        """
        SELECT 'the feed' AS subject, count(position) = coalesce(max(position), 0)
                AND count(DISTINCT position) = count(position) AS sound,
            format('%s events with positions up to %s', count(position), coalesce(max(position), 0)) AS found
        FROM every_event
        """,
    ),
)
