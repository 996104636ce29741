-- Versions of the trade rules: rates, thresholds and fixed duties as the files in which they were loaded.

CREATE TABLE trade_rules (
    version bigint PRIMARY KEY,
    document jsonb NOT NULL,
    put_by text NOT NULL,
    put_at timestamptz NOT NULL
);
