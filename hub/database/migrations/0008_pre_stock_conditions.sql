-- Safety stock has its rows in the ledger too; what is kept back already gets an opening row.
ALTER TABLE stock_move ADD COLUMN safety_delta bigint NOT NULL DEFAULT 0;
INSERT INTO stock_move
    (sku, node_id, on_hand_delta, reserved_delta, allocated_delta, safety_delta, cause, cause_id, at)
SELECT sku, node_id, 0, 0, 0, safety, 'OPENING', gen_random_uuid(),
    coalesce((SELECT at FROM business_clock WHERE virtual), now())
FROM stock WHERE safety <> 0;

-- Opens one SKU at one node to its rows. Equal keys share an entry, so it stays small and cheap to add to.
CREATE INDEX stock_move_key ON stock_move (sku, node_id);

-- Units that are not sold as new, by condition; `stock` holds what is. Each change has a row in its ledger.
CREATE TABLE conditioned_stock (
    sku text NOT NULL,
    node_id text NOT NULL,
    condition text NOT NULL CHECK (condition <> 'SELLABLE'),
    on_hand bigint NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
    PRIMARY KEY (sku, node_id, condition)
) WITH (fillfactor = 70);

CREATE TABLE conditioned_move (
    move_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku text NOT NULL,
    node_id text NOT NULL,
    condition text NOT NULL,
    on_hand_delta bigint NOT NULL,
    cause text NOT NULL,
    cause_id uuid NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX conditioned_move_key ON conditioned_move (sku, node_id);
