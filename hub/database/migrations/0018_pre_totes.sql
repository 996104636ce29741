-- Returns without box and printer: codes to show, totes, what was put into them and what was counted out.

CREATE TABLE tote (
    tote_id uuid PRIMARY KEY,
    drop_off_node_id text NOT NULL,
    to_node_id text NOT NULL,
    state text NOT NULL,
    opened_at timestamptz NOT NULL,
    tracking_number text NOT NULL DEFAULT '',
    closed_at timestamptz,
    shipped_at timestamptz,
    received_at timestamptz,
    CHECK ((state = 'RECEIVED') = (received_at IS NOT NULL))
);
CREATE INDEX tote_opened ON tote (opened_at, tote_id);

-- Insert-only, an entry once per reference of whoever reports.
CREATE TABLE tote_scan (
    tote_id uuid NOT NULL,
    reference text NOT NULL,
    entry_number integer NOT NULL,
    return_id uuid NOT NULL,
    order_id uuid NOT NULL,
    line_number integer NOT NULL,
    sku text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    at timestamptz NOT NULL,
    PRIMARY KEY (tote_id, reference, entry_number)
);
CREATE INDEX tote_scan_return ON tote_scan (return_id);
CREATE TABLE tote_count (
    tote_id uuid NOT NULL,
    reference text NOT NULL,
    entry_number integer NOT NULL,
    kind text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    at timestamptz NOT NULL,
    return_id uuid,
    line_number integer NOT NULL,
    sku text NOT NULL,
    PRIMARY KEY (tote_id, reference, entry_number)
);

-- The code itself is not stored: it is made anew from the return's id and a key of the house.
CREATE TABLE return_code (
    code_hash text PRIMARY KEY,
    return_id uuid NOT NULL UNIQUE,
    order_id uuid NOT NULL,
    issued_at timestamptz NOT NULL
);

-- Goods that came and that no return expects, once per node and reference.
CREATE TABLE unexpected_goods (
    goods_id uuid PRIMARY KEY,
    node_id text NOT NULL,
    reference text NOT NULL,
    sku text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    why text NOT NULL,
    return_id uuid,
    order_id uuid,
    at timestamptz NOT NULL,
    UNIQUE (node_id, reference)
);

-- Where returned units go, and why: insert-only.
CREATE TABLE return_route (
    route_id uuid PRIMARY KEY,
    return_id uuid NOT NULL,
    line_number integer NOT NULL,
    sku text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    decided_at timestamptz NOT NULL,
    network_version bigint NOT NULL,
    document jsonb NOT NULL
);
CREATE INDEX return_route_return ON return_route (return_id);
ALTER TABLE return_disposition ADD COLUMN best_node boolean NOT NULL DEFAULT false;
