-- What channels were last told of stock, so that only changes are published.
CREATE TABLE published_level (
    channel_id text NOT NULL,
    sku text NOT NULL,
    available bigint NOT NULL CHECK (available >= 0),
    PRIMARY KEY (channel_id, sku)
);
