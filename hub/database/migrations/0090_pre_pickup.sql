-- How what lies ready at a store is collected.
ALTER TABLE fulfillment_order ADD COLUMN pickup jsonb;
