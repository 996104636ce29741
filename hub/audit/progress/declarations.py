"""Declarations to customs: each parcel that was to be declared is, and none is twice."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant

INVARIANTS: Final = (
    Invariant(
        "declared_once",
        "A parcel that left for another country, from a channel with a customs account, has a declaration or a task"
        " that makes it. Its attempts are numbered from 1 without gaps, all but the last are REJECTED, and each is sent"
        " once.",
        """
        WITH attempts AS (
            SELECT shipment_id, count(*) AS made, max(attempt) AS last, count(DISTINCT attempt) AS numbers,
                count(*) FILTER (WHERE state <> 'REJECTED') AS open,
                coalesce(bool_and(state = 'REJECTED') FILTER (WHERE attempt < latest), true) AS earlier_ended,
                coalesce(bool_and(
                    state IN ('INCOMPLETE', 'NOT_NEEDED') AND sent = 0
                    OR state NOT IN ('INCOMPLETE', 'NOT_NEEDED') AND sent <= 1
                        AND (sent = 1 OR state <> 'REQUESTED')), true) AS sent_once
            FROM (
                SELECT declaration.*, max(attempt) OVER (PARTITION BY shipment_id) AS latest, (
                    SELECT count(*) FROM message WHERE message.kind = 'customs.declare'
                    AND message.payload ->> 'declaration_id' = declaration.declaration_id::text) AS sent
                FROM declaration) AS counted
            GROUP BY shipment_id
        ), tasks AS (
            SELECT payload ->> 'shipment_id' AS shipment_id, bool_or(state <> 'SETTLED') AS to_come
            FROM message WHERE kind = 'shipment.declare' GROUP BY 1
        )
        SELECT format('shipment %s', coalesce(attempts.shipment_id::text, tasks.shipment_id)) AS subject,
            CASE WHEN attempts.shipment_id IS NULL THEN tasks.to_come
                ELSE made = last AND numbers = made AND open <= 1 AND earlier_ended AND sent_once END AS sound,
            format('%s declarations, the last is number %s, %s of them not rejected', coalesce(made, 0),
                coalesce(last, 0), coalesce(open, 0)) AS found
        FROM attempts FULL JOIN tasks ON tasks.shipment_id = attempts.shipment_id::text
        """,
    ),
    Invariant(
        "customs_references_differ",
        "No two declarations to one customs account have the same reference of customs.",
        """
        SELECT format('reference %s of %s', customs_reference, account_id) AS subject, count(*) = 1 AS sound,
            format('%s declarations have it', count(*)) AS found
        FROM declaration WHERE customs_reference <> '' GROUP BY account_id, customs_reference
        """,
    ),
)
