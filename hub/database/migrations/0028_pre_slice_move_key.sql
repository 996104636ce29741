-- The history of slices is read by order, in the order of its writing, and by its number alone never: one index does.
CREATE UNIQUE INDEX slice_move_written ON slice_move (order_id, move_id);
ALTER TABLE slice_move DROP CONSTRAINT slice_move_pkey;
ALTER TABLE slice_move ADD CONSTRAINT slice_move_pkey PRIMARY KEY USING INDEX slice_move_written;
DROP INDEX slice_move_order;
