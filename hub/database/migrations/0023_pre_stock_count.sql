-- Counts that were applied, per node: what they changed stands in the stock ledger under the same cause and instant.
CREATE TABLE stock_count (
    cause_id uuid NOT NULL,
    node_id text NOT NULL,
    source text NOT NULL,
    counted_at timestamptz NOT NULL,
    applied_at timestamptz NOT NULL,
    since timestamptz,
    PRIMARY KEY (cause_id, node_id)
);
CREATE INDEX stock_count_node ON stock_count (node_id, counted_at);
