"""Free units: none stands beside an order that waits for it unless work is to come."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant

_NETWORK: Final = """
network_in_force AS (SELECT document FROM network ORDER BY version DESC LIMIT 1),
channel AS (
    SELECT channel.* FROM network_in_force CROSS JOIN LATERAL jsonb_to_recordset(document -> 'channels')
        AS channel(channel_id text, node_ids jsonb)
),
area AS (
    SELECT zone_id, area.* FROM network_in_force CROSS JOIN LATERAL jsonb_to_recordset(document -> 'zones')
        AS zone(zone_id text, areas jsonb)
    CROSS JOIN LATERAL jsonb_to_recordset(areas)
        AS area(country_code text, region_code text, postal_prefix text)
),
open_node AS (
    SELECT DISTINCT ON (node_id) node_id, kind, zone_id FROM network_in_force
    CROSS JOIN LATERAL jsonb_to_recordset(document -> 'nodes') AS node(
        node_id text, kind text, closed boolean, address jsonb)
    LEFT JOIN area ON area.country_code = address ->> 'country_code'
        AND area.region_code IN ('', address ->> 'region_code')
        AND starts_with(upper(regexp_replace(address ->> 'postal_code', '[ -]', '', 'g')), area.postal_prefix)
    WHERE NOT closed ORDER BY node_id, length(postal_prefix) DESC, area.region_code DESC
),
way AS (
    SELECT open_node.node_id AS from_node_id, to_country_code, to_zone_id, service_code
    FROM network_in_force CROSS JOIN LATERAL jsonb_to_recordset(document -> 'lanes') AS lane(
        from_node_id text, from_zone_id text, to_country_code text, to_zone_id text, service_code text)
    JOIN open_node ON open_node.node_id = from_node_id OR from_node_id = '' AND open_node.zone_id = from_zone_id
    UNION SELECT node_id, '', '', '' FROM open_node WHERE kind = 'STORE'
)
"""
"""Channels, and the lanes of nodes that take new work: also those that start at the zone a node lies in, and a way
without service and destination at stores, where goods are collected.
"""

_WAITING: Final = """
waiting AS (
    SELECT orders.order_id, orders.state, channel_id, ship_to_country, slice.sku, slice.quantity,
        coalesce(document ->> 'ship_to_zone', '') AS ship_to_zone,
        coalesce(document ->> 'service_code', 'STANDARD') AS service_code,
        coalesce(document ->> 'pickup_node_id', '') AS pickup_node_id,
        coalesce(document ->> 'demand_class', '') AS demand_class,
        orders.state = 'PLACED' OR EXISTS (
            SELECT FROM message WHERE message.order_id = orders.order_id AND message.kind = 'order.release'
                AND message.state <> 'SETTLED') AS worked
    FROM slice JOIN orders USING (order_id)
    JOIN LATERAL jsonb_to_recordset(document -> 'lines')
        AS line(line_number integer, ship_not_before timestamptz) USING (line_number)
    WHERE slice.state IN ('OPEN', 'BACKORDERED') AND orders.state IN ('PLACED', 'CONFIRMED')
    AND NOT EXISTS (
        SELECT FROM hold WHERE hold.order_id = orders.order_id AND hold.status = 'ACTIVE'
            AND hold.blocks ?| ARRAY['allocate', 'release'])
    AND (line.ship_not_before IS NULL OR NOT EXISTS (
        SELECT FROM timer WHERE timer.kind = 'release' AND timer.subject = orders.order_id::text))
    AND NOT coalesce((
        SELECT decision.document ? 'limited_by' FROM decision WHERE decision.order_id = orders.order_id
        ORDER BY decided_at DESC, decision_id DESC LIMIT 1), false)
)
"""
"""Units that may be claimed as soon as there are any; `worked`: their order will be tried again by itself.

Orders that a limit of their channel kept from free units, as their last decision says, are left out.
"""

_FREE: Final = """
free AS (
    SELECT waiting.order_id, waiting.sku, sum(units) AS units FROM (
        SELECT DISTINCT order_id, channel_id, ship_to_country, ship_to_zone, service_code, pickup_node_id, demand_class,
            sku
        FROM waiting) AS waiting
    JOIN channel USING (channel_id)
    JOIN (SELECT DISTINCT * FROM way) AS way ON (node_ids = '[]' OR node_ids ? from_node_id)
        AND CASE WHEN pickup_node_id = '' THEN way.service_code = waiting.service_code
                AND (to_country_code = ship_to_country OR to_country_code = '' AND to_zone_id = ship_to_zone)
            ELSE way.service_code = '' AND pickup_node_id = from_node_id END
    JOIN stock ON stock.sku = waiting.sku AND stock.node_id = from_node_id
    CROSS JOIN LATERAL (
        SELECT on_hand - reserved - allocated - safety - coalesce(sum(kept.units), 0) AS units FROM (
            SELECT DISTINCT ON (channel_id, demand_class) protection.units FROM protection
            WHERE protection.node_id = stock.node_id AND protection.sku IN ('', stock.sku) AND protection.units > 0
            AND NOT (protection.channel_id IN ('', waiting.channel_id)
                AND protection.demand_class IN ('', waiting.demand_class))
            ORDER BY channel_id, demand_class, protection.sku DESC) AS kept
    ) AS left_for_it
    WHERE units > 0 AND NOT EXISTS (
        SELECT FROM fulfillment_order WHERE fulfillment_order.order_id = waiting.order_id
            AND fulfillment_order.node_id = stock.node_id AND fulfillment_order.state = 'REJECTED')
    GROUP BY waiting.order_id, waiting.sku
)
"""
"""Units that an order may claim of a SKU it waits for."""

INVARIANTS: Final = (
    Invariant(
        "free_units_given",
        "No free unit that an order may have stands beside an order that waits for it, unless waiting orders are about"
        " to be tried again, or the unit is for an order that is tried before it.",
        f"""
        WITH {_NETWORK}, {_WAITING}, {_FREE},
        spoken_for AS (SELECT sku, sum(quantity) AS units FROM waiting WHERE worked GROUP BY sku),
        retried AS (
            SELECT FROM timer WHERE timer.kind = 'retry_waiting'
            UNION ALL SELECT FROM message WHERE message.kind = 'timer.retry_waiting' AND message.state <> 'SETTLED'
        )
        SELECT format('%s %s', waiting.order_id, waiting.sku) AS subject,
            worked OR EXISTS (SELECT FROM retried)
                OR coalesce(free.units, 0) <= coalesce(spoken_for.units, 0) AS sound,
            format('%s units wait, %s are free, %s of them are for others', sum(quantity), coalesce(free.units, 0),
                coalesce(spoken_for.units, 0)) AS found
        FROM waiting LEFT JOIN free USING (order_id, sku) LEFT JOIN spoken_for USING (sku)
        GROUP BY waiting.order_id, waiting.sku, worked, free.units, spoken_for.units
        """,
    ),
)
