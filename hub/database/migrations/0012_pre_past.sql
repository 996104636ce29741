-- What is over leaves the tables that are worked on: settled messages and old events move to months of the past.
-- A month is a partition of its own, made when the first row of it moves; it can be detached and stored away whole.

CREATE TABLE settled_message (
    message_id uuid NOT NULL,
    lane text NOT NULL,
    lane_number bigint NOT NULL,
    kind text NOT NULL,
    account_id text NOT NULL,
    order_id uuid,
    payload jsonb NOT NULL,
    traceparent text,
    priority integer NOT NULL,
    attempts integer NOT NULL,
    last_failure text NOT NULL,
    created_at timestamptz NOT NULL,
    settled_at timestamptz NOT NULL,
    answer jsonb,
    PRIMARY KEY (message_id, settled_at)
) PARTITION BY RANGE (settled_at);
CREATE INDEX settled_message_order ON settled_message (order_id) WHERE order_id IS NOT NULL;

CREATE TABLE past_event (
    event_id uuid NOT NULL,
    type text NOT NULL,
    order_id uuid,
    order_version bigint,
    occurred_at timestamptz NOT NULL,
    facts jsonb NOT NULL,
    traceparent text,
    channel_id text,
    seller_id text,
    node_id text,
    written bigint NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (event_id, occurred_at)
) PARTITION BY RANGE (occurred_at);
CREATE INDEX past_event_order ON past_event (order_id, written) WHERE order_id IS NOT NULL;

-- Finds what may move; an entry is made once per message, always at the end.
CREATE INDEX message_settled ON message (settled_at) WHERE state = 'SETTLED';

-- For whoever asks about an order, or about all of them, however long ago it was.
CREATE VIEW every_message AS
SELECT message_id, lane, lane_number, kind, account_id, order_id, payload, traceparent, priority, state, attempts,
    last_failure, created_at, settled_at, answer FROM message
UNION ALL
SELECT message_id, lane, lane_number, kind, account_id, order_id, payload, traceparent, priority, 'SETTLED', attempts,
    last_failure, created_at, settled_at, answer FROM settled_message;

CREATE VIEW every_event AS
SELECT event_id, type, order_id, order_version, occurred_at, facts, traceparent, channel_id, seller_id, node_id, written,
    position FROM event
UNION ALL
SELECT event_id, type, order_id, order_version, occurred_at, facts, traceparent, channel_id, seller_id, node_id, written,
    position FROM past_event;
