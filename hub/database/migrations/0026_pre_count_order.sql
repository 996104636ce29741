-- Whether the rows of a count came by SKU and node, each once: then none of them have to be added up.
ALTER TABLE snapshot_received
    ADD COLUMN ascending boolean NOT NULL DEFAULT true,
    ADD COLUMN last_sku text NOT NULL DEFAULT '',
    ADD COLUMN last_node text NOT NULL DEFAULT '';
