-- Quotes that are kept until they expire, and the one order that took each. Rows are inserted and later forgotten.
CREATE TABLE promise_quote (
    quote_id uuid PRIMARY KEY,
    channel_id text NOT NULL,
    principal text NOT NULL,
    expires_at timestamptz NOT NULL,
    document jsonb NOT NULL
);
CREATE INDEX promise_quote_expiry ON promise_quote (expires_at);

CREATE TABLE promise_use (
    quote_id uuid PRIMARY KEY,
    order_id uuid NOT NULL
);
