-- Changes of orders: a row is inserted when one is proposed, and confirmed at most once. Those that expire are deleted.
CREATE TABLE order_change (
    change_id uuid PRIMARY KEY,
    order_id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    document jsonb NOT NULL
);
CREATE INDEX order_change_expiry ON order_change (expires_at) WHERE confirmed_at IS NULL;
