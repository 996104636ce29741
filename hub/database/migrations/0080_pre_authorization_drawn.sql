-- Names the authorization that a capture or a reversal is of: an instrument may have several, one after the other.

ALTER TABLE payment_transaction ADD COLUMN authorization_id uuid;

UPDATE payment_transaction AS drawn SET authorization_id = granted.transaction_id
FROM (
    SELECT DISTINCT ON (instrument_id) instrument_id, transaction_id FROM payment_transaction
    WHERE kind = 'AUTHORIZATION' AND state = 'SUCCEEDED' ORDER BY instrument_id, created_at, transaction_id
) AS granted
WHERE drawn.kind IN ('CAPTURE', 'REVERSAL') AND drawn.instrument_id = granted.instrument_id;
