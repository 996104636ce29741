"""Capacity: the places that orders take at nodes and in slots of delivery, by day."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant
from hub.audit.states import HELD

INVARIANTS: Final = (
    Invariant(
        "capacity_used",
        "Per node and day, the places taken equal the orders that are to leave there on that day: those with units"
        " claimed at the node, or shipped from it. Per slot and day, they equal the orders that wish it and are not"
        " canceled.",
        f"""
        WITH counted AS (
            SELECT taken.key AS node_id, (taken.value #>> '{{}}')::date AS day, count(*) AS orders
            FROM orders CROSS JOIN LATERAL jsonb_each(ship_days) AS taken
            WHERE ship_days <> '{{}}' AND (
                EXISTS (
                    SELECT FROM slice WHERE slice.order_id = orders.order_id AND slice.node_id = taken.key
                    AND slice.state IN ('RESERVED', {HELD}))
                OR EXISTS (
                    SELECT FROM shipment WHERE shipment.order_id = orders.order_id AND shipment.node_id = taken.key))
            GROUP BY taken.key, day
            UNION ALL
            SELECT document->>'slot_place', (document->'wish'->>'day')::date, count(*) FROM orders
            WHERE document ? 'slot_place' AND EXISTS (
                SELECT FROM slice WHERE slice.order_id = orders.order_id AND slice.state <> 'CANCELED')
            GROUP BY 1, 2
        )
        SELECT format('%s on %s', node_id, day) AS subject,
            coalesce(capacity.used, 0) = coalesce(counted.orders, 0) AS sound,
            format('%s places are taken, %s orders count', coalesce(capacity.used, 0), coalesce(counted.orders, 0))
                AS found
        FROM capacity FULL JOIN counted USING (node_id, day)
        """,
    ),
)
