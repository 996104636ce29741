-- How often the bytes of a document came again soon after it, and the document by its bytes.
ALTER TABLE document ADD COLUMN repeat_count integer NOT NULL DEFAULT 0;
CREATE INDEX document_sent_before ON document (account_id, sha256, received_at);
