-- What rules withhold stands once for all items of which they say the same: `pattern` is a digest of it. A value for 338
-- nodes and 25 channels has 98 kB; it stood with each of 100,000 items.
CREATE TABLE availability_pattern (
    version bigint NOT NULL,
    pattern text NOT NULL,
    withheld jsonb NOT NULL,
    PRIMARY KEY (version, pattern)
);
CREATE TABLE availability_judged (
    version bigint NOT NULL,
    sku text NOT NULL,
    pattern text NOT NULL,
    PRIMARY KEY (version, sku)
);
INSERT INTO availability_pattern
SELECT DISTINCT version, md5(withheld::text), withheld FROM availability_verdict;
INSERT INTO availability_judged SELECT version, sku, md5(withheld::text) FROM availability_verdict;
