"""What ERPs were posted: without gaps, with an invoice for what shipped, and as the stock ledger says."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant

_POSTED: Final = """
SELECT * FROM (
    SELECT *, lead(message_id) OVER (PARTITION BY lane, payload ORDER BY created_at, lane_number) AS again
    FROM every_message WHERE kind = 'erp.post'
) AS post WHERE NOT (answer ->> 'outcome' IS NOT DISTINCT FROM 'REFUSED' AND again IS NOT NULL)
"""
"""Documents that were posted; one that was refused, and posted again under another key, counts once."""

INVARIANTS: Final = (
    Invariant(
        "documents_numbered",
        "The documents posted for an order, and those for the stock of a node, are numbered from 1 without a gap.",
        f"""
        WITH sent AS (
            SELECT coalesce(order_id::text, lane) AS book, count(*) AS documents,
                count(DISTINCT (payload ->> 'document_number')::bigint) AS numbers,
                max((payload ->> 'document_number')::bigint) AS last
            FROM ({_POSTED}) AS posted GROUP BY coalesce(order_id::text, lane)
        ), counted AS (
            SELECT order_id::text AS book, erp_documents AS last_number FROM orders WHERE erp_documents > 0
            UNION ALL SELECT format('erp.stock:%s:%s', account_id, node_id), last_number FROM stock_book
            WHERE last_number > 0
        )
        SELECT book AS subject,
            documents = last_number AND numbers = last_number AND last = last_number AS sound,
            format('%s documents with %s numbers up to %s, %s counted', coalesce(documents, 0), coalesce(numbers, 0),
                coalesce(last, 0), coalesce(last_number, 0)) AS found
        FROM sent FULL JOIN counted USING (book)
        """,
    ),
    Invariant(
        "shipments_invoiced",
        "A shipment that was posted to an ERP has exactly one invoice, of the shipment's value.",
        f"""
        WITH sent AS (
            SELECT payload ->> 'subject_id' AS shipment, payload ->> 'document' AS document,
                (payload ->> 'total_minor')::bigint AS total
            FROM ({_POSTED}) AS posted WHERE payload ->> 'document' IN ('SHIPMENT', 'INVOICE')
        ), billed AS (
            SELECT shipment, count(*) FILTER (WHERE document = 'SHIPMENT') AS shipments,
                count(*) FILTER (WHERE document = 'INVOICE') AS invoices,
                sum(total) FILTER (WHERE document = 'INVOICE') AS total
            FROM sent GROUP BY shipment
        )
        SELECT billed.shipment AS subject,
            shipments = 1 AND invoices = 1 AND total = value_minor AS sound,
            format('worth %s, posted %s times, %s invoices of %s', value_minor, shipments, invoices, total) AS found
        FROM billed LEFT JOIN shipment ON shipment.shipment_id::text = billed.shipment
        """,
    ),
    Invariant(
        "stock_posted",
        "Per SKU of a node with an ERP, the units posted equal the sum of the stock ledger up to the last row posted.",
        """
        SELECT format('%s at %s for %s', told.sku, told.node_id, told.account_id) AS subject,
            told.on_hand = coalesce(sum(move.on_hand_delta), 0) AS sound,
            format('%s posted, the ledger sums to %s', told.on_hand, coalesce(sum(move.on_hand_delta), 0)) AS found
        FROM stock_posted AS told LEFT JOIN every_stock_move AS move ON move.sku = told.sku
            AND move.node_id = told.node_id AND move.move_id <= told.last_move_id
        GROUP BY told.account_id, told.node_id, told.sku, told.on_hand
        """,
    ),
)
