-- The ledger is read by SKU and node, in the order of its writing, and by its number alone never: one index does.
-- The time of its rows is summarized as they come, so that a count need not read what was written since the last vacuum.
CREATE UNIQUE INDEX stock_move_written ON stock_move (sku, node_id, move_id);
ALTER TABLE stock_move DROP CONSTRAINT stock_move_pkey;
ALTER TABLE stock_move ADD CONSTRAINT stock_move_pkey PRIMARY KEY USING INDEX stock_move_written;
DROP INDEX stock_move_key;
ALTER INDEX stock_move_at SET (autosummarize = on);
