-- Contacts sealed with a key of each person, which the database does not hold. Those kept in `document` before are sealed
-- by the clean-up, a number at a time; the index finds them.

ALTER TABLE party ADD COLUMN key_number bigint, ADD COLUMN sealed bytea;
CREATE INDEX party_clear ON party (party_id) WHERE document IS NOT NULL;
