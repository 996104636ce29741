-- What is sold, and the network it travels through.

CREATE TABLE item (
    sku text PRIMARY KEY CHECK (sku <> ''),
    title text NOT NULL,
    state text NOT NULL CHECK (state IN ('ACTIVE', 'DRAFT', 'ENDED')),
    hs_code text NOT NULL,
    origin_country text NOT NULL,
    weight_grams bigint NOT NULL CHECK (weight_grams >= 0),
    unit_code text NOT NULL,
    prices jsonb NOT NULL,
    components jsonb NOT NULL,
    attributes jsonb NOT NULL,
    changed_at timestamptz NOT NULL
);

-- Bundles are few; this finds those that an item is part of.
CREATE INDEX item_bundle ON item (sku) WHERE components <> '[]';

-- One row per version, whole: orders and decisions name the version they were planned on.
CREATE TABLE network (
    version bigint PRIMARY KEY CHECK (version > 0),
    document jsonb NOT NULL,
    put_by text NOT NULL,
    put_at timestamptz NOT NULL
);
