"""Parcels: their units are the units that shipped by them."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant

INVARIANTS: Final = (
    Invariant(
        "shipped_units",
        "A unit that is SHIPPED or DELIVERED has a shipment of its order and node, which is DELIVERED when it is.",
        """
        SELECT slice.order_id || ' slice ' || slice_number AS subject,
            shipment.order_id = slice.order_id AND shipment.node_id = slice.node_id
                AND (slice.state = 'DELIVERED') = (shipment.state = 'DELIVERED') AS sound,
            format('%s from %s, shipment %s from %s', slice.state, slice.node_id, shipment.state, shipment.node_id)
                AS found
        FROM slice LEFT JOIN shipment USING (shipment_id) WHERE slice.state IN ('SHIPPED', 'DELIVERED')
        """,
    ),
    Invariant(
        "shipment_lines",
        "Per shipment and line, its units are the units of the slices that left by it.",
        """
        WITH told AS (
            SELECT shipment_id, line_number, sum(quantity) AS units FROM shipment
            CROSS JOIN LATERAL jsonb_to_recordset(lines) AS line(line_number integer, quantity bigint)
            GROUP BY shipment_id, line_number
        ), gone AS (
            SELECT shipment_id, line_number, sum(quantity) AS units FROM slice
            WHERE state IN ('SHIPPED', 'DELIVERED') GROUP BY shipment_id, line_number
        )
        SELECT coalesce(shipment_id::text, 'no shipment') || ' line ' || line_number AS subject,
            told.units = gone.units AS sound,
            format('%s units in the shipment, %s in slices', coalesce(told.units, 0), coalesce(gone.units, 0)) AS found
        FROM told FULL JOIN gone USING (shipment_id, line_number)
        """,
    ),
)
