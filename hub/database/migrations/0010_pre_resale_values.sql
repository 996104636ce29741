-- What units that came back are worth, by place: a list on the item.

ALTER TABLE item ADD COLUMN resales jsonb NOT NULL DEFAULT '[]';
