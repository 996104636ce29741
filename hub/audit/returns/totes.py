"""Totes: every unit put in is counted once when the tote is, and means for its return what the count says."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant

INVARIANTS: Final = (
    Invariant(
        "tote_units",
        "Per tote, return and line, every unit put in is counted as received, missing or a wrong item if the tote is"
        " RECEIVED, and none is counted before.",
        """
        WITH put AS (
            SELECT tote_id, return_id, line_number, sum(quantity) AS units FROM tote_scan
            GROUP BY tote_id, return_id, line_number
        ), counted AS (
            SELECT tote_id, return_id, line_number, sum(quantity) AS units FROM tote_count
            WHERE kind IN ('RECEIVED', 'MISSING', 'WRONG_ITEM') GROUP BY tote_id, return_id, line_number
        )
        SELECT format('tote %s, return %s line %s', tote_id, return_id, line_number) AS subject,
            CASE WHEN tote.state = 'RECEIVED' THEN put.units IS NOT DISTINCT FROM counted.units
                ELSE tote.state IS NOT NULL AND counted.units IS NULL END AS sound,
            format('%s put in, %s counted, %s', coalesce(put.units, 0), coalesce(counted.units, 0), tote.state) AS found
        FROM put FULL JOIN counted USING (tote_id, return_id, line_number) LEFT JOIN tote USING (tote_id)
        """,
    ),
    Invariant(
        "tote_returns",
        "Per receipt of a tote, return and line, the count equals what was recorded on the return.",
        """
        WITH counted AS (
            SELECT 'tote ' || tote_id || '/' || reference AS reference, return_id, line_number,
                CASE kind WHEN 'MISSING' THEN 'LOST_IN_TRANSIT' WHEN 'WRONG_ITEM' THEN kind ELSE 'AS_EXPECTED' END
                    AS outcome, quantity
            FROM tote_count WHERE kind IN ('RECEIVED', 'UNANNOUNCED', 'MISSING', 'WRONG_ITEM')
        ), summed AS (
            SELECT reference, return_id, line_number, outcome, sum(quantity) AS units FROM counted
            GROUP BY reference, return_id, line_number, outcome
        ), told AS (
            SELECT reference, return_id, line_number, outcome, sum(quantity) AS units FROM return_receipt
            WHERE reference LIKE 'tote %' GROUP BY reference, return_id, line_number, outcome
        )
        SELECT format('%s, return %s line %s', reference, return_id, line_number) AS subject,
            summed.units IS NOT DISTINCT FROM told.units AS sound,
            format('%s: %s counted, %s told', outcome, coalesce(summed.units, 0), coalesce(told.units, 0)) AS found
        FROM summed FULL JOIN told USING (reference, return_id, line_number, outcome)
        """,
    ),
    Invariant(
        "totes_under_way",
        "Per return and line, units in totes not yet counted do not exceed the units on their way back.",
        """
        WITH inside AS (
            SELECT return_id, line_number,
                coalesce(sum(quantity) FILTER (WHERE tote.state IS DISTINCT FROM 'RECEIVED'), 0) AS units
            FROM tote_scan LEFT JOIN tote USING (tote_id) GROUP BY return_id, line_number
        ), coming AS (
            SELECT return_id, line_number, sum(quantity) AS units FROM slice WHERE state = 'RETURN_IN_TRANSIT'
            GROUP BY return_id, line_number
        )
        SELECT format('return %s line %s', return_id, line_number) AS subject,
            inside.units <= coalesce(coming.units, 0) AS sound,
            format('%s in totes, %s on their way', inside.units, coalesce(coming.units, 0)) AS found
        FROM inside LEFT JOIN coming USING (return_id, line_number)
        """,
    ),
    Invariant(
        "unexpected_goods",
        "Per SKU and node, units that came without a return equal those put in quarantine for that reason.",
        """
        WITH came AS (
            SELECT sku, node_id, sum(quantity) AS units FROM unexpected_goods WHERE sku <> '' GROUP BY sku, node_id
        ), kept AS (
            SELECT sku, node_id, sum(on_hand_delta) AS units FROM conditioned_move WHERE cause = 'unexpected'
            GROUP BY sku, node_id
        )
        SELECT sku || ' at ' || node_id AS subject, came.units IS NOT DISTINCT FROM kept.units AS sound,
            format('%s came, %s kept', coalesce(came.units, 0), coalesce(kept.units, 0)) AS found
        FROM came FULL JOIN kept USING (sku, node_id)
        """,
    ),
)
