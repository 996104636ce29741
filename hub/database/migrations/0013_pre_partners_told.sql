-- What partners are told: pallets and cartons of shipments, stock levels within a rate, stock movements posted in order.

ALTER TABLE shipment ADD COLUMN packages jsonb NOT NULL DEFAULT '[]';

-- How many levels an account was told, and when: what is older than a minute is deleted as it is looked at.
CREATE TABLE stock_publication (
    account_id text NOT NULL,
    at timestamptz NOT NULL,
    levels bigint NOT NULL CHECK (levels > 0)
);
CREATE INDEX stock_publication_account ON stock_publication (account_id);

-- The books of a node: who keeps them, how many documents were posted. Its row is locked while one is made.
CREATE TABLE stock_book (
    account_id text NOT NULL,
    node_id text NOT NULL,
    last_number bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, node_id)
);
-- Up to which row of the stock ledger a SKU is posted, and the units on hand that this made.
CREATE TABLE stock_posted (
    account_id text NOT NULL,
    node_id text NOT NULL,
    sku text NOT NULL,
    on_hand bigint NOT NULL,
    last_move_id bigint NOT NULL,
    PRIMARY KEY (account_id, node_id, sku)
);
