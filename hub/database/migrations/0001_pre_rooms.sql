-- The rows of the rooms: orders and their slices, stock, fulfillment, money, people.
-- No foreign keys: an order is written whole in one transaction under its own lock, and `crossdock audit` states what
-- must hold between tables. CHECK constraints stand behind the guards that money and stock rest on.

CREATE TABLE request (
    principal text NOT NULL,
    rpc text NOT NULL,
    request_id uuid NOT NULL,
    fingerprint bytea NOT NULL,
    outcome jsonb,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (principal, rpc, request_id)
);
CREATE INDEX request_made_at ON request USING brin (made_at);

-- parties: the only table with personal data in the clear; indexes are keyed hashes.
CREATE TABLE party (
    party_id uuid PRIMARY KEY,
    document jsonb,
    email_index bytea,
    phone_index bytea,
    erased_at timestamptz
);
CREATE INDEX party_email ON party (email_index) WHERE email_index IS NOT NULL;
CREATE INDEX party_phone ON party (phone_index) WHERE phone_index IS NOT NULL;

-- orders: what is asked for or changes has a column, the rest stands in `document`.
CREATE TABLE orders (
    order_id uuid PRIMARY KEY,
    channel_id text NOT NULL,
    channel_reference text NOT NULL,
    seller_id text NOT NULL,
    state text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    placed_at timestamptz NOT NULL,
    customer_party_id uuid NOT NULL,
    ship_to_party_id uuid NOT NULL,
    bill_to_party_id uuid NOT NULL,
    ship_to_country text NOT NULL,
    currency text NOT NULL,
    traceparent text NOT NULL,
    content_hash text NOT NULL,
    checks jsonb NOT NULL,
    promises jsonb NOT NULL,
    erp_documents integer NOT NULL,
    document jsonb NOT NULL,
    CONSTRAINT orders_channel_reference UNIQUE (channel_id, channel_reference)
) WITH (fillfactor = 80);
CREATE INDEX orders_placed_at ON orders (placed_at, order_id);
CREATE INDEX orders_customer ON orders (customer_party_id);
CREATE INDEX orders_ship_to ON orders (ship_to_party_id) WHERE ship_to_party_id <> customer_party_id;
CREATE INDEX orders_bill_to ON orders (bill_to_party_id)
    WHERE bill_to_party_id <> customer_party_id AND bill_to_party_id <> ship_to_party_id;

-- slices: updated in place; found by order, by SKU, and by node and state while work is left.
CREATE TABLE slice (
    order_id uuid NOT NULL,
    slice_number integer NOT NULL,
    line_number integer NOT NULL,
    sku text NOT NULL,
    state text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    node_id text,
    fulfillment_order_id uuid,
    shipment_id uuid,
    PRIMARY KEY (order_id, slice_number)
) WITH (fillfactor = 70);
CREATE INDEX slice_sku ON slice (sku, order_id);
CREATE INDEX slice_unfinished ON slice (node_id, state, sku)
    WHERE state NOT IN ('SHIPPED', 'DELIVERED', 'CANCELED');
CREATE INDEX slice_waiting ON slice (sku) WHERE state IN ('OPEN', 'BACKORDERED');

