-- Gift cards and store credit that the hub keeps itself, with all that moved on them.
CREATE TABLE balance (
    balance_id uuid PRIMARY KEY,
    kind text NOT NULL,
    seller_id text NOT NULL,
    currency text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    lasts_seconds bigint NOT NULL,
    free_minor bigint NOT NULL CHECK (free_minor >= 0),
    reserved_minor bigint NOT NULL CHECK (reserved_minor >= 0),
    movements bigint NOT NULL
);
CREATE TABLE balance_movement (
    balance_id uuid NOT NULL,
    number bigint NOT NULL,
    kind text NOT NULL,
    free_minor bigint NOT NULL,
    reserved_minor bigint NOT NULL,
    outside_minor bigint NOT NULL,
    at timestamptz NOT NULL,
    principal text NOT NULL,
    reason text NOT NULL,
    order_id uuid,
    transaction_id uuid,
    PRIMARY KEY (balance_id, number),
    CHECK (free_minor + reserved_minor + outside_minor = 0)
);
-- A transaction of an order moves a balance once.
CREATE UNIQUE INDEX balance_movement_once ON balance_movement (transaction_id, kind) WHERE transaction_id IS NOT NULL;
-- An instrument is paid from a balance, or takes what such a one lacks.
ALTER TABLE instrument ADD COLUMN balance_id uuid, ADD COLUMN takes_rest boolean NOT NULL DEFAULT false;
-- Store credit that an older release paid out is kept by nobody here: no balance has it.
UPDATE payment_transaction SET provider_reference = 'UNKEPT' WHERE kind = 'STORE_CREDIT';
