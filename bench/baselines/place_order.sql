-- One order in one call, of a line per number of a SKU: the same rows and columns as our own flow writes, with nothing around them.
-- It has every advantage: documents are constants, nothing is planned, validated or computed, nobody is notified.
-- Frozen again on 2026-11-22 with the schema up to the migrations of that day: the same tables, the same columns, rows of the
-- same length as the flow writes. Not written: the row of `stock_change`, which a transaction writes once, however many
-- orders are in it.
-- Changing a byte of this file makes the row that uses it refuse to judge (see `bench/baselines/__init__.py`).

CREATE SEQUENCE bench_reference;

CREATE FUNCTION bench_place_order(numbers integer[]) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    skus text[] := ARRAY(
        SELECT 'TEE-' || lpad(number::text, 5, '0') FROM unnest(numbers) AS number ORDER BY number
    );
    the_order uuid := uuidv7();
    the_party uuid := uuidv7();
    the_instrument uuid := uuidv7();
    the_transaction uuid := uuidv7();
    the_event uuid := uuidv7();
    the_reference text := 'B-' || lpad(nextval('bench_reference')::text, 8, '0');
    the_trace text := '00-' || replace(the_order::text, '-', '') || '-9b556a538039fa35-01';
    the_lane text := 'payment:cards:' || the_instrument;
    now_is timestamptz := clock_timestamp();
BEGIN
    INSERT INTO request (principal, rpc, request_id, fingerprint, outcome, made_at) VALUES (
        'hub', 'PlaceOrder', uuidv7(), '\x2b9f8b7c7ad99dae60c1b3f876482595bbb29c4bc273a3de6bc2becfaeb4eba0',
        jsonb_build_object('answers', jsonb_build_array(jsonb_build_object('order_id', the_order))), now_is
    );
    INSERT INTO orders VALUES (
        the_order, 'WEB-NL', the_reference, 'SHOP-NL', 'PLACED', 1, now_is, the_party, the_party, the_party, 'NL', 'EUR',
        the_trace, '0000000000000000000000000000000000000000000000000000000000000001', '{"payment": "PENDING"}',
        '{"1": "2026-11-24T22:59:59Z", "2": "2026-11-24T22:59:59Z", "3": "2026-11-24T22:59:59Z"}', 0,
        '{"lines": [{"sku": "TEE-00009", "title": "A shirt", "quantity": 1, "tax_minor": 0, "unit_code": "EA", "unit_price": "10.00", "line_number": 1, "total_minor": 1000, "discount_minor": 0}, {"sku": "TEE-00037", "title": "A shirt", "quantity": 1, "tax_minor": 0, "unit_code": "EA", "unit_price": "10.00", "line_number": 2, "total_minor": 1000, "discount_minor": 0}, {"sku": "TEE-00049", "title": "A shirt", "quantity": 1, "tax_minor": 0, "unit_code": "EA", "unit_price": "10.00", "line_number": 3, "total_minor": 1000, "discount_minor": 0}], "charges": [], "service_code": "STANDARD"}'
    );
    PERFORM FROM stock WHERE sku = ANY(skus) AND node_id = 'DC-01' ORDER BY sku FOR UPDATE;
    UPDATE stock SET reserved = reserved + 1
    WHERE sku = ANY(skus) AND node_id = 'DC-01' AND on_hand - reserved - allocated - safety >= 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no stock';
    END IF;
    INSERT INTO stock_move (sku, node_id, on_hand_delta, reserved_delta, allocated_delta, cause, cause_id, at)
    SELECT sku, 'DC-01', 0, 1, 0, 'reserve', the_event, now_is FROM unnest(skus) AS sku;
    INSERT INTO party (party_id, document, email_index, phone_index) VALUES (
        the_party,
        '{"name": "Ada Visser", "email": "ada@example.com", "phone": "+31201234567", "address": {"city": "Amsterdam", "postal_code": "1015 AA", "country_code": "NL", "street_lines": ["Keizersgracht 1"]}}',
        '\x5989e580603c37197e5c348fb24adc143562d94048e29359cbf177217b074e92',
        '\x09e8d2b35da9692f4cd78d7eee24ed114ac923d464b9167b2d6221522fe763b3'
    );
    INSERT INTO decision VALUES (
        uuidv7(), the_order, now_is, 'cheapest-single-then-fewest-splits/1 network/1',
        '{"cost": [550, "EUR"], "looked_at": [{"not": "", "cost": [550, "EUR"], "node_id": "DC-01", "coverable": 3}, {"not": "", "cost": [551, "EUR"], "node_id": "DC-02", "coverable": 3}], "assignments": [[1, "DC-01", 1], [2, "DC-01", 1], [3, "DC-01", 1]], "explanation": "DC-01 ships 3 units in one parcel for 5.50 EUR, the cheapest single node that covers them, of 2 with stock."}'
    );
    INSERT INTO slice (order_id, slice_number, line_number, sku, state, quantity, node_id)
    SELECT the_order, number, number, sku, 'RESERVED', 1, 'DC-01' FROM unnest(skus) WITH ORDINALITY AS given(sku, number);
    INSERT INTO slice_move (
        order_id, line_number, slice_number, sku, quantity, action, from_state, to_state, from_node, to_node, event_id, at
    )
    SELECT the_order, number, number, sku, 1, NULL, NULL, 'OPEN', NULL, NULL, the_event, now_is
    FROM unnest(skus) WITH ORDINALITY AS given(sku, number)
    UNION ALL
    SELECT the_order, number, number, sku, 1, 'RESERVE', 'OPEN', 'RESERVED', NULL, 'DC-01', the_event, now_is
    FROM unnest(skus) WITH ORDINALITY AS given(sku, number);
    INSERT INTO instrument VALUES (the_instrument, the_order, 1, 'HUB', 'CARD', 3000, 'cards', 'tok_visa', '');
    INSERT INTO payment_transaction VALUES (
        the_transaction, the_order, the_instrument, 'AUTHORIZATION', 'REQUESTED', 3000, now_is, NULL, '', '', NULL
    );
    INSERT INTO event (
        event_id, type, order_id, order_version, occurred_at, facts, traceparent, channel_id, seller_id
    ) VALUES (
        the_event, 'OrderPlaced', the_order, 1, now_is,
        '{"total": "30.00 EUR", "channel_id": "WEB-NL", "channel_reference": "B-00000001"}', the_trace, 'WEB-NL', 'SHOP-NL'
    );
    INSERT INTO lane VALUES (the_lane, 1);
    INSERT INTO message (
        message_id, lane, lane_number, kind, account_id, order_id, payload, traceparent, priority, created_at
    ) VALUES (
        the_transaction, the_lane, 1, 'payment.authorize', 'cards', the_order,
        '{"token": "tok_visa", "currency": "EUR", "order_id": "01a204ed-cac5-7afe-a433-2dc995efe1a8", "amount_minor": 3000, "transaction_id": "01a204ed-cac5-7cc8-944d-ee1e486ee1be", "authorization_reference": ""}',
        the_trace, 3, now_is
    );
    INSERT INTO timer (subject, kind, due_at, payload) VALUES ('WEB-NL', 'publish_stock', now_is, '{}') ON CONFLICT DO NOTHING;
    RETURN the_order;
END
$$;
