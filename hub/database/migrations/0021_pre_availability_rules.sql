-- Scenarios in versions; which of them are switched on, as versions of their own; and what they withhold of each item:
-- {channel: {node: units}}, -1 units meaning all. Verdicts of the version in force are renewed with what they rest on.
CREATE TABLE availability_scenario (
    scenario_id text NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    kind text NOT NULL,
    title text NOT NULL,
    rules jsonb NOT NULL,
    put_by text NOT NULL,
    put_at timestamptz NOT NULL,
    PRIMARY KEY (scenario_id, version)
);

CREATE TABLE availability_in_force (
    version bigint PRIMARY KEY CHECK (version > 0),
    scenarios jsonb NOT NULL,
    put_by text NOT NULL,
    put_at timestamptz NOT NULL
);

CREATE TABLE availability_verdict (
    version bigint NOT NULL,
    sku text NOT NULL,
    withheld jsonb NOT NULL,
    PRIMARY KEY (version, sku)
);
