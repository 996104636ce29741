-- Transfers: goods that move from one node to another, and what came of them.

CREATE TABLE transfer (
    transfer_id uuid PRIMARY KEY,
    reference text NOT NULL UNIQUE,
    from_node_id text NOT NULL,
    to_node_id text NOT NULL,
    state text NOT NULL,
    requested_at timestamptz NOT NULL,
    ship_by timestamptz NOT NULL,
    service_code text NOT NULL DEFAULT '',
    tracking_number text NOT NULL DEFAULT '',
    shipped_at timestamptz,
    expected_at timestamptz NOT NULL,
    ended_at timestamptz,
    counted boolean NOT NULL DEFAULT false,
    order_id uuid,
    CHECK (from_node_id <> to_node_id),
    CHECK ((state IN ('RECEIVED', 'CANCELED')) = (ended_at IS NOT NULL))
);
CREATE INDEX transfer_requested ON transfer (requested_at, transfer_id);
CREATE INDEX transfer_order ON transfer (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX transfer_to_ship_for ON transfer (order_id) WHERE state = 'REQUESTED' AND order_id IS NOT NULL;

-- claimed: units that are allocated to the transfer at its origin.
CREATE TABLE transfer_line (
    transfer_id uuid NOT NULL,
    sku text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    shipped bigint NOT NULL DEFAULT 0 CHECK (shipped BETWEEN 0 AND quantity),
    received bigint NOT NULL DEFAULT 0 CHECK (received >= 0),
    damaged bigint NOT NULL DEFAULT 0 CHECK (damaged >= 0),
    missing bigint NOT NULL DEFAULT 0 CHECK (missing >= 0),
    excess bigint NOT NULL DEFAULT 0 CHECK (excess >= 0),
    claimed bigint NOT NULL DEFAULT 0 CHECK (claimed BETWEEN 0 AND quantity),
    PRIMARY KEY (transfer_id, sku),
    CHECK (shipped + excess >= received + damaged + missing)
);

-- Insert-only, a SKU once per reference of whoever reports.
CREATE TABLE transfer_receipt (
    transfer_id uuid NOT NULL,
    reference text NOT NULL,
    sku text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity >= 0),
    damaged bigint NOT NULL CHECK (damaged >= 0),
    final boolean NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (transfer_id, reference, sku)
);
