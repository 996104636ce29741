-- What customers withdrew from, as they stated it.
CREATE TABLE withdrawal (
    withdrawal_id uuid PRIMARY KEY,
    order_id uuid NOT NULL,
    stated_at timestamptz NOT NULL,
    document jsonb NOT NULL
);
CREATE INDEX withdrawal_order ON withdrawal (order_id);
