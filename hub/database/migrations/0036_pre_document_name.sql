-- Finds a document by the name that it was received under.
CREATE INDEX document_name ON document (name, received_at);
