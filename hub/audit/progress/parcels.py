"""Parcels: their units are the units that shipped by them."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant
from hub.audit.states import HANDED_OVER, LEFT

INVARIANTS: Final = (
    Invariant(
        "shipped_units",
        "A unit that left belongs to a shipment of its order and node, which is DELIVERED if the customer received it.",
        f"""
        SELECT slice.order_id || ' slice ' || slice_number AS subject,
            shipment.order_id = slice.order_id AND shipment.node_id = slice.node_id
                AND CASE
                    WHEN slice.state IN ('SHIPPED', 'RETURNING') THEN shipment.state <> 'DELIVERED'
                    WHEN slice.state IN ({HANDED_OVER}) THEN shipment.state = 'DELIVERED'
                    ELSE true END AS sound,
            format('%s from %s, shipment %s from %s', slice.state, slice.node_id, shipment.state, shipment.node_id)
                AS found
        FROM slice LEFT JOIN shipment USING (shipment_id) WHERE slice.state IN ({LEFT})
        """,
    ),
    Invariant(
        "shipped_units_awaited",
        "A parcel with units that are SHIPPED has a deadline to come, or an open exception that names it.",
        """
        SELECT shipment_id::text AS subject, EXISTS (
                SELECT FROM timer WHERE timer.kind = 'parcel_arrival' AND timer.subject = shipment_id::text
                UNION ALL SELECT FROM message WHERE message.kind IN ('timer.parcel_arrival', 'parcel.turn_back')
                    AND message.state <> 'SETTLED'
                    AND shipment_id::text IN (message.payload ->> 'subject', message.payload ->> 'shipment_id')
                UNION ALL SELECT FROM exception_record
                WHERE exception_record.subject = shipment_id::text AND resolved_at IS NULL) AS sound,
            'units are under way, and nobody waits for them' AS found
        FROM (SELECT DISTINCT shipment_id FROM slice WHERE state = 'SHIPPED') AS under_way
        """,
    ),
    Invariant(
        "shipment_lines",
        "Per shipment and line, its units equal the units of the slices that it carries.",
        f"""
        WITH told AS (
            SELECT shipment_id, line_number, sum(quantity) AS units FROM shipment
            CROSS JOIN LATERAL jsonb_to_recordset(lines) AS line(line_number integer, quantity bigint)
            GROUP BY shipment_id, line_number
        ), gone AS (
            SELECT shipment_id, line_number, sum(quantity) AS units FROM slice
            WHERE state IN ({LEFT}) GROUP BY shipment_id, line_number
        )
        SELECT coalesce(shipment_id::text, 'no shipment') || ' line ' || line_number AS subject,
            told.units = gone.units AS sound,
            format('%s units in the shipment, %s in slices', coalesce(told.units, 0), coalesce(gone.units, 0)) AS found
        FROM told FULL JOIN gone USING (shipment_id, line_number)
        """,
    ),
)
