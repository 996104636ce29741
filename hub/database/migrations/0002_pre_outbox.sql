-- Messages in lanes, timers, the feed of events, cursors of polls, business time, leases.

-- Numbers of lanes. An appender holds its lanes' rows until it commits, so that numbers become visible in their order.
CREATE TABLE lane (
    lane text PRIMARY KEY,
    last_number bigint NOT NULL CHECK (last_number > 0)
) WITH (fillfactor = 70);

-- not_before and leased_until are machine time, created_at and settled_at business time.
CREATE TABLE message (
    message_id uuid PRIMARY KEY,
    lane text NOT NULL,
    lane_number bigint NOT NULL,
    kind text NOT NULL,
    account_id text NOT NULL DEFAULT '',
    order_id uuid,
    payload jsonb NOT NULL,
    traceparent text,
    priority integer NOT NULL CHECK (priority BETWEEN 0 AND 9),
    state text NOT NULL DEFAULT 'DUE' CHECK (state IN ('DUE', 'SETTLED', 'DEAD')),
    attempts integer NOT NULL DEFAULT 0,
    not_before timestamptz,
    leased_until timestamptz CHECK (leased_until IS NULL OR state = 'DUE'),
    fence bigint NOT NULL DEFAULT 0,
    unknown boolean NOT NULL DEFAULT false,
    last_failure text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    settled_at timestamptz CHECK ((settled_at IS NOT NULL) = (state = 'SETTLED')),
    answer jsonb
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX message_lane ON message (lane, lane_number) WHERE state <> 'SETTLED';
CREATE INDEX message_due ON message (account_id, priority, created_at, message_id) WHERE state = 'DUE';
CREATE INDEX message_leased ON message (account_id) WHERE state = 'DUE' AND leased_until IS NOT NULL;
CREATE INDEX message_dead ON message (message_id) WHERE state = 'DEAD';
CREATE INDEX message_order ON message (order_id) WHERE order_id IS NOT NULL;

-- due_at is business time.
CREATE TABLE timer (
    subject text NOT NULL,
    kind text NOT NULL,
    due_at timestamptz NOT NULL,
    payload jsonb NOT NULL,
    order_id uuid,
    traceparent text,
    PRIMARY KEY (subject, kind)
) WITH (fillfactor = 70);
CREATE INDEX timer_due ON timer (due_at);

-- position is given after the commit, by one sequencer at a time; written only tells the order of writing.
CREATE TABLE event (
    event_id uuid PRIMARY KEY,
    type text NOT NULL,
    order_id uuid,
    order_version bigint,
    occurred_at timestamptz NOT NULL,
    facts jsonb NOT NULL,
    traceparent text,
    channel_id text,
    seller_id text,
    node_id text,
    written bigserial NOT NULL,
    position bigint UNIQUE CHECK (position > 0)
) WITH (fillfactor = 70);
CREATE INDEX event_unplaced ON event (written) WHERE position IS NULL;
CREATE INDEX event_order ON event (order_id, written) WHERE order_id IS NOT NULL;

CREATE TABLE poll_cursor (
    account_id text PRIMARY KEY,
    cursor text NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE TABLE business_clock (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    virtual boolean NOT NULL,
    at timestamptz NOT NULL,
    fired_timers bigint NOT NULL DEFAULT 0
);
INSERT INTO business_clock (virtual, at) VALUES (false, '1970-01-01T00:00:00Z');

-- An account whose partner fails: nothing is claimed until then (machine time), then one message to try it.
CREATE TABLE breaker (
    account_id text PRIMARY KEY,
    open_until timestamptz NOT NULL
);

-- until is machine time; fence grows with every new holder.
CREATE TABLE lease (
    name text PRIMARY KEY,
    holder text NOT NULL,
    fence bigint NOT NULL,
    until timestamptz NOT NULL
);
