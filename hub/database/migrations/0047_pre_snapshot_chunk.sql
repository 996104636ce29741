-- Rows of counts as they come in, a row per chunk: so a count makes no table, and its end removes few rows. Arrays are
-- kept as they are: they live for seconds, and to compress them costs more than to write them.
CREATE UNLOGGED TABLE snapshot_chunk (
    snapshot_id uuid NOT NULL,
    first_row bigint NOT NULL,
    row_count bigint NOT NULL,
    ascending boolean NOT NULL,
    last_sku text NOT NULL,
    last_node text NOT NULL,
    skus text[] NOT NULL,
    node_ids text[] NOT NULL,
    on_hand bigint[] NOT NULL,
    safety bigint[] NOT NULL,
    PRIMARY KEY (snapshot_id, first_row)
);
ALTER TABLE snapshot_chunk
    ALTER COLUMN skus SET STORAGE EXTERNAL,
    ALTER COLUMN skus SET STATISTICS 0,
    ALTER COLUMN node_ids SET STORAGE EXTERNAL,
    ALTER COLUMN node_ids SET STATISTICS 0,
    ALTER COLUMN on_hand SET STORAGE EXTERNAL,
    ALTER COLUMN on_hand SET STATISTICS 0,
    ALTER COLUMN safety SET STORAGE EXTERNAL,
    ALTER COLUMN safety SET STATISTICS 0;
