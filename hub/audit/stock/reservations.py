"""Reservations: what became of each unit, what they hold, and that each is taken by one order at most."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant

INVARIANTS: Final = (
    Invariant(
        "reservation_units",
        "Each unit of a reservation is live, released, expired or consumed, per SKU and in total; only a LIVE"
        " reservation has live units.",
        """
        WITH summed AS (
            SELECT reservation_id, bool_and(line.quantity > 0 AND line.live + line.released + line.expired
                    + line.consumed = line.quantity
                    AND least(line.live, line.released, line.expired, line.consumed) >= 0) AS sound,
                sum(line.quantity) AS quantity, sum(line.live) AS live, sum(line.released) AS released,
                sum(line.expired) AS expired, sum(line.consumed) AS consumed
            FROM reservation, jsonb_to_recordset(lines) AS line(sku text, quantity bigint, live bigint,
                released bigint, expired bigint, consumed bigint)
            GROUP BY reservation_id
        )
        SELECT 'reservation ' || reservation_id AS subject,
            coalesce(summed.sound, false) AND (summed.quantity, summed.live, summed.released, summed.expired,
                summed.consumed) = (reservation.quantity, reservation.live, reservation.released, reservation.expired,
                reservation.consumed)
                AND (state = 'LIVE') = (reservation.live > 0) AND (consumed_by = (order_id IS NOT NULL)) AS sound,
            format('%s: %s units, %s live, %s released, %s expired, %s consumed; by SKU %s/%s/%s/%s/%s', state,
                reservation.quantity, reservation.live, reservation.released, reservation.expired,
                reservation.consumed, summed.quantity, summed.live, summed.released, summed.expired,
                summed.consumed) AS found
        FROM (SELECT *, state = 'CONSUMED' AS consumed_by FROM reservation) AS reservation
        LEFT JOIN summed USING (reservation_id)
        """,
    ),
    Invariant(
        "reservation_claims",
        "Per SKU, the units that a reservation holds at nodes equal its live units; an ended reservation holds none.",
        """
        WITH live AS (
            SELECT reservation_id, line.sku, line.live AS units, expires_at
            FROM reservation, jsonb_to_recordset(lines) AS line(sku text, live bigint) WHERE line.live > 0
        ), held AS (
            SELECT reservation_id, sku, sum(units) AS units, min(expires_at) AS first, max(expires_at) AS last
            FROM reservation_claim GROUP BY reservation_id, sku
        )
        SELECT 'reservation ' || reservation_id || ' of ' || sku AS subject,
            coalesce(live.units, 0) = coalesce(held.units, 0) AND live.expires_at = held.first
                AND live.expires_at = held.last AS sound,
            format('%s live until %s, %s held until %s', coalesce(live.units, 0), live.expires_at,
                coalesce(held.units, 0), held.last) AS found
        FROM live FULL JOIN held USING (reservation_id, sku)
        """,
    ),
    Invariant(
        "reservations_consumed",
        "A consumed reservation belongs to one order, which has at least as many units of each SKU as it took.",
        """
        WITH taken AS (
            SELECT order_id, line.sku, sum(line.consumed) AS units, count(*) AS reservations
            FROM reservation, jsonb_to_recordset(lines) AS line(sku text, consumed bigint)
            WHERE state = 'CONSUMED' GROUP BY order_id, line.sku
        ), ordered AS (
            SELECT order_id, sku, sum(quantity) AS units FROM slice
            WHERE order_id IN (SELECT order_id FROM taken) GROUP BY order_id, sku
        )
        SELECT 'order ' || taken.order_id || ' of ' || taken.sku AS subject,
            taken.units <= coalesce(ordered.units, 0) AS sound,
            format('%s units consumed for it, %s ordered', taken.units, coalesce(ordered.units, 0)) AS found
        FROM taken LEFT JOIN ordered USING (order_id, sku)
        """,
    ),
    Invariant(
        "reservations_end",
        "A LIVE reservation has a timer that will end it.",
        """
        SELECT 'reservation ' || reservation_id AS subject,
            EXISTS (
                SELECT FROM timer WHERE timer.kind = 'expire_reservations'
                    AND timer.due_at >= reservation.expires_at
                    AND timer.due_at < reservation.expires_at + interval '1 second'
            ) OR EXISTS (
                SELECT FROM message WHERE message.kind = 'timer.expire_reservations' AND message.state <> 'SETTLED'
            ) AS sound,
            format('it ends at %s, and no timer is set for that', expires_at) AS found
        FROM reservation WHERE state = 'LIVE'
        """,
    ),
)
