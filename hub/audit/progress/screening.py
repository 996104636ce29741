"""Screening: nothing is released of an order that was not compared, or that has a match nobody cleared."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant

INVARIANTS: Final = (
    Invariant(
        "released_screened",
        "An order that is to be screened is confirmed, and units of it are with a node, only after it was.",
        """
        SELECT order_id::text AS subject,
            checks ->> 'parties' = 'PASSED' OR (state IN ('PLACED', 'CANCELED', 'REJECTED') AND NOT EXISTS (
                SELECT FROM fulfillment_order WHERE fulfillment_order.order_id = orders.order_id)) AS sound,
            format('%s, and not screened', state) AS found
        FROM orders WHERE checks ? 'parties'
        """,
    ),
    Invariant(
        "matches_hold",
        "A live order with a match that is open or confirmed, and with units that have not left, has an active hold.",
        """
        SELECT match_id::text AS subject, EXISTS (
                SELECT FROM hold WHERE hold.order_id = orders.order_id AND hold.status = 'ACTIVE'
                    AND hold.type = 'EXPORT_CONTROL') AS sound,
            format('%s match, and nothing holds the order', screening_match.state) AS found
        FROM screening_match JOIN orders USING (order_id)
        WHERE screening_match.state IN ('OPEN', 'CONFIRMED') AND orders.state IN ('PLACED', 'CONFIRMED')
            AND EXISTS (SELECT FROM slice WHERE slice.order_id = orders.order_id
                AND slice.state IN ('OPEN', 'BACKORDERED', 'RESERVED'))
        """,
    ),
    Invariant(
        "no_release_under_match",
        "Nothing of an order was given to a node after a match was found that nobody cleared.",
        """
        SELECT match_id::text AS subject, NOT EXISTS (
                SELECT FROM fulfillment_order WHERE fulfillment_order.order_id = screening_match.order_id
                    AND fulfillment_order.created_at > screening_match.found_at) AS sound,
            format('%s match, and units were released since', state) AS found
        FROM screening_match WHERE state IN ('OPEN', 'CONFIRMED')
        """,
    ),
)
