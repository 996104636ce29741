-- Claims of customers about units that were sent.
CREATE TABLE claim (
    claim_id uuid PRIMARY KEY,
    order_id uuid NOT NULL,
    state text NOT NULL,
    opened_at timestamptz NOT NULL,
    document jsonb NOT NULL
);
CREATE INDEX claim_order ON claim (order_id);
