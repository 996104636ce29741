-- Orders taken over in mid-life: what happened before the hub had them, and what a node was asked back to ship elsewhere.

ALTER TABLE payment_transaction ADD COLUMN adopted boolean NOT NULL DEFAULT false;
ALTER TABLE shipment ADD COLUMN adopted boolean NOT NULL DEFAULT false;
ALTER TABLE fulfillment_order ADD COLUMN adopted boolean NOT NULL DEFAULT false;
ALTER TABLE fulfillment_order ADD COLUMN source_again boolean NOT NULL DEFAULT false;
