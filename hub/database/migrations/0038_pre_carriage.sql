-- Who carries a parcel, what it weighs and where people can follow it, as far as it was reported.

ALTER TABLE shipment ADD COLUMN carriage jsonb NOT NULL DEFAULT '{}';
