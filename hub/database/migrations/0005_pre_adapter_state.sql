-- What adapters remember, per account. `until` is machine time.
CREATE TABLE adapter_state (
    account_id text NOT NULL,
    key text NOT NULL,
    value bytea NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    PRIMARY KEY (account_id, key)
);

CREATE TABLE adapter_lease (
    account_id text NOT NULL,
    name text NOT NULL,
    holder text NOT NULL,
    fence bigint NOT NULL CHECK (fence > 0),
    until timestamptz NOT NULL,
    PRIMARY KEY (account_id, name)
);

-- Numbers have no gaps: a series counts on in the transaction that gives the number away.
CREATE TABLE adapter_series (
    account_id text NOT NULL,
    series text NOT NULL,
    last_number bigint NOT NULL CHECK (last_number >= 0),
    PRIMARY KEY (account_id, series)
);

CREATE TABLE adapter_number (
    account_id text NOT NULL,
    series text NOT NULL,
    request_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    PRIMARY KEY (account_id, series, request_id),
    UNIQUE (account_id, series, number)
);
