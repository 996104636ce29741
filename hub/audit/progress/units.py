"""Units of order lines: none appears, none vanishes, each is in one place that may hold it."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant
from hub.audit.states import FINISHED, HELD, WORKED

ORDERED: Final = """
SELECT orders.order_id, line.* FROM orders CROSS JOIN LATERAL jsonb_to_recordset(document -> 'lines')
    AS line(line_number integer, sku text, quantity bigint, total_minor bigint, tax_minor bigint)
"""
"""Order lines as rows."""

INVARIANTS: Final = (
    Invariant(
        "line_quantity",
        "The slices of a line, including canceled ones, sum to the ordered quantity and have the line's SKU.",
        f"""
        WITH ordered AS ({ORDERED}), sliced AS (
            SELECT order_id, line_number, sku, sum(quantity) AS units FROM slice GROUP BY order_id, line_number, sku
        )
        SELECT order_id || ' line ' || line_number AS subject,
            ordered.quantity = sliced.units AS sound,
            format('ordered %s, in slices %s', coalesce(ordered.quantity, 0), coalesce(sliced.units, 0)) AS found
        FROM ordered FULL JOIN sliced USING (order_id, line_number, sku)
        """,
    ),
    Invariant(
        "ended_orders",
        "An order that is CLOSED, CANCELED or REJECTED has only units in final states.",
        f"""
        SELECT orders.order_id::text AS subject,
            bool_and(slice.state IN ({FINISHED})) AS sound,
            format('%s with units %s', orders.state, string_agg(DISTINCT slice.state, ', ')) AS found
        FROM orders JOIN slice USING (order_id)
        WHERE orders.state IN ('CLOSED', 'CANCELED', 'REJECTED') GROUP BY orders.order_id
        """,
    ),
    Invariant(
        "worked_units",
        "A unit that is allocated at a node belongs to exactly one live fulfillment order, of the same order and node.",
        f"""
        SELECT slice.order_id || ' slice ' || slice_number AS subject,
            fulfillment_order.state IN ('CREATED', 'RELEASED', 'ACKNOWLEDGED')
                AND fulfillment_order.order_id = slice.order_id
                AND fulfillment_order.node_id = slice.node_id AS sound,
            format('%s at %s, fulfillment order %s at %s',
                slice.state, slice.node_id, fulfillment_order.state, fulfillment_order.node_id) AS found
        FROM slice LEFT JOIN fulfillment_order USING (fulfillment_order_id)
        WHERE slice.state IN ({HELD})
        """,
    ),
    Invariant(
        "worked_units_awaited",
        "A fulfillment order with units that its node has to ship or to make ready has a deadline.",
        f"""
        SELECT fulfillment_order_id::text AS subject, EXISTS (
                SELECT FROM timer WHERE timer.kind = 'node_work' AND timer.subject = fulfillment_order_id::text
                UNION ALL SELECT FROM message WHERE message.kind = 'timer.node_work' AND message.state <> 'SETTLED'
                    AND message.payload ->> 'subject' = fulfillment_order_id::text) AS sound,
            'a node has units, and nobody waits for it' AS found
        FROM (
            SELECT DISTINCT fulfillment_order_id FROM slice WHERE state IN ({WORKED})
        ) AS worked
        """,
    ),
    Invariant(
        "pickups_awaited",
        "A fulfillment order with units that are READY_FOR_PICKUP has a deadline until which they are held.",
        """
        SELECT fulfillment_order_id::text AS subject, pickup IS NOT NULL AND EXISTS (
                SELECT FROM timer WHERE timer.kind = 'pickup' AND timer.subject = fulfillment_order_id::text
                UNION ALL SELECT FROM message WHERE message.kind = 'timer.pickup' AND message.state <> 'SETTLED'
                    AND message.payload ->> 'subject' = fulfillment_order_id::text) AS sound,
            'units wait at a store for ever' AS found
        FROM (SELECT DISTINCT fulfillment_order_id FROM slice WHERE state = 'READY_FOR_PICKUP') AS held
        JOIN fulfillment_order USING (fulfillment_order_id)
        """,
    ),
)
