-- Units that a disposition sends on to another node: supply in transit, not stock.

ALTER TABLE return_disposition ADD COLUMN travels boolean NOT NULL DEFAULT false;
