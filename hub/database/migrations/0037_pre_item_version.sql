-- Counts the changes of an item, so that it is replaced only as it was read.
ALTER TABLE item ADD COLUMN version bigint NOT NULL DEFAULT 1;
