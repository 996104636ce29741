-- Declarations of parcels to customs, and what customs says of them.
CREATE TABLE declaration (
    declaration_id uuid PRIMARY KEY,
    shipment_id uuid NOT NULL,
    order_id uuid NOT NULL,
    account_id text NOT NULL,
    state text NOT NULL,
    customs_reference text NOT NULL,
    attempt integer NOT NULL,
    document jsonb NOT NULL,
    UNIQUE (shipment_id, attempt)
);
CREATE INDEX declaration_order ON declaration (order_id);
CREATE INDEX declaration_reference ON declaration (customs_reference) WHERE customs_reference <> '';
