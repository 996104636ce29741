-- What carriers and nodes must know of an item: how large it is, how long it takes, and what it asks of a node.

ALTER TABLE item
    ADD COLUMN volume_cm3 bigint NOT NULL DEFAULT 0 CHECK (volume_cm3 >= 0),
    ADD COLUMN item_class text NOT NULL DEFAULT '',
    ADD COLUMN required_skills jsonb NOT NULL DEFAULT '[]';
