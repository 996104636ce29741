-- Entries of settlement reports, each kept as it was imported first; rows are inserted only.
CREATE TABLE settlement_entry (
    account_id text NOT NULL,
    reference text NOT NULL,
    report text NOT NULL,
    kind text NOT NULL,
    operation_key text NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    imported_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, reference)
);
CREATE INDEX settlement_entry_operation ON settlement_entry (account_id, operation_key);

-- Finds the captures and refunds of the period of a report.
CREATE INDEX payment_transaction_made ON payment_transaction USING brin (created_at);
