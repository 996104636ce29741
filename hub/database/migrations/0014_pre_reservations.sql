-- Reservations: soft claims on stock with an expiry. A claim row is there while its units are held, and is part of
-- `stock.reserved` at its node; what ended stays in the reservation's own row.
CREATE TABLE reservation (
    reservation_id uuid PRIMARY KEY,
    channel_id text NOT NULL,
    seller_id text NOT NULL,
    principal text NOT NULL,
    buyer_index bytea,
    kind text NOT NULL,
    node_id text,
    state text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    lines jsonb NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    live bigint NOT NULL CHECK (live >= 0),
    released bigint NOT NULL CHECK (released >= 0),
    expired bigint NOT NULL CHECK (expired >= 0),
    consumed bigint NOT NULL CHECK (consumed >= 0),
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    latest_at timestamptz NOT NULL,
    order_id uuid,
    CONSTRAINT reservation_units CHECK (live + released + expired + consumed = quantity),
    CONSTRAINT reservation_live CHECK ((state = 'LIVE') = (live > 0)),
    CONSTRAINT reservation_consumed CHECK ((state = 'CONSUMED') = (order_id IS NOT NULL))
) WITH (fillfactor = 70);
CREATE INDEX reservation_made ON reservation (made_at, reservation_id);
CREATE INDEX reservation_due ON reservation (expires_at, reservation_id) WHERE state = 'LIVE';
CREATE INDEX reservation_principal ON reservation (principal, expires_at) WHERE state = 'LIVE';
CREATE INDEX reservation_buyer ON reservation (buyer_index, expires_at) WHERE state = 'LIVE' AND buyer_index IS NOT NULL;

CREATE TABLE reservation_claim (
    reservation_id uuid NOT NULL,
    sku text NOT NULL,
    node_id text NOT NULL,
    units bigint NOT NULL CHECK (units > 0),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (reservation_id, sku, node_id)
);
CREATE INDEX reservation_claim_due ON reservation_claim (sku, node_id, expires_at);
