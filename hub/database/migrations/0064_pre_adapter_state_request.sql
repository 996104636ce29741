-- The request that wrote an entry last: a repeat of it is told from another writer of the same value.
ALTER TABLE adapter_state ADD COLUMN request_id uuid;
