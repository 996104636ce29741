-- Documents as they came: encrypted, card numbers masked, kept until `expires_at`; what became of them stays.
CREATE TABLE document (
    document_id uuid PRIMARY KEY,
    account_id text NOT NULL,
    media_type text NOT NULL,
    name text NOT NULL,
    state text NOT NULL,
    sha256 text NOT NULL,
    size_bytes bigint NOT NULL,
    received_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    read_count integer NOT NULL,
    problems jsonb NOT NULL,
    order_ids jsonb NOT NULL,
    content bytea,
    CONSTRAINT document_bytes UNIQUE (account_id, sha256)
);
CREATE INDEX document_received_at ON document (received_at, document_id);
CREATE INDEX document_expires_at ON document (expires_at) WHERE content IS NOT NULL;