CREATE TABLE slice_move (
    move_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id uuid NOT NULL,
    line_number integer NOT NULL,
    slice_number integer NOT NULL,
    sku text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    action text,
    from_state text,
    to_state text NOT NULL,
    from_node text,
    to_node text,
    event_id uuid NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX slice_move_order ON slice_move (order_id);

CREATE TABLE hold (
    hold_id uuid PRIMARY KEY,
    order_id uuid NOT NULL,
    type text NOT NULL,
    status text NOT NULL,
    reason text NOT NULL,
    blocks jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    note text NOT NULL
);
CREATE INDEX hold_order ON hold (order_id);

CREATE TABLE exception_record (
    exception_id uuid PRIMARY KEY,
    reason text NOT NULL,
    subject text NOT NULL,
    detail text NOT NULL,
    owner text NOT NULL,
    deadline_at timestamptz NOT NULL,
    suggested_command text NOT NULL,
    created_at timestamptz NOT NULL,
    order_id uuid,
    resolved_at timestamptz
);
CREATE UNIQUE INDEX exception_record_open ON exception_record (reason, subject) WHERE resolved_at IS NULL;
CREATE INDEX exception_record_order ON exception_record (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX exception_record_deadline ON exception_record (deadline_at, exception_id);

-- ledger: double entry, insert-only; debit is positive.
CREATE TABLE posting (
    posting_id uuid PRIMARY KEY,
    order_id uuid NOT NULL,
    cause text NOT NULL,
    currency text NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX posting_order ON posting (order_id);
CREATE TABLE entry (
    posting_id uuid NOT NULL,
    entry_number integer NOT NULL,
    account text NOT NULL,
    amount_minor bigint NOT NULL,
    PRIMARY KEY (posting_id, entry_number)
);

-- inventory: every update of a stock row is HOT (room in the page, no index on what changes).
CREATE TABLE stock (
    sku text NOT NULL,
    node_id text NOT NULL,
    on_hand bigint NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
    reserved bigint NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    allocated bigint NOT NULL DEFAULT 0 CHECK (allocated >= 0),
    safety bigint NOT NULL DEFAULT 0 CHECK (safety >= 0),
    PRIMARY KEY (sku, node_id),
    CONSTRAINT stock_covers_claims CHECK (reserved + allocated <= on_hand)
) WITH (fillfactor = 70);

CREATE TABLE stock_move (
    move_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku text NOT NULL,
    node_id text NOT NULL,
    on_hand_delta bigint NOT NULL,
    reserved_delta bigint NOT NULL,
    allocated_delta bigint NOT NULL,
    cause text NOT NULL,
    cause_id uuid NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX stock_move_at ON stock_move USING brin (at);

CREATE TABLE snapshot_mark (
    source text NOT NULL,
    node_id text NOT NULL,
    counted_at timestamptz NOT NULL,
    PRIMARY KEY (source, node_id)
);
-- Rows of the count being applied: written and deleted inside one transaction, so never seen by another.
CREATE UNLOGGED TABLE snapshot_row (
    sku text NOT NULL,
    node_id text NOT NULL,
    on_hand bigint NOT NULL,
    safety bigint NOT NULL
);

CREATE TABLE fulfillment_order (
    fulfillment_order_id uuid PRIMARY KEY,
    order_id uuid NOT NULL,
    node_id text NOT NULL,
    account_id text NOT NULL,
    state text NOT NULL,
    request_state text NOT NULL,
    lines jsonb NOT NULL,
    service_code text NOT NULL,
    ship_by timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    partner_reference text NOT NULL,
    reports jsonb NOT NULL,
    cancel_lines jsonb NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX fulfillment_order_order ON fulfillment_order (order_id);
CREATE INDEX fulfillment_order_node ON fulfillment_order (node_id, created_at, fulfillment_order_id);

CREATE TABLE shipment (
    shipment_id uuid PRIMARY KEY,
    fulfillment_order_id uuid NOT NULL,
    order_id uuid NOT NULL,
    node_id text NOT NULL,
    reference text NOT NULL,
    tracking_number text NOT NULL,
    state text NOT NULL,
    lines jsonb NOT NULL,
    value_minor bigint NOT NULL CHECK (value_minor >= 0),
    charges_minor bigint NOT NULL CHECK (charges_minor >= 0),
    shipped_at timestamptz NOT NULL,
    delivered_at timestamptz,
    CONSTRAINT shipment_reference UNIQUE (fulfillment_order_id, reference)
) WITH (fillfactor = 80);
CREATE INDEX shipment_order ON shipment (order_id);
CREATE INDEX shipment_tracking ON shipment (tracking_number) WHERE tracking_number <> '';

CREATE TABLE carrier_event (
    shipment_id uuid NOT NULL,
    reference text NOT NULL,
    state text NOT NULL,
    occurred_at timestamptz NOT NULL,
    PRIMARY KEY (shipment_id, reference, state, occurred_at)
);

CREATE TABLE instrument (
    instrument_id uuid PRIMARY KEY,
    order_id uuid NOT NULL,
    rank integer NOT NULL,
    holder text NOT NULL,
    kind text NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
    account_id text,
    token text NOT NULL,
    reference text NOT NULL
);
CREATE INDEX instrument_order ON instrument (order_id);

CREATE TABLE payment_transaction (
    transaction_id uuid PRIMARY KEY,
    order_id uuid NOT NULL,
    instrument_id uuid,
    kind text NOT NULL,
    state text NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
    created_at timestamptz NOT NULL,
    shipment_id uuid,
    provider_reference text NOT NULL,
    failure_code text NOT NULL,
    expires_at timestamptz
) WITH (fillfactor = 80);
CREATE INDEX payment_transaction_order ON payment_transaction (order_id);

CREATE TABLE tax_record (
    order_id uuid NOT NULL,
    line_number integer NOT NULL,
    rate text NOT NULL,
    tax_minor bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (order_id, line_number)
);
