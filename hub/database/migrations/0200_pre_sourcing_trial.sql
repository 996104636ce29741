-- Figures of sourcing policies that are tried: one row per channel and name, written some times an hour.

CREATE TABLE sourcing_trial (
    channel_id text NOT NULL,
    name text NOT NULL,
    after_at timestamptz NOT NULL,
    after_id uuid NOT NULL,
    counted jsonb NOT NULL,
    tried jsonb NOT NULL,
    PRIMARY KEY (channel_id, name)
);
