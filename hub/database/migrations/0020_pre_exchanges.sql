-- What of a return's worth pays for the order of its exchange, as long as that is not settled.
ALTER TABLE return_authorization ADD COLUMN exchange_minor bigint NOT NULL DEFAULT 0 CHECK (exchange_minor >= 0);
