"""History: slices are what their moves made of them, every move has its event, versions have no gaps."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant

INVARIANTS: Final = (
    Invariant(
        "moves_replay",
        "Per line, state and node, units that moved in minus units that moved out equal the units there.",
        """
        WITH steps AS (
            SELECT order_id, line_number, to_state AS state, coalesce(to_node, '') AS node_id, quantity FROM slice_move
            UNION ALL
            SELECT order_id, line_number, from_state, coalesce(from_node, ''), -quantity FROM slice_move
            WHERE from_state IS NOT NULL
        ), moved AS (
            SELECT order_id, line_number, state, node_id, sum(quantity) AS units FROM steps
            GROUP BY order_id, line_number, state, node_id
        ), held AS (
            SELECT order_id, line_number, state, coalesce(node_id, '') AS node_id, sum(quantity) AS units FROM slice
            GROUP BY order_id, line_number, state, coalesce(node_id, '')
        )
        SELECT format('%s line %s %s %s', order_id, line_number, state, node_id) AS subject,
            coalesce(moved.units, 0) = coalesce(held.units, 0) AS sound,
            format('moves leave %s units, slices have %s', coalesce(moved.units, 0), coalesce(held.units, 0)) AS found
        FROM moved FULL JOIN held USING (order_id, line_number, state, node_id)
        """,
    ),
    Invariant(
        "moves_caused",
        "Every move has exactly one cause event, of the same order.",
        """
        SELECT slice_move.order_id || ' move ' || move_id AS subject,
            event.order_id = slice_move.order_id AS sound,
            format('event %s is %s', event_id, coalesce('of order ' || event.order_id, 'not there')) AS found
        FROM slice_move LEFT JOIN every_event AS event USING (event_id)
        """,
    ),
    Invariant(
        "order_versions",
        "The events of an order carry its versions from 1 to the last without a gap.",
        """
        WITH told AS (
            SELECT order_id, count(order_version) AS events, count(DISTINCT order_version) AS versions,
                min(order_version) AS first, max(order_version) AS last
            FROM every_event WHERE order_id IS NOT NULL GROUP BY order_id
        )
        SELECT order_id::text AS subject,
            told.first = 1 AND told.events = orders.version AND told.versions = orders.version
                AND told.last = orders.version AS sound,
            format('version %s, %s events for versions %s to %s', orders.version, told.events, told.first, told.last)
                AS found
        FROM orders FULL JOIN told USING (order_id)
        """,
    ),
)
