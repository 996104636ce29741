"""Supply and what is kept: what their histories say, and that what was received is stock, once."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant

INVARIANTS: Final = (
    Invariant(
        "supply_history",
        "Per supply, its quantity and the received quantity equal the sums of its history.",
        """
        WITH moved AS (
            SELECT supply_id, sum(quantity_delta) AS quantity, sum(received_delta) AS received
            FROM supply_move GROUP BY supply_id
        )
        SELECT coalesce(supply.source || ' ' || supply.reference || ' ' || supply.line, supply_id::text) AS subject,
            supply.quantity = moved.quantity AND supply.received = moved.received AS sound,
            format('%s of %s received, the history sums to %s of %s',
                supply.received, supply.quantity, moved.received, moved.quantity) AS found
        FROM supply FULL JOIN moved USING (supply_id)
        """,
    ),
    Invariant(
        "supply_receipts",
        "Per receipt of supply, its units equal the units that its rows added in the stock ledgers.",
        """
        WITH added AS (
            SELECT cause_id, sum(units) AS units FROM (
                SELECT cause_id, on_hand_delta AS units FROM stock_move WHERE cause = 'RECEIPT'
                UNION ALL SELECT cause_id, on_hand_delta FROM conditioned_move WHERE cause = 'RECEIPT'
            ) AS rows GROUP BY cause_id
        )
        SELECT supply_id || ' ' || coalesce(receipt_reference, '') AS subject,
            received_delta = coalesce(added.units, 0) AS sound,
            format('%s units came, %s were added to stock', received_delta, coalesce(added.units, 0)) AS found
        FROM supply_move LEFT JOIN added ON added.cause_id = supply_move.change_id
        WHERE action IN ('RECEIVE', 'COMPLETE')
        """,
    ),
    Invariant(
        "supply_expected",
        "Per supply, received units exceed expected ones only if an exception says so; complete supply does not wait.",
        """
        SELECT source || ' ' || reference || ' ' || line AS subject,
            (received <= quantity OR EXISTS (
                SELECT FROM exception_record
                WHERE reason = 'SUPPLY_UNEXPECTED' AND subject = supply.supply_id::text
            )) AND (state <> 'EXPECTED' OR received < quantity) AS sound,
            format('%s of %s received, %s', received, quantity, state) AS found
        FROM supply
        """,
    ),
    Invariant(
        "protection_history",
        "Per protection, its units equal the sum of its history.",
        """
        WITH moved AS (
            SELECT node_id, sku, channel_id, demand_class, sum(units_delta) AS units
            FROM protection_move GROUP BY node_id, sku, channel_id, demand_class
        )
        SELECT concat_ws(' ', sku, 'at', node_id, 'for', channel_id, demand_class) AS subject,
            coalesce(protection.units, 0) = coalesce(moved.units, 0) AS sound,
            format('%s kept, the history sums to %s', protection.units, moved.units) AS found
        FROM protection FULL JOIN moved USING (node_id, sku, channel_id, demand_class)
        """,
    ),
)
