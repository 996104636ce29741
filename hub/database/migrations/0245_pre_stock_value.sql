-- What units are worth where they lie: values of a channel by version, written some times a day, read as a whole.

CREATE TABLE stock_value (
    channel_id text NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    sku text NOT NULL,
    node_id text NOT NULL,
    units bigint NOT NULL CHECK (units > 0),
    steps bigint[] NOT NULL,
    PRIMARY KEY (channel_id, version, sku, node_id)
);

-- How far the next version is, and which counts.
CREATE TABLE stock_value_run (
    channel_id text PRIMARY KEY,
    version bigint NOT NULL CHECK (version >= 0),
    computed_at timestamptz,
    after_sku text
);
