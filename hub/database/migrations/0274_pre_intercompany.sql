-- Units of orders that went from one seller to another.
CREATE TABLE intercompany_entry (
    entry_id uuid PRIMARY KEY,
    order_id uuid NOT NULL,
    cause text NOT NULL,
    subject_id uuid NOT NULL,
    reference text NOT NULL,
    node_id text NOT NULL,
    line_number integer NOT NULL,
    sku text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    from_seller_id text NOT NULL,
    to_seller_id text NOT NULL CHECK (to_seller_id <> from_seller_id),
    value_minor bigint NOT NULL,
    currency text NOT NULL,
    occurred_at timestamptz NOT NULL
);
CREATE INDEX intercompany_entry_order ON intercompany_entry (order_id);
CREATE INDEX intercompany_entry_at ON intercompany_entry (occurred_at, entry_id);
