-- Labels of parcels: how they stand is kept with their fulfillment order, what they show with the person whom they name.
ALTER TABLE fulfillment_order ADD COLUMN IF NOT EXISTS labels jsonb NOT NULL DEFAULT '[]';

CREATE TABLE IF NOT EXISTS party_document (
    document_id uuid PRIMARY KEY,
    party_id uuid NOT NULL,
    key_number bigint NOT NULL,
    sealed bytea NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS party_document_party ON party_document (party_id);
CREATE INDEX IF NOT EXISTS party_document_made ON party_document (made_at);
