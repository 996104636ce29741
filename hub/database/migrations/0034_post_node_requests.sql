-- The one request of a fulfillment order, which `requests` replaced.
ALTER TABLE fulfillment_order DROP COLUMN request_state, DROP COLUMN cancel_lines, DROP COLUMN source_again;
