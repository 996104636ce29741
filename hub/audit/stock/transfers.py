"""Transfers: no unit appears or disappears between two nodes but for stated variance, and none is forgotten."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant

INVARIANTS: Final = (
    Invariant(
        "transfer_units",
        "Per SKU of a transfer, units that left the origin's shelf and units too many equal units that came, units in"
        " transit and units missing; what is in transit or still to leave is supply to come at the destination.",
        """
        WITH gone AS (
            SELECT cause_id AS transfer_id, sku, node_id AS from_node_id, -sum(on_hand_delta) AS units FROM stock_move
            WHERE cause = 'transfer_ship' GROUP BY cause_id, sku, node_id
        ), coming AS (
            SELECT reference, line AS sku, node_id AS to_node_id, received,
                CASE WHEN state = 'EXPECTED' THEN quantity - received ELSE 0 END AS units
            FROM supply WHERE source = 'transfers'
        )
        SELECT concat_ws(' ', transfer.reference, line.sku) AS subject,
            coalesce(gone.units, 0) = line.shipped
                AND coalesce(coming.received, 0) = line.received + line.damaged
                AND coalesce(coming.units, 0) = line.claimed
                    + line.shipped + line.excess - line.received - line.damaged - line.missing AS sound,
            format('%s left (%s reported), %s came (%s reported), %s to come, %s missing, %s too many',
                coalesce(gone.units, 0), line.shipped, coalesce(coming.received, 0), line.received + line.damaged,
                coalesce(coming.units, 0), line.missing, line.excess) AS found
        FROM transfer JOIN transfer_line AS line USING (transfer_id)
        LEFT JOIN gone USING (transfer_id, sku, from_node_id)
        LEFT JOIN coming ON coming.reference = transfer_id::text AND coming.sku = line.sku
            AND coming.to_node_id = transfer.to_node_id
        """,
    ),
    Invariant(
        "transfer_receipts",
        "Per SKU of a transfer, units that came equal the sums of its receipts.",
        """
        SELECT transfer_id || ' ' || line.sku AS subject,
            received = coalesce(told.sound, 0) AND line.damaged = coalesce(told.damaged, 0) AS sound,
            format('%s sound and %s damaged, the receipts sum to %s and %s', received, line.damaged,
                coalesce(told.sound, 0), coalesce(told.damaged, 0)) AS found
        FROM transfer_line AS line LEFT JOIN (
            SELECT transfer_id, sku, sum(quantity) AS sound, sum(damaged) AS damaged FROM transfer_receipt
            GROUP BY transfer_id, sku
        ) AS told USING (transfer_id, sku)
        """,
    ),
    Invariant(
        "transfers_go_on",
        "A transfer that has not ended has a deadline, or an exception that says it is late; one that came otherwise"
        " than it left has an exception that says so; one that ended has nothing claimed and nothing in transit.",
        """
        SELECT transfer.reference AS subject,
            CASE WHEN state IN ('RECEIVED', 'CANCELED') THEN claimed = 0 AND in_transit = 0 ELSE EXISTS (
                SELECT FROM timer WHERE kind = 'transfer' AND subject = transfer_id::text
                UNION ALL SELECT FROM message WHERE kind = 'timer.transfer' AND message.state <> 'SETTLED'
                    AND payload ->> 'subject' = transfer_id::text
                UNION ALL SELECT FROM exception_record
                    WHERE reason = 'TRANSFER_LATE' AND subject = transfer_id::text
            ) END AND (NOT varies OR EXISTS (
                SELECT FROM exception_record WHERE reason = 'TRANSFER_VARIANCE' AND subject = transfer_id::text
            )) AS sound,
            format('%s, %s claimed, %s in transit', state, claimed, in_transit) AS found
        FROM transfer JOIN LATERAL (
            SELECT sum(line.claimed) AS claimed, bool_or(damaged + missing + excess > 0) AS varies,
                sum(shipped + excess - received - damaged - missing) AS in_transit
            FROM transfer_line AS line WHERE line.transfer_id = transfer.transfer_id
        ) AS lines ON true
        """,
    ),
)
