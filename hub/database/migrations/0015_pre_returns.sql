-- Returns: permission, what came, what was found, what happens to it; credits apart from the goods.

ALTER TABLE slice ADD COLUMN return_id uuid;
DROP INDEX slice_unfinished;
CREATE INDEX slice_unfinished ON slice (node_id, state, sku)
    WHERE state NOT IN ('SHIPPED', 'DELIVERED', 'CANCELED', 'RETURN_CLOSED', 'KEPT', 'LOST');

CREATE TABLE return_authorization (
    return_id uuid PRIMARY KEY,
    order_id uuid NOT NULL,
    state text NOT NULL,
    node_id text NOT NULL,
    created_at timestamptz NOT NULL,
    return_by timestamptz NOT NULL,
    exchange_order_id uuid,
    document jsonb NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX return_authorization_order ON return_authorization (order_id);
CREATE INDEX return_authorization_created ON return_authorization (created_at, return_id);
CREATE INDEX return_authorization_node ON return_authorization (node_id, created_at, return_id);

-- Records of goods: insert-only, an entry once per reference of whoever reports.
CREATE TABLE return_receipt (
    return_id uuid NOT NULL,
    reference text NOT NULL,
    entry_number integer NOT NULL,
    line_number integer NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    outcome text NOT NULL,
    node_id text NOT NULL,
    at timestamptz NOT NULL,
    found_sku text NOT NULL,
    PRIMARY KEY (return_id, reference, entry_number)
);
CREATE TABLE return_inspection (
    return_id uuid NOT NULL,
    reference text NOT NULL,
    entry_number integer NOT NULL,
    line_number integer NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    verdict text NOT NULL,
    at timestamptz NOT NULL,
    reduction_minor bigint NOT NULL CHECK (reduction_minor >= 0),
    condition text,
    note text NOT NULL,
    PRIMARY KEY (return_id, reference, entry_number)
);
CREATE TABLE return_disposition (
    return_id uuid NOT NULL,
    reference text NOT NULL,
    entry_number integer NOT NULL,
    line_number integer NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    disposition text NOT NULL,
    node_id text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (return_id, reference, entry_number)
);

-- Records of money: what a customer is owed, of which payment_transaction says how it is paid out.
CREATE TABLE credit (
    credit_id uuid PRIMARY KEY,
    order_id uuid NOT NULL,
    return_id uuid,
    granted_at timestamptz NOT NULL,
    reason text NOT NULL
);
CREATE INDEX credit_order ON credit (order_id);
CREATE TABLE credit_line (
    credit_id uuid NOT NULL,
    entry_number integer NOT NULL,
    kind text NOT NULL,
    line_number integer NOT NULL,
    quantity bigint NOT NULL CHECK (quantity >= 0),
    amount_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    PRIMARY KEY (credit_id, entry_number)
);
ALTER TABLE payment_transaction ADD COLUMN credit_id uuid, ADD COLUMN capture_id uuid;

CREATE TABLE return_policy (
    version bigint PRIMARY KEY,
    document jsonb NOT NULL,
    put_by text NOT NULL,
    put_at timestamptz NOT NULL
);
