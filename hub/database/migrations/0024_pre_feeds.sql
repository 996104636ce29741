-- Feeds of sources: how far each is, which numbers it told, which source counts which node; events that wait.
CREATE TABLE feed (
    source text PRIMARY KEY,
    watermark bigint NOT NULL CHECK (watermark >= 0)
) WITH (fillfactor = 50);

CREATE TABLE feed_event (
    source text NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    fingerprint bytea NOT NULL,
    received_at timestamptz NOT NULL,
    parked_event_id uuid,
    refusal jsonb,
    PRIMARY KEY (source, number)
);
CREATE INDEX feed_event_received_at ON feed_event USING brin (received_at);

CREATE TABLE node_source (
    node_id text PRIMARY KEY,
    source text NOT NULL,
    since timestamptz NOT NULL
);
CREATE INDEX node_source_source ON node_source (source);

CREATE TABLE parked_event (
    parked_event_id uuid PRIMARY KEY,
    kind text NOT NULL,
    waits_for text NOT NULL,
    source text,
    number bigint,
    state text NOT NULL,
    scope jsonb NOT NULL,
    payload jsonb NOT NULL,
    reason text NOT NULL,
    parked_at timestamptz NOT NULL,
    deadline_at timestamptz NOT NULL
);
CREATE INDEX parked_event_waiting ON parked_event (waits_for, number) WHERE state IN ('PARKED', 'UNMATCHED');
CREATE INDEX parked_event_parked_at ON parked_event (parked_at, parked_event_id);

-- When goods moved, where that is not when it was recorded: what moved before a count is in the count.
ALTER TABLE stock_move ADD COLUMN occurred_at timestamptz;

-- Counts: rows come in chunk by chunk, each count into an unlogged table of its own, dropped when it ends.
CREATE TABLE stock_snapshot (
    snapshot_id uuid PRIMARY KEY,
    principal text NOT NULL,
    fingerprint bytea NOT NULL,
    source text NOT NULL,
    counted_at timestamptz NOT NULL,
    node_ids jsonb NOT NULL,
    row_count bigint NOT NULL CHECK (row_count >= 0),
    through_number bigint,
    state text NOT NULL,
    received_count bigint NOT NULL,
    changed_count bigint NOT NULL,
    created_at timestamptz NOT NULL,
    ended_at timestamptz
) WITH (fillfactor = 70);
CREATE INDEX stock_snapshot_created_at ON stock_snapshot (created_at, snapshot_id);
CREATE INDEX stock_snapshot_receiving ON stock_snapshot (counted_at) WHERE state = 'RECEIVING';
-- How many rows of a count are kept; forgotten in a crash together with the rows, which are unlogged too.
CREATE UNLOGGED TABLE snapshot_received (
    snapshot_id uuid PRIMARY KEY,
    rows bigint NOT NULL
) WITH (fillfactor = 50);
DROP TABLE snapshot_row;
-- Where fewer were counted than orders hold there: the last such count of a SKU at a node.
CREATE TABLE stock_discrepancy (
    sku text NOT NULL,
    node_id text NOT NULL,
    snapshot_id uuid NOT NULL,
    counted bigint NOT NULL,
    claimed bigint NOT NULL,
    since timestamptz NOT NULL,
    PRIMARY KEY (sku, node_id)
);

-- A shipment may become known by its carrier before its node reports it.
ALTER TABLE shipment ADD COLUMN reported boolean NOT NULL DEFAULT true;
