-- What the database knows of its installation. Each process writes checked_at to see that the database takes writes.
CREATE TABLE installation (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    keys_fingerprint bytea,
    checked_at timestamptz
) WITH (fillfactor = 10);
