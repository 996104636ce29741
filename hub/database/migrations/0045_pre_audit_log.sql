-- Who did what, in a chain: the digest of each entry covers the digest of the one before it, under a key that the
-- database does not know. Entries are added at the end only; audit_head is the last one.

CREATE TABLE audit_entry (
    number bigint PRIMARY KEY,
    made_at timestamptz NOT NULL,
    principal text NOT NULL,
    rpc text NOT NULL,
    outcome text NOT NULL,
    request_id text NOT NULL,
    subject text NOT NULL,
    trace_id text NOT NULL,
    calls integer NOT NULL CHECK (calls > 0),
    digest bytea NOT NULL
);
CREATE INDEX audit_entry_principal ON audit_entry (principal, number);
CREATE INDEX audit_entry_made_at ON audit_entry USING brin (made_at);

CREATE TABLE audit_head (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    number bigint NOT NULL,
    digest bytea NOT NULL
);
INSERT INTO audit_head (number, digest) VALUES (0, '');

CREATE FUNCTION refuse_change_of_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries of the audit log are never changed or removed';
END
$$;
CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_log();
