-- Places that orders take at nodes with a limit, by day; and the days for which an order takes them.

CREATE TABLE capacity (
    node_id text NOT NULL,
    day date NOT NULL,
    used bigint NOT NULL,
    ceiling bigint NOT NULL,
    PRIMARY KEY (node_id, day)
);

ALTER TABLE orders ADD COLUMN ship_days jsonb NOT NULL DEFAULT '{}';
