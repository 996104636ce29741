-- Keeps where a customer confirms an authorization that is requested.
ALTER TABLE payment_transaction ADD COLUMN action_url text NOT NULL DEFAULT '';
