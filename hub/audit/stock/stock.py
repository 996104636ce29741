"""Stock: what orders claim, what the ledger says, what is there."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant
from hub.audit.states import HELD, LEFT

INVARIANTS: Final = (
    Invariant(
        "stock_claims",
        "Per SKU and node, RESERVED units and those held by reservations equal reserved stock; units"
        " that a node has allocated, and those claimed for transfers, equal allocated stock.",
        f"""
        WITH held AS (
            SELECT sku, coalesce(node_id, '') AS node_id,
                CASE WHEN state = 'RESERVED' THEN quantity ELSE 0 END AS reserved,
                CASE WHEN state = 'RESERVED' THEN 0 ELSE quantity END AS allocated
            FROM slice WHERE state IN ('RESERVED', {HELD})
            UNION ALL SELECT sku, node_id, units, 0 FROM reservation_claim
            UNION ALL SELECT sku, from_node_id, 0, claimed FROM transfer_line JOIN transfer USING (transfer_id)
        ), claimed AS (
            SELECT sku, node_id, sum(reserved) AS reserved, sum(allocated) AS allocated FROM held GROUP BY sku, node_id
        )
        SELECT sku || ' at ' || node_id AS subject,
            coalesce(stock.reserved, 0) = coalesce(claimed.reserved, 0)
                AND coalesce(stock.allocated, 0) = coalesce(claimed.allocated, 0) AS sound,
            format('stock has %s reserved and %s allocated, slices and reservations %s and %s',
                coalesce(stock.reserved, 0), coalesce(stock.allocated, 0),
                coalesce(claimed.reserved, 0), coalesce(claimed.allocated, 0)) AS found
        FROM stock FULL JOIN claimed USING (sku, node_id)
        """,
    ),
    Invariant(
        "stock_ledger",
        "Per SKU and node, on hand, reserved, allocated and safety stock equal the sums of the stock ledger.",
        """
        WITH moved AS (
            SELECT sku, node_id, sum(on_hand_delta) AS on_hand, sum(reserved_delta) AS reserved,
                sum(allocated_delta) AS allocated, sum(safety_delta) AS safety
            FROM every_stock_move GROUP BY sku, node_id
        )
        SELECT sku || ' at ' || node_id AS subject,
            coalesce(stock.on_hand, 0) = coalesce(moved.on_hand, 0)
                AND coalesce(stock.reserved, 0) = coalesce(moved.reserved, 0)
                AND coalesce(stock.allocated, 0) = coalesce(moved.allocated, 0)
                AND coalesce(stock.safety, 0) = coalesce(moved.safety, 0) AS sound,
            format('stock is %s/%s/%s/%s, its ledger sums to %s/%s/%s/%s (on hand/reserved/allocated/safety)',
                stock.on_hand, stock.reserved, stock.allocated, stock.safety,
                moved.on_hand, moved.reserved, moved.allocated, moved.safety) AS found
        FROM stock FULL JOIN moved USING (sku, node_id)
        """,
    ),
    Invariant(
        "conditioned_stock",
        "Per SKU, node and condition, units not sold as new equal the sum of their ledger.",
        """
        WITH moved AS (
            SELECT sku, node_id, condition, sum(on_hand_delta) AS units FROM conditioned_move
            GROUP BY sku, node_id, condition
        )
        SELECT format('%s at %s, %s', sku, node_id, condition) AS subject,
            coalesce(conditioned_stock.on_hand, 0) = coalesce(moved.units, 0) AS sound,
            format('%s there, the ledger sums to %s', conditioned_stock.on_hand, moved.units) AS found
        FROM conditioned_stock FULL JOIN moved USING (sku, node_id, condition)
        """,
    ),
    Invariant(
        "shipped_stock",
        "Per SKU and node, units that left, except adopted ones, equal what shipments took from stock.",
        f"""
        WITH gone AS (
            SELECT sku, slice.node_id, sum(quantity) AS units FROM slice LEFT JOIN shipment USING (shipment_id)
            WHERE adopted IS NOT TRUE AND slice.state IN ({LEFT}) GROUP BY sku, slice.node_id
        ), taken AS (
            SELECT sku, node_id, -sum(on_hand_delta) AS units FROM stock_move WHERE cause IN ('ship', 'collect')
            GROUP BY sku, node_id
        )
        SELECT sku || ' at ' || coalesce(node_id, '') AS subject,
            coalesce(gone.units, 0) = coalesce(taken.units, 0) AS sound,
            format('%s units shipped, %s taken', coalesce(gone.units, 0), coalesce(taken.units, 0)) AS found
        FROM gone FULL JOIN taken USING (sku, node_id)
        """,
    ),
    Invariant(
        "stock_covers_claims",
        "Per SKU and node, no figure is negative, and claims do not exceed what is on hand.",
        """
        SELECT sku || ' at ' || node_id AS subject,
            least(on_hand, reserved, allocated, on_hand - reserved - allocated) >= 0 AS sound,
            format('%s on hand, %s reserved, %s allocated', on_hand, reserved, allocated) AS found
        FROM stock
        """,
    ),
)
