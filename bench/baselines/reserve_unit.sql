-- One unit of one SKU reserved in one call: the same rows and columns as our own flow writes, with nothing around them.
-- Each call takes the lock of the stock row and keeps it to its commit, as a shop does that decrements a counter.
-- Changing a byte of this file makes the row that uses it refuse to judge (see `bench/baselines/__init__.py`).

CREATE SEQUENCE bench_reserved;

CREATE FUNCTION bench_reserve_unit(the_sku text) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    the_reservation uuid := uuidv7();
    now_is timestamptz := clock_timestamp();
    until_is timestamptz := now_is + interval '15 minutes';
BEGIN
    INSERT INTO request (principal, rpc, request_id, fingerprint, outcome, made_at) VALUES (
        'hub', 'ReserveStock', uuidv7(), '\x2b9f8b7c7ad99dae60c1b3f876482595bbb29c4bc273a3de6bc2becfaeb4eba0',
        jsonb_build_object('answers', jsonb_build_array(jsonb_build_object('reservation_id', the_reservation))), now_is
    );
    UPDATE stock SET reserved = reserved + 1
    WHERE sku = the_sku AND node_id = 'DC-01' AND on_hand - reserved - allocated - safety >= 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no stock';
    END IF;
    INSERT INTO stock_move (sku, node_id, on_hand_delta, reserved_delta, allocated_delta, cause, cause_id, at)
    VALUES (the_sku, 'DC-01', 0, 1, 0, 'reservation_made', the_reservation, now_is);
    INSERT INTO reservation (
        reservation_id, channel_id, seller_id, principal, buyer_index, kind, node_id, state, version, lines, quantity,
        live, released, expired, consumed, made_at, expires_at, latest_at, order_id
    ) VALUES (
        the_reservation, 'WEB-NL', 'SHOP-NL', 'hub', NULL, 'FLOATING', NULL, 'LIVE', 1,
        '[{"sku": "TEE-00001", "live": 1, "expired": 0, "consumed": 0, "quantity": 1, "released": 0}]', 1,
        1, 0, 0, 0, now_is, until_is, until_is + interval '4 hours', NULL
    );
    INSERT INTO reservation_claim (reservation_id, sku, node_id, units, expires_at)
    VALUES (the_reservation, the_sku, 'DC-01', 1, until_is);
    INSERT INTO event (event_id, type, occurred_at, facts, channel_id, seller_id) VALUES (
        uuidv7(), 'StockReserved', now_is,
        '{"state": "LIVE", "units": {"TEE-00001": 1}, "quantity": 1, "reservation_id": "01a20564-30e7-7e9e-9858-5de732de00fc"}',
        'WEB-NL', 'SHOP-NL'
    );
    RETURN the_reservation;
END
$$;
