-- Keeps the landed cost by which an order is charged, and what its consignments came to when they left.

CREATE TABLE order_landed_cost (
    order_id uuid PRIMARY KEY,
    consignments jsonb NOT NULL
);

CREATE TABLE import_settlement (
    shipment_id uuid PRIMARY KEY,
    order_id uuid NOT NULL,
    document jsonb NOT NULL,
    settled_at timestamptz NOT NULL
);
CREATE INDEX import_settlement_order ON import_settlement (order_id);
