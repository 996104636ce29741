-- The feed of stock changes, by which processes keep what is free in memory. Its number is the transaction's own, so
-- that a reader can tell by a snapshot what it has seen, whatever commits late. `deltas`: [[sku, node, units], ...] added
-- to what can be promised there; where too much changed for that, `recounted` names the nodes to be read anew.
-- `judged` names the SKUs whose rules were judged anew; `renewed`: the network or the rules in force are others.
CREATE TABLE stock_change (
    number xid8 NOT NULL DEFAULT pg_current_xact_id(),
    deltas json,
    recounted json,
    judged json,
    renewed boolean NOT NULL DEFAULT false,
    noted_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (toast_tuple_target = 8160);
CREATE INDEX stock_change_number ON stock_change (number);

-- What was forgotten of the feed: everything below. Who has not read so far loads anew.
CREATE TABLE stock_change_floor (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    number xid8 NOT NULL DEFAULT '0'
);
INSERT INTO stock_change_floor DEFAULT VALUES;
