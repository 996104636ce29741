-- What a node was asked of units that it works: several requests at a time, each answered under its own id.
ALTER TABLE fulfillment_order
    ADD COLUMN requests jsonb NOT NULL DEFAULT '[]',
    ALTER COLUMN requests SET STATISTICS 0,
    ALTER COLUMN request_state SET DEFAULT 'NONE',
    ALTER COLUMN cancel_lines SET DEFAULT '[]';

-- A request that waits for its answer keeps the key under which its node was asked.
WITH asked AS (
    SELECT DISTINCT ON (fulfillment_order_id) fulfillment_order_id, source_again, cancel_lines, message.message_id,
        message.created_at AS asked_at, timer.due_at AS deadline_at
    FROM fulfillment_order
    JOIN message ON message.kind = 'warehouse.cancel' AND message.order_id = fulfillment_order.order_id
        AND message.payload ->> 'fulfillment_order_id' = fulfillment_order_id::text
    JOIN timer ON timer.kind = 'cancel_deadline' AND timer.subject = fulfillment_order_id::text
    WHERE request_state = 'CANCEL_REQUESTED'
    ORDER BY fulfillment_order_id, message.created_at DESC, message.lane_number DESC
), moved AS (
    UPDATE timer SET kind = 'node_answer', subject = asked.message_id::text,
        payload = jsonb_build_object('fulfillment_order_id', asked.fulfillment_order_id)
    FROM asked WHERE timer.kind = 'cancel_deadline' AND timer.subject = asked.fulfillment_order_id::text
)
UPDATE fulfillment_order SET requests = jsonb_build_array(jsonb_build_object(
    'request_id', asked.message_id,
    'kind', CASE WHEN asked.source_again THEN 'GIVE_BACK' ELSE 'CANCEL' END,
    'lines', (SELECT jsonb_agg(line || jsonb_build_object('left', line -> 'quantity'))
        FROM jsonb_array_elements(asked.cancel_lines) AS line),
    'asked_at', to_char(asked.asked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'deadline_at', to_char(asked.deadline_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'state', 'ASKED', 'answered_at', NULL
)) FROM asked WHERE fulfillment_order.fulfillment_order_id = asked.fulfillment_order_id;
