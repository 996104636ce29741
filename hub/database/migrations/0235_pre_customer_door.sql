-- Codes that guests are sent, by order; the code itself is nowhere. Sessions of customers: for one order, or for a party.
CREATE TABLE customer_code (
    order_id uuid NOT NULL,
    number integer NOT NULL,
    code_id uuid NOT NULL,
    sent_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    wrong_tries integer NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (order_id, number)
);
CREATE INDEX customer_code_expiry ON customer_code (expires_at);
CREATE TABLE customer_session (
    session_id uuid PRIMARY KEY,
    order_id uuid,
    party_id uuid,
    opened_by text NOT NULL,
    opened_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE INDEX customer_session_order ON customer_session (order_id) WHERE ended_at IS NULL;
CREATE INDEX customer_session_party ON customer_session (party_id) WHERE ended_at IS NULL;
CREATE INDEX customer_session_expiry ON customer_session (expires_at);
