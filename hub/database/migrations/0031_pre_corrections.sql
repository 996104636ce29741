-- What counts correct, a row per count and SKU: a count of many nodes writes, and finds again, an eighth of the rows.
-- Numbers are of one sequence with those of the ledger's other rows, so that all of a SKU are in one order.
CREATE TABLE stock_correction (
    sku text NOT NULL,
    move_id bigint NOT NULL DEFAULT nextval(pg_get_serial_sequence('stock_move', 'move_id')),
    node_ids text[] NOT NULL,
    on_hand_deltas bigint[] NOT NULL,
    safety_deltas bigint[] NOT NULL,
    cause_id uuid NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (sku, move_id)
);
CREATE INDEX stock_correction_at ON stock_correction USING brin (at) WITH (autosummarize = on);
ALTER TABLE stock_correction
    ALTER COLUMN sku SET STATISTICS 10,
    ALTER COLUMN move_id SET STATISTICS 10,
    ALTER COLUMN node_ids SET STATISTICS 0,
    ALTER COLUMN on_hand_deltas SET STATISTICS 0,
    ALTER COLUMN safety_deltas SET STATISTICS 0;

-- The stock ledger, a row per SKU and node, for whoever reads all of it.
CREATE VIEW every_stock_move AS
SELECT sku, node_id, move_id, on_hand_delta, reserved_delta, allocated_delta, safety_delta, cause, cause_id, at
FROM stock_move
UNION ALL
SELECT sku, part.node_id, move_id, part.on_hand_delta, 0, 0, part.safety_delta, 'SNAPSHOT', cause_id, at
FROM stock_correction
CROSS JOIN unnest(node_ids, on_hand_deltas, safety_deltas) AS part (node_id, on_hand_delta, safety_delta);
