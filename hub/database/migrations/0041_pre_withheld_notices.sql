-- What a customer is told when a hold that blocks notices ends.

ALTER TABLE hold ADD COLUMN withheld jsonb NOT NULL DEFAULT '[]';
