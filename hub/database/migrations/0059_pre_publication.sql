-- How far each channel was told of stock: `seen` is the snapshot up to which changes were told. While it is told more
-- than one step takes, `until` is the snapshot that it will have seen at the end, and `after_sku` the last SKU told.
-- `whole`: all its stock is gone through, for `basis` (its nodes, its buffer, the history of the database) is another.
CREATE TABLE publication (
    channel_id text PRIMARY KEY,
    basis text NOT NULL,
    seen text NOT NULL,
    until text,
    after_sku text NOT NULL DEFAULT '',
    whole boolean NOT NULL DEFAULT true
);
