-- Dated supply: one row per line of a document of a source, and all that happened to it.
CREATE TABLE supply (
    supply_id uuid PRIMARY KEY,
    source text NOT NULL,
    reference text NOT NULL,
    line text NOT NULL,
    kind text NOT NULL,
    sku text NOT NULL,
    node_id text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    received bigint NOT NULL CHECK (received >= 0),
    expected_at timestamptz,
    state text NOT NULL,
    CONSTRAINT supply_key UNIQUE (source, reference, line),
    CONSTRAINT supply_dated CHECK (expected_at IS NOT NULL OR kind = 'THIRD_PARTY')
) WITH (fillfactor = 80);
CREATE INDEX supply_document ON supply (reference, line);
CREATE INDEX supply_expected ON supply (sku, node_id) WHERE state = 'EXPECTED';

CREATE TABLE supply_move (
    move_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change_id uuid NOT NULL UNIQUE,
    supply_id uuid NOT NULL,
    action text NOT NULL,
    quantity_delta bigint NOT NULL,
    received_delta bigint NOT NULL CHECK (received_delta >= 0),
    expected_at timestamptz,
    reason text NOT NULL,
    receipt_reference text,
    condition text,
    at timestamptz NOT NULL,
    CONSTRAINT supply_receipt_once UNIQUE (supply_id, receipt_reference)
);
CREATE INDEX supply_move_supply ON supply_move (supply_id);

-- Units kept for a channel or a demand class, a floor for everybody else; '' means any. Few rows, read with stock.
CREATE TABLE protection (
    node_id text NOT NULL,
    sku text NOT NULL,
    channel_id text NOT NULL,
    demand_class text NOT NULL,
    units bigint NOT NULL CHECK (units >= 0),
    PRIMARY KEY (node_id, sku, channel_id, demand_class),
    CONSTRAINT protection_has_a_holder CHECK (channel_id <> '' OR demand_class <> '')
);
CREATE INDEX protection_sku ON protection (sku);

CREATE TABLE protection_move (
    move_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node_id text NOT NULL,
    sku text NOT NULL,
    channel_id text NOT NULL,
    demand_class text NOT NULL,
    units_delta bigint NOT NULL,
    cause_id uuid NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX protection_move_key ON protection_move (sku, node_id);
