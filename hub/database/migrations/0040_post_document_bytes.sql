-- The same bytes are a document of their own when they come again later.
ALTER TABLE document DROP CONSTRAINT document_bytes;
