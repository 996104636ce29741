-- Counts the changes of the catalog, so that a process knows when the items it keeps in memory are out of date.
CREATE TABLE catalog_version (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    version bigint NOT NULL CHECK (version >= 0)
) WITH (fillfactor = 50);
INSERT INTO catalog_version (version) VALUES (0);
