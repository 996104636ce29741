-- Credit accounts of sellers, and what orders on terms take of them.
CREATE TABLE credit_account (
    seller_id text NOT NULL,
    credit_account_id text NOT NULL,
    currency text NOT NULL,
    limit_minor bigint NOT NULL CHECK (limit_minor >= 0),
    status text NOT NULL,
    version bigint NOT NULL,
    exposure_minor bigint NOT NULL CHECK (exposure_minor >= 0),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (seller_id, credit_account_id)
);
CREATE TABLE credit_use (
    order_id uuid PRIMARY KEY,
    seller_id text NOT NULL,
    credit_account_id text NOT NULL,
    currency text NOT NULL,
    placed_at timestamptz NOT NULL,
    owed_minor bigint NOT NULL CHECK (owed_minor >= 0),
    open_minor bigint NOT NULL CHECK (open_minor >= 0),
    granted_minor bigint NOT NULL CHECK (granted_minor BETWEEN 0 AND open_minor),
    waits boolean NOT NULL,
    told boolean NOT NULL,
    CHECK (waits OR granted_minor = open_minor)
);
CREATE INDEX credit_use_by_account ON credit_use (seller_id, credit_account_id, placed_at, order_id);
CREATE INDEX credit_use_waiting ON credit_use (seller_id, credit_account_id, placed_at, order_id) WHERE waits;
-- An instrument on terms counts against a credit account.
ALTER TABLE instrument ADD COLUMN credit_account_id text NOT NULL DEFAULT '';
