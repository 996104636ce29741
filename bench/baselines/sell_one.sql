-- One unit sold under the lock of its stock row, one request at a time: the row, its ledger and the sale.
-- Changing a byte of this file makes the row that uses it refuse to judge (see `bench/baselines/__init__.py`).

CREATE FUNCTION bench_sell_one(wanted text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    the_order uuid := uuidv7();
    free bigint;
BEGIN
    SELECT on_hand - reserved - allocated - safety INTO free
    FROM stock WHERE sku = wanted AND node_id = 'DC-01' FOR UPDATE;
    IF free IS NULL OR free < 1 THEN
        RETURN false;
    END IF;
    UPDATE stock SET reserved = reserved + 1 WHERE sku = wanted AND node_id = 'DC-01';
    INSERT INTO stock_move (sku, node_id, on_hand_delta, reserved_delta, allocated_delta, cause, cause_id, at)
    VALUES (wanted, 'DC-01', 0, 1, 0, 'reserve', the_order, clock_timestamp());
    INSERT INTO slice (order_id, slice_number, line_number, sku, state, quantity, node_id)
    VALUES (the_order, 1, 1, wanted, 'RESERVED', 1, 'DC-01');
    RETURN true;
END
$$;
